"""Responsibility contracts: which exist, what they say, what may follow what."""
