"""Readers of rolls, leave and runs."""
