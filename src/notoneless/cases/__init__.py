"""Dropout cases: the file, its steps, hand-overs, referrals, sub-cases and plans."""
