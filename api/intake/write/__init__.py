"""Checks and upserts drafts, then updates the derived rows and the search index."""
