"""The overview of a unit: tiles, ladder, trends, what is late, one unit beside the other."""
