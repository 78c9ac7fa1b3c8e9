"""What a wanted duty is, and the ground on which every family of rules builds one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.duties.facts import ClassFact, ContactKind, Facts
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.silence import after_silence
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Role

Key = tuple[str, UUID, str]
"""Rule, subject, occurrence: what makes a duty the same duty."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever holds this role at this unit on the day somebody looks."""

    role: Role
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class Heir:
    """The next level, and the first day on which a late duty shows there."""

    role: Role
    unit_id: UUID
    on: date | None
    """``None`` while the duty cannot be late: no clock, or a provisional one."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The length that the policy gave, and where it stands written."""

    length: int | None = None
    unit: str = ""
    source: str = ""
    pid: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record that closes a duty."""

    kind: EvidenceKind
    on: date
    id: UUID | None = None
    hour: str = ""


@dataclass(frozen=True, slots=True)
class MatterKey:
    """What a duty is about, together with others."""

    kind: MatterKind
    subject_kind: SubjectKind
    subject_id: UUID
    occurrence: str
    unit_id: UUID
    """The class in which it plays."""


@dataclass(frozen=True, slots=True)
class WantedDuty:
    """Who must do what about whom by when, proven by which record."""

    rule: DutyRule
    matter: MatterKey
    occurrence: str
    bearer: Bearer
    opened_on: date
    evidence: EvidenceKind
    due: Due | None = None
    """``None``: the plan names no figure, so nothing can be late."""
    due_hour: str = ""
    """Time of the due day until which it is in time; empty: the whole day."""
    clock: Clock = Clock()
    remind_on: date | None = None
    heirs: tuple[Heir, ...] = ()
    """Upward in order."""
    participants: tuple[Bearer, ...] = ()
    """Who must take part besides the bearer."""
    closed_by: Evidence | None = None
    progress: tuple[int, int] | None = None
    """Done and needed, where a number is to be reached."""
    opens: bool = True
    """False: it is closed or re-dated where it stands, but never opened anew."""

    @property
    def subject_id(self) -> UUID:
        return self.matter.subject_id

    @property
    def key(self) -> Key:
        return (self.rule.value, self.subject_id, self.occurrence)


@dataclass(frozen=True, slots=True)
class Draft:
    """A duty as a family of rules sees it; ``Planning.want`` adds what all duties share."""

    rule: DutyRule
    key: str
    """The policy rule that wants it; empty where a person's own word does."""
    of: ClassFact
    matter: MatterKey
    opened_on: date
    evidence: EvidenceKind
    occurrence: str = ""
    """Empty: that of the matter."""
    bearer: Bearer | None = None
    """``None``: the class teacher."""
    due: Due | None = None
    due_hour: str = ""
    remind_on: date | None = None
    closed_by: Evidence | None = None
    progress: tuple[int, int] | None = None
    opens: bool = True
    above: tuple[Bearer, ...] | None = None
    """Who inherits, upward; ``None``: the school's own line."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A rule that could not be applied, for those who can fill it in."""

    rule: DutyRule
    key: str
    """Of the policy; ``calendar`` where a school year is missing."""
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day at school as far as it has gone."""

    on: date
    hour: str = ""
    """Time of day as "09:30"; empty: before the first bell, so that the day itself is not over."""


@dataclass(frozen=True)
class Planning:
    """Facts, policy and calendar of one school at one moment: what every family looks at."""

    facts: Facts
    policy: ResolvedPolicy
    calendar: SchoolCalendar
    until: Moment
    since: Mapping[str, date] = field(default_factory=dict)
    """The first day of each rule here; what began earlier is not opened under it."""

    def asks(self, key: str) -> bool:
        """Whether the policy says anything about ``key``, be it only that it is to be entered."""
        return key in self.policy.rules

    def is_new(self, key: str, opened_on: date) -> bool:
        """Whether a duty that began on this day may be opened under the rule ``key``."""
        return opened_on >= max(self.since.get(key, date.min), self.facts.from_on)

    def in_window(self, opened_on: date) -> bool:
        return self.facts.from_on <= opened_on <= self.until.on

    def class_of(self, child_id: UUID) -> ClassFact | None:
        """The child's class; ``None`` when the facts do not speak for the child."""
        child = self.facts.children.get(child_id)
        return self.facts.classes.get(child.class_id) if child else None

    def clock(self, key: str) -> Clock:
        """The clock that the rule ``key`` gives, for display beside the date."""
        rule = self.policy.rules[key].rule
        length = rule.value if isinstance(rule.value, int) and rule.unit else None
        return Clock(length, rule.unit, rule.source, rule.pid[0] if rule.pid else "")

    def due_after(self, key: str, started: date) -> Due:
        """When a clock of the rule's length that began on ``started`` runs out.

        Raises ``PolicyHole``, ``NoSuchDay``.
        """
        length = self.policy.duration(key)
        return due_on(
            started=started, within=length.length, counted_in=length.unit, calendar=self.calendar
        )

    def want(self, draft: Draft) -> WantedDuty:
        """The duty that a draft describes, with its clock, reminder and heirs."""
        bearer = draft.bearer or homeroom(draft.of)
        child = self.facts.children.get(draft.matter.subject_id)
        draft = replace(draft, due=after_silence(draft.rule, draft.due, child, self.calendar))
        clock = self.clock(draft.key) if draft.key else Clock()
        closed = draft.closed_by
        was_needless = closed is not None and closed.on < draft.opened_on
        return WantedDuty(
            rule=draft.rule,
            matter=draft.matter,
            occurrence=draft.occurrence or draft.matter.occurrence,
            bearer=bearer,
            opened_on=draft.opened_on,
            evidence=draft.evidence,
            due=draft.due,
            due_hour=draft.due_hour,
            clock=clock if draft.due else Clock(source=clock.source, pid=clock.pid),
            remind_on=draft.remind_on or self._remind_on(draft.opened_on, draft.due),
            heirs=self._heirs(draft, bearer),
            closed_by=closed,
            progress=draft.progress,
            opens=draft.opens and not was_needless and self.is_new(draft.key, draft.opened_on),
        )

    def _heirs(self, draft: Draft, bearer: Bearer) -> tuple[Heir, ...]:
        """The levels above with the working day after ``due`` on which each is shown the duty."""
        ladder = school_line(draft.of) if draft.above is None else draft.above
        above = [step for step in ladder if step != bearer]
        # What is due by an hour is shown above on the day itself.
        first_level = 0 if draft.due_hour else 1
        return tuple(
            Heir(step.role, step.unit_id, self._rises_on(draft.due, level))
            for level, step in enumerate(above, first_level)
        )

    def _remind_on(self, opened_on: date, due: Due | None) -> date | None:
        """The last working day before ``due``, never before the duty began (R-307)."""
        if due is None:
            return opened_on
        day = due.on
        while day > opened_on:
            day = date.fromordinal(day.toordinal() - 1)
            if self.calendar.is_working_day(day):
                return day
        return opened_on

    def _rises_on(self, due: Due | None, level: int) -> date | None:
        if due is None or due.is_provisional:
            return None
        # Working days never run out of loaded school years; a vacation hides no late duty.
        found = due_on(
            started=due.on,
            within=level,
            counted_in=DurationUnit.WORKING_DAYS,
            calendar=self.calendar,
        )
        return found.on


