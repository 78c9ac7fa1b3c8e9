"""Two people at once, where the database really runs them side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, Enrolment, Merge
from notoneless.children.services import adding
from notoneless.rules.refusal import Refusal
from tests.children.test_adding import add, new
from tests.children.test_merging import half, merge
from tests.world import build

pytestmark = [
    pytest.mark.req("R-022"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite's writers take turns; PostgreSQL runs this"
    ),
]


def both(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at the same moment; what each gave, or the refusal that it met."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_form_sent_twice_at_the_same_moment_adds_one_child():
    village = build()
    form = new(village, token=uuid7())

    given = both(lambda: add(village, form), lambda: add(village, form))

    assert given == [form.token, form.token]
    assert Child.objects.filter(name="韦一诺").count() == 1
    assert Enrolment.objects.filter(child=form.token).count() == 1


def test_the_other_sending_may_be_through_before_this_one_looks_for_others_like_it(monkeypatch):
    village = build()
    form = new(village, token=uuid7())
    is_looking, is_through, look = Event(), Event(), adding.refuse_alike

    def looks_late(values, **more):
        if not is_looking.is_set():
            is_looking.set()
            assert is_through.wait(timeout=20)
        look(values, **more)

    def other():
        assert is_looking.wait(timeout=20)
        try:
            return add(village, form)
        finally:
            is_through.set()

    monkeypatch.setattr(adding, "refuse_alike", looks_late)

    assert both(lambda: add(village, form), other) == [form.token, form.token]
    assert Child.objects.filter(name="韦一诺").count() == 1


def test_two_clerks_merging_one_pair_both_ways_make_one_merge():
    village = build()
    lan, far = half(village, "lan"), half(village, "far")

    given = both(
        lambda: merge(village, halves=(lan, far)), lambda: merge(village, halves=(far, lan))
    )

    assert Merge.objects.count() == 1
    assert sum(isinstance(answer, Refusal) for answer in given) == 1
