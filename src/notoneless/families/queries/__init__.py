"""Readers of invitations, visits and sayings."""
