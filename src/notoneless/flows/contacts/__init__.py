"""Verbs around contacts: log, correct, prove, report, check numbers, name visitors, sum up."""
