"""Which stretches of a report are of which section of the outline, by its headings."""
