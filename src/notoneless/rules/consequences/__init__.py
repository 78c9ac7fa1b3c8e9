"""What follows from a result: vetoes, rewards, penalties, shares."""
