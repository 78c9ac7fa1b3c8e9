"""The only writers of policy: packs, adoptions, values, releases, kept policies."""
