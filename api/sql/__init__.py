"""Builds one SELECT from a plan; its only value is the answer's JSON. Building cannot fail."""
