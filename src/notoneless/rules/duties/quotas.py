"""What a term asks in numbers: visits to all, to key pupils, by each class teacher; talks.

Quotas are independent and may all apply (C-18). The term's last day is the due date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from notoneless.rules.calendar import ONE_DAY, Period
from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ChildFact, ClassFact, ContactFact, ContactKind, Tag
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import Draft, Evidence, MatterKey, Planning, WantedDuty
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy

REMIND_BEFORE = timedelta(weeks=4)
"""A term's number is not made up the day before it ends."""
MODES = {
    "home": ContactKind.VISIT,
    "phone": ContactKind.CALL,
    "letter": ContactKind.LETTER,
    "school": ContactKind.TALK,
}
VISITS, TALKS = "visits", "talks"


def want_all_visited(plan: Planning) -> Iterator[WantedDuty]:
    """Every pupil of the class is visited as often as the plan says in a term (R-089)."""
    key = "visits_all_students_per_term"
    for term, of in _terms(plan, key):
        children = [c for c in _children(plan, of) if not c.is_silenced(plan.until.on)]
        if not children:
            continue
        met = [_met_by(plan, key, _counted(plan, {c.id}, term, VISITS)) for c in children]
        done = [each for each in met if each]
        last = max(done, key=lambda c: (c.on, str(c.id))) if done else None
        is_done = len(done) == len(children)
        yield _want(
            plan,
            Quota(DutyRule.VISIT_ALL, key, term, of),
            contact=last if is_done else None,
            progress=(len(done), len(children)),
        )


def want_visit_total(plan: Planning) -> Iterator[WantedDuty]:
    """The class teacher makes so many visits in a term, whoever was visited (R-091)."""
    key = "visits_per_homeroom_teacher_per_term_min"
    for term, of in _terms(plan, key):
        ids = {child.id for child in _children(plan, of)}
        made = _counted(plan, ids, term, VISITS)
        yield _want(
            plan,
            Quota(DutyRule.VISIT_TOTAL, key, term, of),
            contact=_met_by(plan, key, made),
            progress=(len(made), _needed(plan, key)),
        )


def want_key_visits(plan: Planning) -> Iterator[WantedDuty]:
    """Each key pupil is visited at least as often as the plan says in a term (R-090)."""
    yield from _per_child(plan, DutyRule.VISIT_KEY, "visits_key_students_per_term_min", Tag.KEY)


def want_key_talks(plan: Planning) -> Iterator[WantedDuty]:
    """Each key pupil is talked with at least as often as the plan says in a term (R-090)."""
    yield from _per_child(plan, DutyRule.TALK_KEY, "talks_key_students_per_term_min", Tag.KEY)


def want_returned_visits(plan: Planning) -> Iterator[WantedDuty]:
    """A pupil who came back is visited at least as often as the plan says (R-085, R-092)."""
    yield from _per_child(
        plan, DutyRule.VISIT_RETURNED, "visits_recurrent_student_min", Tag.RETURNED
    )


def _per_child(plan: Planning, rule: DutyRule, key: str, tag: Tag) -> Iterator[WantedDuty]:
    what = TALKS if rule is DutyRule.TALK_KEY else VISITS
    for term, of in _terms(plan, key):
        for child in _children(plan, of):
            if tag in child.tags:
                made = _counted(plan, {child.id}, term, what)
                yield _want(
                    plan,
                    Quota(rule, key, term, of, child.id),
                    contact=_met_by(plan, key, made),
                    progress=(len(made), _needed(plan, key)),
                )


class Quota:
    """One number that a term asks of one class, or about one child."""

    def __init__(
        self, rule: DutyRule, key: str, term: Period, of: ClassFact, child: UUID | None = None
    ) -> None:
        self.rule, self.key, self.term, self.of = rule, key, term, of
        kind = SubjectKind.CHILD if child else SubjectKind.UNIT
        began = term.from_on.isoformat()
        self.matter = MatterKey(MatterKind.TERM_WORK, kind, child or of.id, began, of.id)


def _want(
    plan: Planning, quota: Quota, *, contact: ContactFact | None, progress: tuple[int, int]
) -> WantedDuty:
    is_talk = quota.rule is DutyRule.TALK_KEY
    evidence = EvidenceKind.TALK if is_talk else EvidenceKind.VISIT
    last_day = quota.term.to_on - ONE_DAY
    return plan.want(
        Draft(
            quota.rule,
            quota.key,
            quota.of,
            quota.matter,
            quota.term.from_on,
            evidence,
            due=Due(last_day),
            remind_on=max(quota.term.from_on, last_day - REMIND_BEFORE),
            closed_by=Evidence(evidence, contact.on, contact.id) if contact else None,
            progress=progress,
        )
    )


def _terms(plan: Planning, key: str) -> Iterator[tuple[Period, ClassFact]]:
    if not plan.asks(key):
        return
    plan.policy.count(key)
    for term in terms_begun(plan):
        for of in plan.facts.classes.values():
            if _children(plan, of):
                yield term, of


def terms_begun(plan: Planning) -> Iterator[Period]:
    """The terms that began inside the window of the facts."""
    for year in plan.calendar.years:
        for term in year.terms:
            if plan.in_window(term.from_on):
                yield term


def _children(plan: Planning, of: ClassFact) -> list[ChildFact]:
    return [
        child
        for child in plan.facts.children.values()
        if child.class_id == of.id and child.from_on <= plan.until.on
    ]


def _counted(
    plan: Planning, children: Collection[UUID], term: Period, what: str
) -> list[ContactFact]:
    """Contacts of the term that count, oldest first; failed ones do not."""
    kinds = {ContactKind.TALK} if what == TALKS else visit_modes(plan.policy)
    found = [
        contact
        for child in children
        for contact in plan.facts.contacts_of.get(child, ())
        if contact.kind in kinds
        and contact.is_reached
        and contact.on in term
        and contact.on <= plan.until.on
    ]
    return sorted(found, key=lambda c: (c.on, str(c.id)))


def visit_modes(policy: ResolvedPolicy) -> set[ContactKind]:
    """The kinds of contact that the plan counts as visits; one at home where it is silent.

    Raises ``PolicyHole`` while the plan's list is still to be entered.
    """
    if "visit_modes_allowed" not in policy.rules:
        return {ContactKind.VISIT}
    return {MODES[mode] for mode in policy.items("visit_modes_allowed") if mode in MODES}


def _met_by(plan: Planning, key: str, made: list[ContactFact]) -> ContactFact | None:
    """The contact with which the number was reached."""
    return next((c for n, c in enumerate(made, 1) if plan.policy.is_met(key, n)), None)


def _needed(plan: Planning, key: str) -> int:
    return plan.policy.count(key) + (plan.policy.operator(key) is Operator.MORE)
