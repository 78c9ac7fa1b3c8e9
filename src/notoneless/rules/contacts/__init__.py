"""What a contact must hold, when a visit is closed, what a term still asks."""
