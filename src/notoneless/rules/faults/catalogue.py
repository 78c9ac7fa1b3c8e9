"""The catalogue of faults: each with who can answer for it and where it is written (R-211, R-214).

Nobody is charged with what no text names: a kind can be raised where the place's plan or a law has
it, and is shown as closed elsewhere. A place's own item, such as the (4) that S1-29 lost, is
entered as a value of ``fault_catalogue`` and stands beside these under its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Role


class FaultKind(StrEnum):
    NO_MEASURES = "no_measures"
    UNCLEAR_FIGURES = "unclear_figures"
    FALSE_FIGURES = "false_figures"
    HIDDEN_FIGURES = "hidden_figures"
    NO_TIMELY_VISIT = "no_timely_visit"
    NO_AID = "no_aid"
    LABOUR_UNANSWERED = "labour_unanswered"
    PUSHED_OUT = "pushed_out"
    LATE_REPORT = "late_report"
    LATE_VISIT = "late_visit"
    UNTRUE_WORK = "untrue_work"
    CORPORAL_PUNISHMENT = "corporal_punishment"
    DISCRIMINATION = "discrimination"
    NEGLECT = "neglect"
    COLDNESS = "coldness"
    MOCKERY = "mockery"
    INSULT = "insult"
    SERVITUDE = "servitude"
    IMPROPER_METHOD = "improper_method"
    IMPROPER_FEES = "improper_fees"
    UNETHICAL = "unethical"
    SLACK_ORGANISATION = "slack_organisation"
    FUNDS_LOST = "funds_lost"
    THREE_FLAGS = "three_flags"
    """Neglect, a rate above the ceiling and no effective measures, all three (R-215)."""
    SERIOUS_SCHOOL_DROPOUT = "serious_school_dropout"
    """A school's own, whatever was found of its classes (R-218)."""


class Group(StrEnum):
    """Whose post can be charged."""

    TEACHER = "teacher"
    """Staff of a school below its head."""
    PRINCIPAL = "principal"
    CADRE = "cadre"
    """Townships and villages."""
    OFFICE = "office"
    """Centre schools and the county's bureau."""


LOCAL = "local:"
"""Begins the code of a place's own item."""

CADRES = frozenset(
    {
        Role.TOWNSHIP_HEAD,
        Role.TOWNSHIP_LEADER,
        Role.TOWNSHIP_OFFICER,
        Role.TOWNSHIP_CADRE,
        Role.VILLAGE_HEAD,
        Role.VILLAGE_OFFICER,
        Role.GROUP_HEAD,
        Role.RESIDENT_CADRE,
    }
)
_OFFICES = frozenset(
    {
        Role.CENTRE_HEAD,
        Role.CENTRE_CLERK,
        Role.COUNTY_LEADER,
        Role.BUREAU_HEAD,
        Role.BUREAU_LEADER,
        Role.COUNTY_CLERK,
        Role.COUNTY_ADMINISTRATOR,
        Role.SUPERVISOR,
    }
)
NEVER = frozenset({Role.VOLUNTEER, Role.MENTOR, Role.DEPARTMENT_LIAISON})
"""They hold no post that answers here; a department's people answer to their own."""
HEADS = frozenset({Role.PRINCIPAL, Role.CENTRE_HEAD, Role.TOWNSHIP_HEAD, Role.BUREAU_HEAD})
"""What is held against these is seen, heard and decided only from above their unit."""


