"""How each kind of record is written down, and in which tables it is kept."""
