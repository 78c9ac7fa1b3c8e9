"""Verbs about papers that are issued: reading, serving, taking back, registers, the archive."""
