"""Files in, valid records out: YAML and JSON Lines, and what is wrong with them, at its line."""
