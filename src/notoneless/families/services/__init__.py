"""The only writers of invitations, visits and sayings."""
