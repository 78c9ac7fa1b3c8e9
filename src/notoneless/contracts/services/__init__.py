"""The only writers of contracts."""
