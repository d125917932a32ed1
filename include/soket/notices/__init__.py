"""Every mail a campaign sends: what is due, how it reads, and the outbox that neither loses nor repeats it."""
