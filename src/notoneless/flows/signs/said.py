"""What people have said and decided about children: words, tried numbers, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F

from notoneless.children.queries.branches import WHO, branch, read_together
from notoneless.contacts.models import NumberCheck
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.signs.facts import AnswerFact, NumbersFact, WordFact
from notoneless.rules.signs.kinds import AnswerKind
from notoneless.signs.models import FollowUp, Handling, SignWord
from notoneless.signs.queries.who import about


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
    rows = read_together(
        (
            branch(words, "word", child=WHO, unit=F("id"), on=F("seen_on"), code=F("kind")),
            branch(checks, "numbers", child=WHO, on=F("on"), code=F("state")),
            branch(handled, AnswerKind.DECISION, child=WHO, on=F("on"), to=F("until_on")),
            branch(tracked, AnswerKind.FOLLOW_UP, child=WHO, on=F("on")),
        )
    )
    said = Said()
    for row in rows["word"]:
        said.words[row.child].append(WordFact(row.unit, row.on, row.code))
    for row in rows["numbers"]:
        said.numbers[row.child].append(NumbersFact(row.on, int(row.code != NumberState.WRONG)))
    for kind in (AnswerKind.DECISION, AnswerKind.FOLLOW_UP):
        for row in rows[kind]:
            said.answers[row.child].append(AnswerFact(kind, row.on, row.to))
    return said
