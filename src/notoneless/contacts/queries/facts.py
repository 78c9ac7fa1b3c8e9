"""What contacts, reports and tried numbers say to the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from notoneless.children.queries.branches import WHO, ByKind, Together, about, branch
from notoneless.children.queries.prepared import Prepared
from notoneless.contacts.models import ClassReport, ContactChild, ContactPerson, NumberCheck
from notoneless.rules.contacts.kinds import IN_VAIN, Kind, NumberState
from notoneless.rules.contacts.quota import BY_ROLE, Made
from notoneless.rules.duties.facts import ContactFact, ContactKind, NumberCheckFact, ReportFact
from notoneless.rules.roles import Role

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch

OTHER = "other"
REACHED, KNOWN = 1, 2
"""Bits of a contact's number."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Facts of this app about some children."""

    contacts: tuple[ContactFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    number_checks: tuple[NumberCheckFact, ...] = ()


def facts_about(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> ContactFacts:
    """Contacts, reports and tried numbers from ``from_on`` to ``until``, both inclusive.

    One statement. Facts of a row that was merged into a child are the child's. A visit that still
    lacks the proof its plan asks for has reached nobody; meetings answer for no child; counselling
    is never read here. Wrong numbers are not checked ones.
    """
    return facts_in(
        _FACTS.read(child_ids=child_ids, county_id=county_id, from_on=from_on, until=until)
    )


def contact_branches(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> list[Branch]:
    """The same, to be read together with others'."""
    whom = about(child_ids)
    contacts = ContactChild.objects.filter(
        child__in=whom,
        county=county_id,
        contact__superseded_at=None,
        contact__happened_on__gte=from_on,
        contact__happened_on__lte=until,
    ).exclude(contact__kind=Kind.MEETING)
    reports = ClassReport.objects.filter(
        child__in=whom, county=county_id, made_on__gte=from_on, made_on__lte=until
    )
    settled = [state.value for state in NumberState if state.is_settled]
    checks = NumberCheck.objects.filter(
        child__in=whom, county=county_id, on__gte=from_on, on__lte=until, state__in=settled
    )
    reached = Q(contact__is_reached=True, contact__closed_at__isnull=False)
    known = ~Q(contact__main_cause="")
    return [
        branch(
            contacts,
            "contact",
            child=WHO,
            unit=F("contact"),
            on=F("contact__happened_on"),
            to=F("contact__next_on"),
            code=F("contact__kind"),
            number=_bit(reached, REACHED) + _bit(known, KNOWN),
            by=F("contact__by"),
        ),
        branch(reports, "report", child=WHO, unit=F("id"), on=F("made_on"), code=F("hour")),
        branch(checks, "check", child=WHO, on=F("on")),
    ]


_FACTS = Together(contact_branches, child_ids=list, county_id=UUID, from_on=date, until=date)


def facts_in(rows: ByKind) -> ContactFacts:
    """What the rows of ``contact_branches`` say."""
    return ContactFacts(
        contacts=tuple(
            ContactFact(
                row.unit,
                row.child,
                ContactKind(row.code),
                row.on,
                bool(row.number & REACHED),
                bool(row.number & KNOWN),
                row.by,
                row.to,
            )
            for row in rows.get("contact", ())
        ),
        reports=tuple(
            ReportFact(row.unit, row.child, row.on, row.code) for row in rows.get("report", ())
        ),
        number_checks=tuple(NumberCheckFact(row.child, row.on) for row in rows.get("check", ())),
    )


def made_in_term(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> list[Made]:
    """The same contacts with the roles of all who made them; two statements."""
    facts = facts_about(child_ids, county_id=county_id, from_on=from_on, until=until)
    kept = {fact.id for fact in facts.contacts if fact.is_reached}
    made = ContactChild.objects.filter(
        child__in=about(child_ids), contact__happened_on__gte=from_on
    )
    writers = made.order_by().values_list("contact", "contact__by_role")
    others = ContactPerson.objects.filter(contact__in=made.values("contact")).order_by()
    roles: dict[UUID, set[str]] = {}
    for contact_id, role in writers.union(others.values_list("contact", "role"), all=True):
        if contact_id in kept:
            roles.setdefault(contact_id, set()).add(_visitor(role))
    return [
        Made(fact, frozenset(roles.get(fact.id, {OTHER})))
        for fact in facts.contacts
        if fact.is_reached
    ]


def _visitor(role: str) -> str:
    return BY_ROLE.get(Role(role), OTHER) if role in set(Role) else OTHER


def _bit(which: Q, value: int) -> Case:
    return Case(When(which, then=Value(value)), default=Value(0), output_field=IntegerField())


def visits_in_vain(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> dict[UUID, tuple[date, ...]]:
    """The days of visits to each child's home that did not bring it back, in order; one statement.

    A visit that lacks the proof its plan asks for is none yet (R-099).
    """
    found: dict[UUID, tuple[date, ...]] = {}
    if not child_ids:
        return found
    for who, day in _IN_VAIN.tuples(
        child_ids=child_ids, county_id=county_id, from_on=from_on, until=until
    ):
        found[who] = (*found.get(who, ()), day)
    return found


def _visits_in_vain(asked: Mapping[str, Any]) -> QuerySet[ContactChild, Any]:
    rows = ContactChild.objects.filter(
        child__in=about(asked["child_ids"]),
        county=asked["county_id"],
        contact__superseded_at=None,
        contact__kind=Kind.VISIT,
        contact__result__in=[result.value for result in IN_VAIN],
        contact__closed_at__isnull=False,
        contact__happened_on__gte=asked["from_on"],
        contact__happened_on__lte=asked["until"],
    ).annotate(who=WHO)
    listed: QuerySet[ContactChild, Any] = rows.order_by(
        "contact__happened_on", "contact"
    ).values_list("who", "contact__happened_on")
    return listed


_IN_VAIN = Prepared(_visits_in_vain, child_ids=list, county_id=UUID, from_on=date, until=date)
