"""Calls, visits, talks, letters and meetings, reports to the school, and who looks after whom."""
