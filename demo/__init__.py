"""The demonstration: a whole campaign, played through the interfaces that people use."""
