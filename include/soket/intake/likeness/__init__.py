"""Likeness: how much of a report is another unit's, once what everybody has is left out."""
