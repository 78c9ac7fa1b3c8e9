"""What contacts, reports and tried numbers say to the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    F,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from notoneless.children.models import Child
from notoneless.contacts.models import ClassReport, ContactChild, ContactPerson, NumberCheck
from notoneless.rules.contacts.kinds import Kind, NumberState
from notoneless.rules.contacts.quota import BY_ROLE, Made
from notoneless.rules.duties.facts import ContactFact, ContactKind, NumberCheckFact, ReportFact
from notoneless.rules.roles import Role

_NULLS = {
    "key": Cast(Value(None), UUIDField()),
    "code": Value("", CharField()),
    "reached": Value(False, BooleanField()),
    "known": Value(False, BooleanField()),
    "by": Cast(Value(None), UUIDField()),
    "next": Cast(Value(None), DateField()),
}
OTHER = "other"
Row = tuple[str, UUID, date, UUID, str, bool, bool, UUID | None, date | None]


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
    whom = Child.objects.filter(Q(pk__in=child_ids) | Q(merged_into__in=child_ids)).values("pk")
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
    rows = _branch(
        contacts,
        "contact",
        on=F("contact__happened_on"),
        key=F("contact"),
        code=F("contact__kind"),
        reached=_as_flag(Q(contact__is_reached=True, contact__closed_at__isnull=False)),
        known=_as_flag(~Q(contact__main_cause="")),
        by=F("contact__by"),
        next=F("contact__next_on"),
    ).union(
        _branch(reports, "report", on=F("made_on"), key=F("id"), code=F("hour")),
        _branch(checks, "check", on=F("on"), key=F("id")),
        all=True,
    )
    return _sorted_out(rows)


def made_in_term(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> list[Made]:
    """The same contacts with the roles of all who made them; two statements."""
    facts = facts_about(child_ids, county_id=county_id, from_on=from_on, until=until)
    kept = {fact.id for fact in facts.contacts if fact.is_reached}
    whom = Child.objects.filter(Q(pk__in=child_ids) | Q(merged_into__in=child_ids)).values("pk")
    about = ContactChild.objects.filter(child__in=whom, contact__happened_on__gte=from_on)
    writers = about.order_by().values_list("contact", "contact__by_role")
    others = ContactPerson.objects.filter(contact__in=about.values("contact")).order_by()
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


def _as_flag(which: Q) -> Case:
    return Case(When(which, then=Value(True)), default=Value(False))


def _branch(rows: QuerySet[Any, Any], kind: str, **columns: Any) -> QuerySet[Any, Row]:
    given = {f"c_{name}": columns.get(name, null) for name, null in _NULLS.items()}
    named = rows.order_by().annotate(
        c_kind=Value(kind, CharField()),
        c_child=Coalesce("child__merged_into", "child"),
        c_on=columns["on"],
        **given,
    )
    listed: QuerySet[Any, Row] = named.values_list("c_kind", "c_child", "c_on", *given)
    return listed


def _sorted_out(rows: Iterable[Row]) -> ContactFacts:
    contacts, reports, checks = [], [], []
    for kind, child, on, key, code, reached, known, by, next_on in rows:
        if kind == "contact":
            contacts.append(
                ContactFact(
                    key, child, ContactKind(code), on, bool(reached), bool(known), by, next_on
                )
            )
        elif kind == "report":
            reports.append(ReportFact(key, child, on, code))
        else:
            checks.append(NumberCheckFact(child, on))
    return ContactFacts(tuple(contacts), tuple(reports), tuple(checks))
