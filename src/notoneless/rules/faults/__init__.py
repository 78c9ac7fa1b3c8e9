"""Faults: which exist, what speaks for one, what may follow what."""
