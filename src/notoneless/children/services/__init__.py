"""The only writers of children's rows."""
