"""Text processing without I/O: folding, stemming, tokens, vague dates, language tags."""
