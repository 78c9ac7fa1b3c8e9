"""A county's own packs: written out, brought in, changed as a draft, made a version by two."""
