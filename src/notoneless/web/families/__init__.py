"""The guardian's own page behind a link and a code, and the school's side of it."""
