"""How much, as people write it: numbers in digits and words, amounts, units of measure, heads of columns."""
