"""Readers of contacts; what shows on pages takes the actor."""
