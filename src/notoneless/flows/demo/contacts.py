"""The ordinary calls, talks and visits of teachers in the sample county."""

from __future__ import annotations

from datetime import date

from notoneless.flows.demo.county import DemoCounty


def do_ordinary_work(county: DemoCounty, day: date) -> None:
    """tbd"""
