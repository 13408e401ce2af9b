"""Drafts valid records: rows with references in place of ids, and claims with their quotes."""
