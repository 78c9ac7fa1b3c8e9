"""Papers: printed, numbered, kept, served."""
