"""Text without meaning: folding, languages, directions, HTML. Knows nothing of topics."""
