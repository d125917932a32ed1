"""Whole campaigns on a virtual clock, with everything that can go wrong going wrong, and nobody the worse for it."""
