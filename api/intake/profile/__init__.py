"""Profiles: descriptions of foreign tables, by which their rows are imported as records."""
