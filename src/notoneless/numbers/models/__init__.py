"""Headcounts that somebody entered, and those that were frozen."""

from notoneless.numbers.models.baselines import Baseline, BaselineLine, Verdict
from notoneless.numbers.models.typed import TypedCount

__all__ = ["Baseline", "BaselineLine", "TypedCount", "Verdict"]
