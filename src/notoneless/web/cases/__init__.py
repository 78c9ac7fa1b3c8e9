"""Dropout cases: board, list, one case, its steps, trays of those who receive, referrals."""
