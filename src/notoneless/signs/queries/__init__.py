"""Readers of words, needs and key lists."""
