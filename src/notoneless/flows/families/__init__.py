"""Invitations to guardians, their page, what they say there and how the school decides it."""