def homeroom(of: ClassFact) -> Bearer:
    return Bearer(Role.HOMEROOM_TEACHER, of.id)


def principal(of: ClassFact) -> Bearer:
    return Bearer(Role.PRINCIPAL, of.school_id)


def school_line(of: ClassFact) -> tuple[Bearer, ...]:
    """Who inherits in the education line, upward."""
    centre = [Bearer(Role.CENTRE_HEAD, of.centre_id)] if of.centre_id is not None else []
    return (principal(of), *centre, Bearer(Role.COUNTY_CLERK, of.bureau_id))


def first(evidence: Iterable[Evidence | None]) -> Evidence | None:
    """The earliest of several records that would each close a duty."""
    found = [each for each in evidence if each is not None]
    return min(found, key=lambda e: (e.on, e.hour, e.kind.value, str(e.id)), default=None)


GUARDIAN = frozenset({ContactKind.CALL, ContactKind.VISIT, ContactKind.LETTER, ContactKind.MESSAGE})
"""Contacts in which a guardian is spoken to; a talk at school is with the child."""


def contact_since(
    plan: Planning,
    child_id: UUID,
    day: date,
    closes: EvidenceKind,
    fits: Collection[ContactKind] = GUARDIAN,
) -> Evidence | None:
    """The first contact of a kind in ``fits`` that reached somebody from ``day`` to now."""
    for contact in plan.facts.contacts_of.get(child_id, ()):
        if day <= contact.on <= plan.until.on and contact.is_reached and contact.kind in fits:
            return Evidence(closes, contact.on, contact.id)
    return None


def cause_since(plan: Planning, child_id: UUID, day: date) -> Evidence | None:
    """The first contact from ``day`` to now from which the cause is known."""
    for contact in plan.facts.contacts_of.get(child_id, ()):
        if day <= contact.on <= plan.until.on and contact.is_cause_known:
            return Evidence(EvidenceKind.CAUSE, contact.on, contact.id)
    return None
