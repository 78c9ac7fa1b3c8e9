"""Units and their two lines over time, people and posts, divisions, calendars."""

from __future__ import annotations

from notoneless.places.models.divisions import Division
from notoneless.places.models.people import Person, Post, TeachingAssignment
from notoneless.places.models.units import Unit, UnitPlace

__all__ = [
    "Division",
    "Person",
    "Post",
    "TeachingAssignment",
    "Unit",
    "UnitPlace",
]
