"""Targets of a place through the year."""