def group_of(role: Role) -> Group | None:
    """Whose post a role is; ``None`` for those who are not charged here."""
    if role in NEVER:
        return None
    if role is Role.PRINCIPAL:
        return Group.PRINCIPAL
    if role in CADRES:
        return Group.CADRE
    return Group.OFFICE if role in _OFFICES else Group.TEACHER


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of fault."""

    who: frozenset[Group]
    codes: frozenset[str] = frozenset()
    """Values of ``fault_catalogue`` and ``teacher_conduct_bans`` that name it."""
    article: str = ""
    """The law by which it is answered for everywhere; empty where only a plan says so."""
    lawful_for: frozenset[Group] = frozenset(Group)
    """Whom that article reaches."""
    conceals: bool = False
    """Upheld, the linked losses count as concealed."""
    is_conduct: bool = False
    """Upheld, it can be said to have caused the linked losses (S1-26)."""


_SCHOOL = frozenset({Group.TEACHER, Group.PRINCIPAL})
_ALL = frozenset(Group)
_OFFICIALS = frozenset({Group.CADRE, Group.OFFICE})
_NO_STEPS = "义务教育法第五十三条第二款"
"""Township or county education office that took no measures against dropping out."""
_TEACH = "义务教育法第五十五条"
"""Schools and teachers who break the laws on education and on teachers."""
_REPORT = "未成年人保护法第一百一十九条"
"""Schools that did not register, persuade and report in time (art. 28)."""


def _conduct(*codes: str, article: str = "") -> Entry:
    return Entry(_SCHOOL, frozenset(codes), article, _SCHOOL, is_conduct=True)


CATALOGUE: Mapping[FaultKind, Entry] = MappingProxyType(
    {
        FaultKind.NO_MEASURES: Entry(_ALL, frozenset({"no_measures"}), _NO_STEPS, _OFFICIALS),
        FaultKind.UNCLEAR_FIGURES: Entry(_ALL, frozenset({"figures_unclear_or_hidden"})),
        FaultKind.FALSE_FIGURES: Entry(
            _ALL, frozenset({"figures_unclear_or_hidden"}), _REPORT, _SCHOOL, conceals=True
        ),
        FaultKind.HIDDEN_FIGURES: Entry(
            _ALL, frozenset({"figures_unclear_or_hidden"}), _REPORT, _SCHOOL, conceals=True
        ),
        FaultKind.NO_TIMELY_VISIT: Entry(_ALL, frozenset({"visit_too_late"})),
        FaultKind.NO_AID: Entry(_ALL, frozenset({"no_aid_for_poor"})),
        FaultKind.LABOUR_UNANSWERED: Entry(_ALL, frozenset({"family_labour_unanswered"})),
        FaultKind.PUSHED_OUT: _conduct(
            "weak_pupils_pushed_out",
            "transfer_as_push_out",
            "suspension_as_push_out",
            "talking_into_leaving",
            "forcing_to_leave",
            "expulsion",
            "arbitrary_stop_of_classes",
            article=_TEACH,
        ),
        FaultKind.LATE_REPORT: Entry(_ALL, frozenset({"late_report"}), _REPORT, _SCHOOL),
        FaultKind.LATE_VISIT: Entry(_ALL, frozenset({"visit_too_late"})),
        FaultKind.UNTRUE_WORK: Entry(_ALL, frozenset({"untrue_work"})),
        FaultKind.CORPORAL_PUNISHMENT: _conduct(
            "corporal_punishment",
            "corporal_punishment_dropout",
            "disguised_punishment",
            "homework_as_punishment",
            article=_TEACH,
        ),
        FaultKind.DISCRIMINATION: _conduct(
            "discrimination", "ostracism", "seats_by_score", "denial_of_exams", article=_TEACH
        ),
        FaultKind.NEGLECT: _conduct("neglect"),
        FaultKind.COLDNESS: _conduct("coldness"),
        FaultKind.MOCKERY: _conduct("mockery", "ridicule", article=_TEACH),
        FaultKind.INSULT: _conduct("insult", article=_TEACH),
        FaultKind.SERVITUDE: _conduct("servitude"),
        FaultKind.IMPROPER_METHOD: _conduct(
            "teacher_caused_dropout",
            "public_ranking",
            "key_classes",
            "lessons_off_time",
            "weekend_collective_lessons",
            "unapproved_books",
        ),
        FaultKind.IMPROPER_FEES: _conduct(
            "any_charge",
            "irregular_charges",
            "fines",
            "forced_tutoring_books",
            "selling_goods",
            "demanding_property",
            article=_TEACH,
        ),
        FaultKind.UNETHICAL: _conduct(
            "unethical_conduct_dropout", "teacher_caused_dropout", "banquets", "gifts"
        ),
        FaultKind.SLACK_ORGANISATION: Entry(_ALL, frozenset({"no_measures"})),
        FaultKind.FUNDS_LOST: Entry(_ALL, frozenset({"no_measures"})),
        FaultKind.THREE_FLAGS: Entry(
            frozenset({Group.CADRE, Group.PRINCIPAL, Group.TEACHER}),
            frozenset({"neglect_over_ceiling_no_measures"}),
        ),
        FaultKind.SERIOUS_SCHOOL_DROPOUT: Entry(frozenset({Group.PRINCIPAL}), article=_REPORT),
    }
)
BOUND_KEYS = ("fault_catalogue", "teacher_conduct_bans")


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind as it stands at a place."""

    code: str
    """A ``FaultKind`` or ``local:`` with the place's own word."""
    named_by: str = ""
    """Source of the rule of the place's plan that names it."""
    article: str = ""
    lawful_for: frozenset[Group] = frozenset()

    def is_open_to(self, group: Group) -> bool:
        """Whether somebody of ``group`` can be charged with it here."""
        if group not in entry_of(self.code).who:
            return False
        return bool(self.named_by) or (bool(self.article) and group in self.lawful_for)

    @property
    def kind(self) -> FaultKind | None:
        return kind_of(self.code)


def kind_of(code: str) -> FaultKind | None:
    """The catalogue's kind; ``None`` for a place's own item. Raises ``ValueError`` for neither."""
    return None if code.startswith(LOCAL) else FaultKind(code)


def entry_of(code: str) -> Entry:
    """What the catalogue says of a code; a place's own item can be charged to anybody."""
    kind = kind_of(code)
    return CATALOGUE[kind] if kind else Entry(_ALL)


def offers(policy: ResolvedPolicy) -> tuple[Offer, ...]:
    """Every kind as it stands under ``policy``, the catalogue first, then the place's own items."""
    named = _named(policy)
    known = {code for entry in CATALOGUE.values() for code in entry.codes}
    found = [
        Offer(
            kind.value,
            next((named[c] for c in sorted(entry.codes) if c in named), ""),
            entry.article,
            entry.lawful_for,
        )
        for kind, entry in CATALOGUE.items()
    ]
    own = policy.items("fault_catalogue") if policy.is_on("fault_catalogue") else ()
    found += [Offer(LOCAL + code, named[code]) for code in own if code not in known]
    return tuple(found)


def offer_of(policy: ResolvedPolicy, code: str) -> Offer:
    """One of them. Raises ``KeyError`` for a code that does not exist here."""
    return {offer.code: offer for offer in offers(policy)}[code]


def _named(policy: ResolvedPolicy) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in BOUND_KEYS:
        if policy.is_on(key):
            found |= dict.fromkeys(policy.items(key), policy.rules[key].rule.source)
    return found
