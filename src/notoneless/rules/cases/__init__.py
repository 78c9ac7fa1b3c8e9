"""The dropout case: its states, the ladder between them, and what each stage wants."""
