"""Pages of leave: lists, asking, deciding, proof."""
