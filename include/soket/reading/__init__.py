"""From bytes to content; it knows no bucket and no campaign.

`pool` is the door: it has a file read by a `process` of its own, where its guard of `guards` looks at it before its
reader of `formats` does; `legacy` turns what old fonts show into Unicode. What was found crosses back as `findings`.
"""
