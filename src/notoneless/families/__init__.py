"""Invitations to guardians, their visits, and what they say; no accounts."""
