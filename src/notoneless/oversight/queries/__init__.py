"""Readers of matters of accountability."""
