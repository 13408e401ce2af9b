"""Reading files: YAML and JSON Lines into valid records, with each fault at its line."""
