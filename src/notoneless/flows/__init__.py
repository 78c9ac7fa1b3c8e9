"""Verbs that cross apps."""
