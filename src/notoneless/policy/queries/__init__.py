"""Readers of policy: what holds where and when, packs, adoptions, releases."""
