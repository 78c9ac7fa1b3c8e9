"""What people have said and decided about children: words, tried numbers, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from notoneless.contacts.models import NumberCheck
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.signs.facts import AnswerFact, NumbersFact, WordFact
from notoneless.rules.signs.kinds import AnswerKind
from notoneless.signs.models import FollowUp, Handling, SignWord
from notoneless.signs.queries.who import WHO, about

_NULLS = {
    "s_last": Cast(Value(None), DateField()),
    "s_key": Cast(Value(None), UUIDField()),
    "s_code": Value("", CharField()),
}
Row = tuple[str, UUID, date, date | None, UUID | None, str]


@dataclass(frozen=True, slots=True)
class Said:
    """By child."""

    words: dict[UUID, list[WordFact]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[UUID, list[NumbersFact]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[UUID, list[AnswerFact]] = field(default_factory=lambda: defaultdict(list))

    @property
    def may_fire(self) -> set[UUID]:
        """Children of whom a word stands, or a number has failed."""
        dead = {who for who, rows in self.numbers.items() if not all(r.working for r in rows)}
        return set(self.words) | dead


def said_about(child_ids: Collection[UUID], *, from_on: date, until: date) -> Said:
    """Open words and answers up to ``until``, numbers tried since ``from_on``; both inclusive.

    A family without a number has somebody nearby, and is not lost.
    """
    whom = about(child_ids)
    words = SignWord.objects.filter(whom, cleared_at=None, seen_on__lte=until)
    checks = NumberCheck.objects.filter(whom, on__gte=from_on, on__lte=until)
    handled = Handling.objects.filter(whom, on__lte=until, until_on__gte=until)
    tracked = FollowUp.objects.filter(whom, on__lte=until)
    rows = _branch(words, "word", s_on=F("seen_on"), s_key=F("id"), s_code=F("kind")).union(
        _branch(checks, "numbers", s_on=F("on"), s_code=F("state")),
        _branch(handled, AnswerKind.DECISION.value, s_on=F("on"), s_last=F("until_on")),
        _branch(tracked, AnswerKind.FOLLOW_UP.value, s_on=F("on")),
        all=True,
    )
    said = Said()
    for kind, who, on, last, key, code in rows:
        if kind == "word" and key is not None:
            said.words[who].append(WordFact(key, on, code))
        elif kind == "numbers":
            said.numbers[who].append(NumbersFact(on, int(code != NumberState.WRONG)))
        else:
            said.answers[who].append(AnswerFact(AnswerKind(kind), on, last))
    return said


def _branch(rows: QuerySet[Any, Any], kind: str, **columns: Any) -> QuerySet[Any, Row]:
    given = {"s_on": columns["s_on"], **_NULLS, **columns}
    named = rows.order_by().annotate(s_kind=Value(kind, CharField()), s_who=WHO, **given)
    listed: QuerySet[Any, Row] = named.values_list(
        "s_kind", "s_who", "s_on", "s_last", "s_key", "s_code"
    )
    return listed
