"""What prose names: indicators, units and groups of them, places, times; and whose and of when what it says is."""
