"""Early signs: gathered from rolls, contacts and words; noted, acted on, counted."""
