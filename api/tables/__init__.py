"""Lists of records as flat tables: CSV, JSON Lines and Parquet, for spreadsheets and statistics."""
