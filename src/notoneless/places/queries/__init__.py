"""Reads units, people and posts; rows in, plain values out."""

from __future__ import annotations

from notoneless.places.queries.units import (
    Place,
    chain_above,
    counties,
    county_by_code,
    home_path,
    paths_of,
    units_below,
)

__all__ = [
    "Place",
    "chain_above",
    "counties",
    "county_by_code",
    "home_path",
    "paths_of",
    "units_below",
]
