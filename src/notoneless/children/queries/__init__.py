"""Readers of children's rows; all of them go through the door."""
