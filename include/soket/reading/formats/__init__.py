"""The readers, one a format: a guarded file's paragraphs, or the cells of its sheets."""
