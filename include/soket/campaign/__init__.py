"""A campaign's records, the register derived from them, and the operations of each stage."""
