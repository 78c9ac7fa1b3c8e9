"""Backups: the whole database as one file that proves what it holds, and the way back."""
