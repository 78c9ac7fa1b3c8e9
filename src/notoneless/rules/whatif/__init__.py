"""What another plan would have asked of the same recorded facts."""
