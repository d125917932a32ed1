"""Readers, in a process of their own: a file that kills one harms nothing but itself."""
