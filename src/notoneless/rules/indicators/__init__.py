"""Named counts, what is computed from them, and what of it may be published."""
