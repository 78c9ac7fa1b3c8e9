"""What to change so that what stands is what is wanted; doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.duties.kinds import ChangeKind, ChangeWhy, DutyRule, DutyState
from notoneless.rules.duties.wanted import Wanted
from notoneless.rules.duties.wants import (
    Bearer,
    Clock,
    Evidence,
    Heir,
    Key,
    MatterKey,
    Moment,
    WantedDuty,
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Everything about a duty that is kept and may change."""

    state: DutyState
    bearer: Bearer
    unit_id: UUID
    opened_on: date
    due_on: date | None = None
    due_hour: str = ""
    is_due_provisional: bool = False
    clock: Clock = field(default_factory=Clock)
    remind_on: date | None = None
    late_since: date | None = None
    """The first day on which it was late: while open, and for good once it was met late."""
    heir: Bearer | None = None
    """The next level, which also acts where nobody holds the bearer's post."""
    risen: Bearer | None = None
    """The highest level to which a late duty has risen."""
    closed_by: Evidence | None = None
    progress: tuple[int, int] | None = None

    @property
    def is_open(self) -> bool:
        return self.state is DutyState.OPEN


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty as it was stored, with the hash of the policy that gave it its present date."""

    key: Key
    stand: Stand
    policy: str


@dataclass(frozen=True, slots=True)
class Opening:
    key: Key
    matter: MatterKey
    evidence: str
    participants: tuple[Bearer, ...]
    stand: Stand


@dataclass(frozen=True, slots=True)
class Change:
    """One duty that is no longer as it stood."""

    key: Key
    old: Stand
    new: Stand
    what: tuple[tuple[ChangeKind, ChangeWhy], ...]
    """Empty where only a figure moved on: progress, a reminder."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What ``difference`` found, in the order of keys."""

    openings: tuple[Opening, ...] = ()
    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.openings or self.changes)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes in which ``kind`` happened."""
        return tuple(c for c in self.changes if any(kind is what for what, _ in c.what))


def difference(standing: Iterable[Standing], wanted: Wanted, *, policy: str) -> Changes:
    """How to get from what stands to what is wanted.

    ``standing`` holds at least every open duty of the planning's subjects. ``policy`` is the hash
    of the policy in force. Open duties follow the policy of today; a duty that was met keeps the
    date it was met under. What the planning cannot speak for is left alone: other subjects, rules
    with a hole, what began before the facts. Source: architecture §Duties.
    """
    targets = {duty.key: duty for duty in wanted.duties}
    stood = {each.key: each for each in standing}
    openings = [
        _opening(duty, wanted.until)
        for key, duty in targets.items()
        if key not in stood and duty.opens
    ]
    changes = [
        change
        for key, each in stood.items()
        if (change := _change(each, targets.get(key), wanted, policy)) is not None
    ]
    return Changes(
        tuple(sorted(openings, key=lambda o: _order(o.key))),
        tuple(sorted(changes, key=lambda c: _order(c.key))),
    )


def stand_of(duty: WantedDuty, until: Moment) -> Stand:
    """How a wanted duty stands at a moment: open or met, late since when, risen how far."""
    late_since = _late_since(duty, until)
    return Stand(
        state=DutyState.DONE if duty.closed_by else DutyState.OPEN,
        bearer=duty.bearer,
        unit_id=duty.matter.unit_id,
        opened_on=duty.opened_on,
        due_on=duty.due.on if duty.due else None,
        due_hour=duty.due_hour,
        is_due_provisional=bool(duty.due and duty.due.is_provisional),
        clock=duty.clock,
        remind_on=duty.remind_on,
        late_since=late_since,
        heir=_as_bearer(duty.heirs[0]) if duty.heirs else None,
        risen=_risen(duty, until) if late_since and not duty.closed_by else None,
        closed_by=duty.closed_by,
        progress=duty.progress,
    )


def withdrawn(old: Standing, why: ChangeWhy) -> Change:
    """The change that takes an open duty away."""
    new = replace(old.stand, state=DutyState.WITHDRAWN, risen=None, late_since=None)
    return Change(old.key, old.stand, new, ((ChangeKind.WITHDRAWN, why),))


def _opening(duty: WantedDuty, until: Moment) -> Opening:
    return Opening(
        duty.key, duty.matter, duty.evidence.value, duty.participants, stand_of(duty, until)
    )


def _change(old: Standing, duty: WantedDuty | None, wanted: Wanted, policy: str) -> Change | None:
    if duty is None:
        return withdrawn(old, _why_gone(old, wanted, policy)) if _is_unwanted(old, wanted) else None
    new = stand_of(duty, wanted.until)
    if old.stand.state is DutyState.WITHDRAWN and not duty.opens:
        return None
    if old.stand.state is DutyState.DONE is new.state and old.policy != policy:
        return None
    if old.stand == new:
        return None
    return Change(old.key, old.stand, new, tuple(_what(old.stand, new)))


def _is_unwanted(old: Standing, wanted: Wanted) -> bool:
    rule, subject, _ = old.key
    return (
        old.stand.is_open
        and subject in wanted.subjects
        and rule in {each.value for each in wanted.settled}
        and wanted.from_on <= old.stand.opened_on <= wanted.until.on
    )


def _why_gone(old: Standing, wanted: Wanted, policy: str) -> ChangeWhy:
    rule = DutyRule(old.key[0])
    is_given_up = old.policy != policy and all(duty.rule is not rule for duty in wanted.duties)
    return ChangeWhy.POLICY if is_given_up else ChangeWhy.FACTS


def _what(old: Stand, new: Stand) -> Iterator[tuple[ChangeKind, ChangeWhy]]:
    why = _why(old, new)
    if old.is_open and not new.is_open:
        yield ChangeKind.CLOSED, ChangeWhy.FACTS
    if old.state is DutyState.WITHDRAWN or (new.is_open and not old.is_open):
        yield ChangeKind.REOPENED, why
    if _date(old) != _date(new):
        yield ChangeKind.REDATED, why
    if old.bearer != new.bearer or old.unit_id != new.unit_id:
        yield ChangeKind.MOVED, ChangeWhy.FACTS
    if new.risen and new.risen != old.risen:
        yield ChangeKind.ROSE, ChangeWhy.TIME
    if old.late_since and not new.late_since:
        yield ChangeKind.FELL, why


def _date(stand: Stand) -> tuple[date | None, str, bool]:
    return stand.due_on, stand.due_hour, stand.is_due_provisional


def _why(old: Stand, new: Stand) -> ChangeWhy:
    if (old.clock, old.due_hour) != (new.clock, new.due_hour):
        return ChangeWhy.POLICY
    return ChangeWhy.FACTS if old.opened_on != new.opened_on else ChangeWhy.CALENDAR


def _late_since(duty: WantedDuty, until: Moment) -> date | None:
    """No lateness counts while a provisional day lies in the clock (architecture §Calendar)."""
    if duty.due is None or duty.due.is_provisional:
        return None
    day, hour = duty.due.on, duty.due_hour
    met = duty.closed_by
    reached = Moment(met.on, met.hour) if met else until
    if hour:
        return day if (reached.on, reached.hour) > (day, hour) else None
    return day + ONE_DAY if reached.on > day else None


def _risen(duty: WantedDuty, until: Moment) -> Bearer | None:
    passed = [heir for heir in duty.heirs if heir.on is not None and heir.on <= until.on]
    return _as_bearer(passed[-1]) if passed else None


def _as_bearer(heir: Heir) -> Bearer:
    return Bearer(heir.role, heir.unit_id)


def _order(key: Key) -> tuple[str, str, str]:
    rule, subject, occurrence = key
    return rule, occurrence, str(subject)
