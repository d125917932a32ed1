"""Campaigns in which everything goes wrong, by a seed, and an oracle of what was lost: `make faults`."""
