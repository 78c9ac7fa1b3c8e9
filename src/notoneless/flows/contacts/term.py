"""A term's visits and talks, class by class, and the summary that its report needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassUnit, class_in_reach, classes_in_reach
from notoneless.contacts.models import TermSummary
from notoneless.contacts.queries.facts import made_in_term
from notoneless.contacts.queries.upkeep import SummaryLine, summary_of
from notoneless.contacts.services.upkeep import NewSummary, file_summary, write_summary
from notoneless.flows.contacts.refusals import (
    NoTerm,
    SummaryFiled,
    SummaryMissing,
    SummaryTooShort,
)
from notoneless.flows.duties.told import tags_about
from notoneless.journal.services import Stamp
from notoneless.places.queries.units import paths_of
from notoneless.rules.calendar import Period
from notoneless.rules.contacts.quota import ClassProgress, Made, class_progress
from notoneless.rules.duties.facts import Tag
from notoneless.rules.paths import is_below
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.policy.resolved import PolicyHole, policy_of
from notoneless.rules.roles import Capability, Role

WRITERS = frozenset({Role.HOMEROOM_TEACHER, Role.DEPUTY_HOMEROOM_TEACHER, Role.PRINCIPAL})
NOTHING_ASKED = policy_of(())
SHORTEST = 20
"""Characters of an analysis or a summary that says something."""


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """One class in one term."""

    unit: ClassUnit
    term: Period
    progress: ClassProgress
    names: Mapping[UUID, str]
    tags: Mapping[UUID, frozenset[Tag]]


@dataclass(frozen=True, slots=True)
class Summing:
    """What a class teacher makes of a term's visits."""

    class_id: UUID
    term_from: date
    analysis: str
    summary: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a school that have begun, newest first, and the one asked about."""

    known: tuple[Period, ...]
    chosen: Period | None


def terms_of(
    school_id: UUID, *, county_id: UUID, today: date, term_from: date | None = None
) -> Terms:
    """Which terms a page can show; the newest begun one unless another is asked for."""
    standing = standing_of_school(school_id, county_id=county_id)
    return _terms(standing, today=today, term_from=term_from)


def classes_in_term(
    actor: Actor, school_id: UUID, *, today: date, term_from: date | None = None
) -> tuple[Terms, list[ClassTerm]]:
    """How the classes of a school in reach stand in a term, by grade and number.

    Ten statements, however many classes. Empty where no calendar knows a term. Raises
    ``Unit.DoesNotExist``; a policy in conflict shows counts without needs.
    """
    units = classes_in_reach(actor, on=today, to=Capability.SEE_CONTACTS, school_id=school_id)
    standing = standing_of_school(school_id, county_id=actor.county_id)
    terms = _terms(standing, today=today, term_from=term_from)
    if terms.chosen is None or not units:
        return terms, []
    return terms, _measured(actor, units, standing, terms.chosen, today=today)


def class_in_term(
    actor: Actor, class_id: UUID, *, today: date, term_from: date | None = None
) -> ClassTerm:
    """One class in a term; eleven statements. Raises ``Unit.DoesNotExist``, ``NoTerm``."""
    unit = class_in_reach(actor, class_id, on=today, to=Capability.SEE_CONTACTS)
    standing = standing_of_school(unit.school_id, county_id=actor.county_id)
    terms = _terms(standing, today=today, term_from=term_from)
    if terms.chosen is None:
        raise NoTerm()
    return _measured(actor, [unit], standing, terms.chosen, today=today)[0]


@transaction.atomic
def sum_up(actor: Actor, said: Summing, *, today: date, now: datetime) -> UUID:
    """Write the analysis and summary of a class's visits; one that was filed stays.

    By the class teacher or the principal. Raises ``Unit.DoesNotExist``, ``NotAllowed``,
    ``NoTerm``, ``SummaryTooShort``, ``SummaryFiled``.
    """
    at = _own_class(actor, said.class_id, said.term_from, today=today)
    analysis, summary = said.analysis.strip(), said.summary.strip()
    if min(len(analysis), len(summary)) < SHORTEST:
        raise SummaryTooShort(least=SHORTEST)
    standing = summary_of(said.class_id, term_from=said.term_from)
    if standing is not None and standing.filed_at is not None:
        raise SummaryFiled()
    new = NewSummary(said.class_id, said.term_from, analysis, summary, counts_of(at))
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=said.class_id)
    return write_summary(new, on=today, stamp=stamp).pk


@transaction.atomic
def file_visit_report(
    actor: Actor, class_id: UUID, *, term_from: date, today: date, now: datetime
) -> SummaryLine:
    """File the term's visit report; only with an analysis and a summary (R-094).

    Raises ``SummaryMissing``, ``SummaryFiled`` and what ``sum_up`` raises.
    """
    _own_class(actor, class_id, term_from, today=today)
    row = (
        TermSummary.objects.select_for_update()
        .filter(school_class=class_id, term_from=term_from, superseded_at=None)
        .first()
    )
    if row is None:
        raise SummaryMissing()
    if row.filed_at is not None:
        raise SummaryFiled()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=class_id)
    file_summary(row, on=today, stamp=stamp)
    found = summary_of(class_id, term_from=term_from)
    if found is None:
        raise SummaryMissing()
    return found


def counts_of(at: ClassTerm) -> dict[str, int]:
    """The figures that a summary is written beside."""
    pupils = at.progress.pupils
    total = at.progress.total
    return {
        "pupils": len(pupils),
        "visits": sum(p.visits for p in pupils),
        "talks": sum(p.talks for p in pupils),
        "not_visited": len(at.progress.not_visited),
        "short": sum(p.is_short for p in pupils),
        "total_short": total.short if total else 0,
    }


def _own_class(actor: Actor, class_id: UUID, term_from: date, *, today: date) -> ClassTerm:
    at = class_in_term(actor, class_id, today=today, term_from=term_from)
    if at.term.from_on != term_from:
        raise NoTerm()
    paths = paths_of(class_id, on=today)
    writers = (h for h in actor.holdings if h.role in WRITERS)
    if not any(is_below(path, h.path) for h in writers for path in paths):
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)
    return at


def _terms(standing: SchoolStanding, *, today: date, term_from: date | None) -> Terms:
    years = standing.calendar(today).calendar.years
    begun = [term for year in years for term in year.terms if term.from_on <= today]
    known = tuple(sorted(begun, key=lambda term: term.from_on, reverse=True))
    chosen = next((t for t in known if t.from_on == term_from), known[0] if known else None)
    return Terms(known, chosen)


def _measured(
    actor: Actor,
    units: list[ClassUnit],
    standing: SchoolStanding,
    term: Period,
    *,
    today: date,
) -> list[ClassTerm]:
    members = list(
        registered_on(today)
        .annotate(who=CHILD)
        .filter(school_class__in=[unit.id for unit in units], county=actor.county_id)
        .values_list("who", "school_class")
    )
    ids = [child for child, _ in members]
    named = Child.objects.seen_by(actor, on=today).filter(pk__in=ids).order_by("pinyin", "pk")
    names = dict(named.values_list("pk", "name"))
    tags = tags_about(ids, county_id=actor.county_id, on=min(today, last_day(term)))
    until = min(today, last_day(term))
    made = made_in_term(ids, county_id=actor.county_id, from_on=term.from_on, until=until)
    class_of = dict(members)
    found = []
    for unit in units:
        own = {c: tags.get(c, frozenset()) for c in names if class_of.get(c) == unit.id}
        progress = _progress(made, own, standing, term, until)
        found.append(ClassTerm(unit, term, progress, {c: names[c] for c in own}, own))
    return found


def last_day(term: Period) -> date:
    """The last day of a term."""
    return date.fromordinal(term.to_on.toordinal() - 1)


def _progress(
    made: list[Made],
    own: Mapping[UUID, frozenset[Tag]],
    standing: SchoolStanding,
    term: Period,
    until: date,
) -> ClassProgress:
    try:
        return class_progress(made, own, standing.policy(until), term, until=until)
    except (PolicyConflict, PolicyHole):
        return class_progress(made, own, NOTHING_ASKED, term, until=until)
