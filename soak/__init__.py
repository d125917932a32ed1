"""A year of many campaigns on one stack, compressed: what grows meanwhile, and whether the record explains it."""
