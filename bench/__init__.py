"""Figures of speed: `make bench` prints a line per figure, name, value, unit."""
