"""Accountability (过错责任追究): faults found, statements heard, decisions, execution."""
