"""The embedded stack: real servers on one machine, under one supervisor."""
