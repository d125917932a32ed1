"""The outline (đề cương): the sections of a report, and what stands under their headings."""
