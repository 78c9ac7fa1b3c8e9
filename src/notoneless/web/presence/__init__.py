"""Pages about who is there: away now, term start, never seen, events, ledger, hardship, checks."""
