"""Figures that sentences state: of which indicator, when and whose, and how surely that can be told."""
