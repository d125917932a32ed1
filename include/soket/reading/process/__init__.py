"""The process that reads strangers' files: how it is started, what it gives up, and what it does for one file."""
