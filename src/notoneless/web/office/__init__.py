"""Administration: units, posts, accounts, approvals."""
