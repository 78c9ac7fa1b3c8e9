"""The only writers of settlements and honours."""
