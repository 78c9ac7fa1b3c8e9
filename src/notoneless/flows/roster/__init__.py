"""Rosters from file to children: read, preview, apply, decide."""
