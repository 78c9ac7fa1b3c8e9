"""Readers of contracts."""
