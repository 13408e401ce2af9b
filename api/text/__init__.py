"""Pure functions on words: folding, vague dates, language tags."""
