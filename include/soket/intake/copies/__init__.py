"""Signed copies: whether what was signed is what was sent, and whose signature it is."""
