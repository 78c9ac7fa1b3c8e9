"""Papers: numbers, kept bytes, service, receipts, the archive."""
