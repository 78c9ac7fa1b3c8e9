"""The sample county 青禾县 (539901): invented places, posts and people."""
