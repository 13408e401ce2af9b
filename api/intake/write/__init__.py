"""Drafts in, rows in the tables out, and all that is derived from them."""
