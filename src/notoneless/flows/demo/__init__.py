"""The sample county 青禾县 as a visitor meets it: two school years, played through real flows."""
