"""Targets, alarms and vetoes as lines to hold a share against."""
