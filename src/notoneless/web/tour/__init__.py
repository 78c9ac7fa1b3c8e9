"""A demo's three-minute tour, and the one tap that signs in as somebody of it."""
