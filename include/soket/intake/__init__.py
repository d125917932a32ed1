"""What units send: received, guarded, read, judged and answered."""
