"""Pages of early signs: whom to visit first, a child's signs, key pupils, needs, accuracy."""
