"""What follows from a period's results: settlements and their lines, vetoes, honours."""
