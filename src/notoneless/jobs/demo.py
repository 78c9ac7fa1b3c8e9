"""Brings the demo up to its day, and says meanwhile how far it is."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import TextIO
from uuid import UUID

from django.utils import timezone

from notoneless.flows.demo.county import DEMO_DAY
from notoneless.flows.demo.playing import (
    last_day,
    make_demo_county,
    play_until,
    visit_begins,
)
from notoneless.flows.sample.county import county_of_sample
from notoneless.journal.queries import newest_moment
from notoneless.rules.demo_clock import DemoClock, write_clock

DEMO, CLOCK = "NOTONELESS_DEMO", "NOTONELESS_DEMO_CLOCK"
PLAIN_EVERY = 0.1
"""Where nobody looks at a terminal, a line for each tenth of the way."""
BAR = 24
RARELY = (700_000, 10, 10)
"""Objects, and rounds of the young and of the older, before garbage is looked for."""


class MadeOtherwise(RuntimeError):
    """The database holds the small sample, or one of an earlier version."""


def bring_up_demo(until: date | None, *, told: Callable[[float, str], None]) -> UUID:
    """Make the county, or play on, to the morning of ``until``: the demo's own day where there is
    none yet, and where it stands already otherwise.

    Raises ``EarlierDay``, and ``MadeOtherwise`` where there is a county that was never played.
    """
    county_id = county_of_sample()
    if county_id is None:
        return make_demo_county(until=until or DEMO_DAY, told=told)
    if newest_moment(county_id, is_simulated=True) is None:
        raise MadeOtherwise
    standing = last_day(county_id) or DEMO_DAY
    # An interrupted first start goes on to the demo's day.
    wanted = until or max(standing, DEMO_DAY)
    play_until(county_id, wanted, told=told)
    return county_id


def clock_of_demo(county_id: UUID, *, real: datetime) -> DemoClock:
    """07:50 on the day to which the county was played, or where people have worked since then the
    newest moment of its journal."""
    begins = visit_begins(last_day(county_id) or DEMO_DAY)
    newest = newest_moment(county_id)
    return DemoClock(timezone.localtime(max(begins, newest or begins)), real)


def environment_of_demo(clock: DemoClock) -> Mapping[str, str]:
    """What pages, worker and scheduler of a demo are started with."""
    return {**os.environ, DEMO: "yes", CLOCK: write_clock(clock)}


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Look for garbage seldom: walking through the whole program costs long work a tenth."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Progress:
    """One line that is written over, or plain lines where nobody looks at a terminal."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.is_terminal = out.isatty()
        self._said = -PLAIN_EVERY

    def __call__(self, part: float, words: str) -> None:
        percent = f"{part:4.0%}"
        if self.is_terminal:
            done = round(part * BAR)
            self._write(f"\r\x1b[K  {percent} {'█' * done}{'·' * (BAR - done)} {words}")
        elif part - self._said >= PLAIN_EVERY:
            self._said = part
            self._write(f"  {percent} {words}\n")

    def end(self) -> None:
        if self.is_terminal:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()
