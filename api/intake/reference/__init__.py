"""Reference data that the package holds: tables of public facts, imported as any other lines."""
