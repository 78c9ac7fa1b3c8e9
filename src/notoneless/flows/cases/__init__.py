"""The dropout case: opening, steps, papers, hand-overs, return and end."""
