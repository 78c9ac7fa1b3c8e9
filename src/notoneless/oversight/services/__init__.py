"""The only writers of matters of accountability."""
