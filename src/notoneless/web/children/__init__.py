"""Pages about children: list, export, one child's file, adding, correcting, merging."""
