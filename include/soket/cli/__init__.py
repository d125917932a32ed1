"""The `soket` command."""
