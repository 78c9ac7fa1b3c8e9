"""Reading roster files: what kind a file is, its rows, and guards against hostile ones."""
