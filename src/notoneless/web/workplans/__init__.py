"""Reporting periods, meetings and campaigns: planned by the policy, owed, done."""
