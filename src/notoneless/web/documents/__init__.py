"""Pages about papers: registers, one paper, serving on a phone, the archive."""
