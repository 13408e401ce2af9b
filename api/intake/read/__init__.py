"""Reads dossiers (YAML) and JSON Lines, and validates them; errors name the line."""
