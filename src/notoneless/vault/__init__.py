"""Sealed columns: what nobody may read from a stolen copy of the database."""
