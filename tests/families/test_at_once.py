"""Two people with one slip at the same moment; two clerks with one item."""

from __future__ import annotations

import pytest
from django.db import connection

from notoneless.families.models import Saying, SayingVerdict, Visit
from notoneless.flows.families.deciding import decide_item
from notoneless.flows.families.refusals import AlreadyDecided
from notoneless.flows.families.saying import say_not_mine
from notoneless.rules.families import Verdict
from tests.families.desk import invited, opened, visiting, with_families
from tests.web.two_phones import at_once
from tests.world import NOW, TODAY, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory it has one writer"),
]


def test_of_two_people_at_once_one_gets_in():
    made = invited(with_families(build()))

    answers = at_once(*[lambda: int(opened(made) is not None)] * 4)

    assert sorted(answers) == [0, 0, 0, 1]
    assert Visit.objects.count() == 1


def test_a_child_is_said_once_and_decided_once_however_many_press():
    v = with_families(build())
    visitor = visiting(v)

    def say() -> int:
        try:
            say_not_mine(visitor, v.lan.pk, today=TODAY, now=NOW)
        except v.lan.DoesNotExist:
            return 0
        return 1

    assert sorted(at_once(say, say)) == [0, 1]
    saying = Saying.objects.get()

    def decide() -> int:
        try:
            decide_item(v.actor("wei"), saying.pk, Verdict.ACCEPTED, today=TODAY, now=NOW)
        except AlreadyDecided:
            return 0
        return 1

    assert sorted(at_once(decide, decide)) == [0, 1]
    assert SayingVerdict.objects.count() == 1
