"""Directories as people keep them: sheets in and out, what changes by them, and bodies that took others' places."""
