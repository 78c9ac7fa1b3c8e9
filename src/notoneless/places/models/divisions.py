"""Official administrative divisions, as a package printed them."""

from __future__ import annotations

from django.db import models


class Division(models.Model):
    """A place of the national division code (GB/T 2260, GB/T 10114, 统计用区划代码)."""

    code = models.CharField(max_length=12, primary_key=True)
    """2, 4, 6, 9 or 12 digits without trailing zeros."""
    name = models.CharField(max_length=80)
    parent_code = models.CharField(max_length=12, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField()
    """1 province, 2 city, 3 county, 4 township, 5 village."""
    source = models.CharField(max_length=80)
    """Package, version and the date of its data."""
