"""Readers of duties."""
