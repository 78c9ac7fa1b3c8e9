"""Readers of settlements and honours."""
