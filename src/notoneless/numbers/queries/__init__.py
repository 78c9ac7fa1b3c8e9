"""Counters over places and periods; each answers by class, and the children behind a number."""
