"""The only writers of the attendance tables."""
