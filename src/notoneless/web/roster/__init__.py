"""Pages of the roster import."""
