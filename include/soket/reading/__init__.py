"""From bytes to content: guards, a reader for each format, codings and limits. It knows no bucket and no campaign."""
