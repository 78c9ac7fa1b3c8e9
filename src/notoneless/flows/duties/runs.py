"""Every run of unexplained absence of a child, out of its attendance on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from notoneless.rules.attendance.days import Mark
from notoneless.rules.duties.facts import NoShowFact, RunFact


def runs_in(child_id: UUID, days: Sequence[date], marks: Mapping[date, Mark]) -> Iterator[RunFact]:
    """The proved runs among school days ``days`` (oldest first), each with the day of return.

    A day that nobody called ends a run without saying that the child was back; so does leave.
    """
    run: list[date] = []
    ended: list[tuple[date, ...]] = []
    for day in days:
        mark = marks.get(day, Mark.UNKNOWN)
        if mark is Mark.UNEXPLAINED:
            run.append(day)
        elif mark is not Mark.NO_CLASS and run:
            ended.append(tuple(run))
            run = []
        if mark is Mark.PRESENT:
            yield from (RunFact(child_id, each, day) for each in ended)
            ended = []
    if run:
        ended.append(tuple(run))
    yield from (RunFact(child_id, each) for each in ended)


def no_show_in(
    child_id: UUID, term_days: Sequence[date], marks: Mapping[date, Mark]
) -> NoShowFact | None:
    """Whether the child was missing without leave on the term's first school day.

    ``None`` when it was there, on leave, or nobody called that day.
    """
    if not term_days or marks.get(term_days[0]) is not Mark.UNEXPLAINED:
        return None
    seen = next((day for day in term_days if marks.get(day) is Mark.PRESENT), None)
    return NoShowFact(child_id, term_days[0], seen)
