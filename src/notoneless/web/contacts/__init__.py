"""Pages of contacts: log, timeline, lists, quota of a term, reports, numbers, visitors."""
