"""The verbs of each stage, of the monitor and of officials: what is done, above everything it is done with."""
