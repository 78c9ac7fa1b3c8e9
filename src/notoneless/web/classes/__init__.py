"""Pages about classes: counts, roster, split, rename, hand over, close, graduate."""
