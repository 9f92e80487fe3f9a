"""The vault on disk as one SQLite file: made, refreshed and read. Nobody else knows SQL."""
