"""A record proposed from an article's text alone, for a person to review."""
