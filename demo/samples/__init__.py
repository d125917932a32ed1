"""Sample files for a plan: what its units would send, the same bytes for the same seed."""
