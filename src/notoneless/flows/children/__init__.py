"""Verbs about children that write more than one app's rows."""
