"""Django's SQLite with a shorter patience between two looks at a busy database."""
