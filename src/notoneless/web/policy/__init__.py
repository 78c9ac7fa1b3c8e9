"""Pages about policy: what holds here, packs, adoption, releases."""
