"""How prose parts into sentences, pieces and clauses, and what stands among them that says nothing."""
