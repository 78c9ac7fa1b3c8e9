"""Link and code: once, 72 hours, five wrong codes, the newest only; nothing is told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child
from notoneless.families.models import Invitation, Visit, WrongTry
from notoneless.families.queries.invitations import newest_invitations
from notoneless.families.services.invitations import must_rest, open_visit
from notoneless.families.services.visits import keep_awake, leave
from notoneless.flows.families.inviting import families_of_class, invite_class, invite_guardian
from notoneless.flows.families.refusals import NobodyToInvite
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.rules.families import (
    ALPHABET,
    IDLE,
    LIFE,
    LONGEST_VISIT,
    MOST_TRIES,
    TRIES_WINDOW,
    InvitationState,
)
from tests.families.desk import (
    guardian,
    invitation,
    invited,
    looker,
    opened,
    slip_of,
    with_families,
    wrong_of,
)
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def v(village: Village) -> Village:
    return with_families(village)


def state(v: Village, child: str = "lan", *, now=NOW) -> InvitationState:
    pk = v.children[child].pk
    lines = newest_invitations([pk], county_id=v.county_id, now=now)[pk]
    return next(iter(lines.values())).state


def kinds(v: Village, child: str = "lan") -> list[str]:
    rows = Entry.objects.filter(subject_id=v.children[child].pk, kind__startswith="family.")
    return list(rows.order_by("recorded_at", "id").values_list("kind", flat=True))


# -- making --------------------------------------------------------------------------------------


def test_link_and_code_are_random_and_kept_as_hashes_only(v: Village):
    first, second = invited(v), invited(v, "gang")

    assert len(first.link) == 10
    assert set(first.link) <= set(ALPHABET)
    assert [len(part) for part in first.code.split(" ")] == [3, 3]
    assert first.link != second.link
    row = invitation(first)
    stored = " ".join(str(getattr(row, field.attname)) for field in row._meta.fields)
    assert first.link not in stored
    assert first.code.replace(" ", "") not in stored


def test_making_and_using_are_in_the_journal_without_a_persons_name_for_the_guardian(v: Village):
    opened(invited(v))

    assert kinds(v) == ["family.invited", "family.opened"]
    entries = Entry.objects.filter(kind__startswith="family.").order_by("recorded_at", "id")
    assert [entry.actor_id for entry in entries] == [v.people["chen"].pk, None]


@pytest.mark.parametrize("key", ["chen", "qin", "wei"])
def test_homeroom_teacher_principal_and_status_clerk_invite(v: Village, key: str):
    assert slip_of(v, "lan", by=key).guardian_name == "吴建国"


@pytest.mark.parametrize("key", ["zhou", "tan", "hao"])
def test_for_the_teacher_of_another_class_or_school_the_child_is_not_there(v: Village, key: str):
    with pytest.raises(Child.DoesNotExist):
        slip_of(v, "lan", by=key)


@pytest.mark.parametrize("key", ["he", "lu", "xiang", "shao"])
def test_who_only_sees_the_child_from_above_does_not_invite(v: Village, key: str):
    with pytest.raises(NotAllowed):
        slip_of(v, "lan", by=key)


def test_another_childs_guardian_and_family_that_is_no_guardian_are_not_invited(v: Village):
    uncle = guardian(v, "lan", "吴建军", "13900000009", is_guardian=False)
    others = v.children["gang"].guardians.get()

    for who in (uncle, others):
        with pytest.raises(NobodyToInvite):
            invite_guardian(v.actor("chen"), v.lan.pk, who.pk, today=TODAY, now=NOW)
    assert Invitation.objects.count() == 0


def test_a_class_gets_a_slip_for_each_guardian_and_says_who_has_none(v: Village):
    guardian(v, "lan", "李桂香", "13900000003")
    v.enrol("xin", "辛小雨", "primary-1", sex="2")

    slips, lacking = invite_class(v.actor("chen"), v.units["primary-1"].pk, today=TODAY, now=NOW)

    assert {(slip.child_name, slip.guardian_name) for slip in slips} == {
        ("吴小兰", "吴建国"),
        ("吴小兰", "李桂香"),
        ("杨大刚", "杨秀莲"),
    }
    assert lacking == ["辛小雨"]
    assert len({slip.made.link for slip in slips}) == 3


def test_a_class_whose_records_name_nobody_is_refused_and_another_teachers_class_not_there(
    v: Village,
):
    with pytest.raises(NobodyToInvite):
        invite_class(v.actor("zhou"), v.units["primary-2"].pk, today=TODAY, now=NOW)
    for reads in (invite_class, families_of_class):
        with pytest.raises(Unit.DoesNotExist):
            reads(v.actor("zhou"), v.units["primary-1"].pk, today=TODAY, now=NOW)


# -- using ---------------------------------------------------------------------------------------


def test_the_right_code_opens_once_however_it_is_typed(v: Village):
    made = invited(v)
    wide = made.code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})

    assert open_visit(made.link.upper(), f" {wide} ", address="a", today=TODAY, now=NOW)
    assert state(v) is InvitationState.USED
    assert opened(made) is None
    assert Visit.objects.count() == 1


def test_two_people_at_once_are_one_visit(v: Village):
    """The database says no to whoever comes second, even past the service."""
    made = invited(v)
    opened(made)

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(
            county_id=v.county_id,
            invitation=invitation(made),
            key_index="another",
            began_at=NOW,
            seen_at=NOW,
        )


def test_it_opens_a_second_before_72_hours_and_not_at_72_hours(v: Village):
    made, late = invited(v), invited(v, "gang")

    assert opened(made, now=NOW + LIFE - SECOND)
    assert state(v, "gang", now=NOW + LIFE - SECOND) is InvitationState.UNUSED
    assert opened(late, now=NOW + LIFE) is None
    assert state(v, "gang", now=NOW + LIFE) is InvitationState.EXPIRED


def test_the_fifth_wrong_code_locks_it_and_the_right_one_comes_too_late(v: Village):
    made, other = invited(v), invited(v, "gang")
    for _ in range(4):
        assert opened(made, code=wrong_of(made)) is None
        assert opened(other, code=wrong_of(other)) is None
    assert opened(other), "after four wrong ones the right code opens"

    assert opened(made, code=wrong_of(made)) is None
    assert state(v) is InvitationState.LOCKED
    assert opened(made) is None
    assert kinds(v) == ["family.invited", "family.locked"]


def test_a_newer_invitation_ends_the_older_one_of_the_same_guardian_only(v: Village):
    guardian(v, "lan", "李桂香", "13900000003")
    older, of_gang = invited(v), invited(v, "gang")
    mother = v.lan.guardians.get(name="李桂香")
    hers = invite_guardian(v.actor("chen"), v.lan.pk, mother.pk, today=TODAY, now=NOW).made

    newer = invited(v, now=NOW + MINUTE)

    assert opened(older, now=NOW + MINUTE) is None
    assert opened(newer, now=NOW + MINUTE)
    assert opened(of_gang, now=NOW + MINUTE)
    assert opened(hers, now=NOW + MINUTE)


def test_the_code_of_one_link_does_not_open_another(v: Village):
    first, second = invited(v), invited(v, "gang")

    if first.code != second.code:
        assert opened(first, code=second.code) is None
    assert open_visit("zzzzzzzzzz", first.code, address="a", today=TODAY, now=NOW) is None


def test_too_many_tries_from_one_address_have_to_rest_for_a_quarter_of_an_hour(v: Village):
    made = invited(v)
    for _ in range(MOST_TRIES - 1):
        open_visit("nothing", "123456", address="10.0.0.7", today=TODAY, now=NOW)
    assert not must_rest("10.0.0.7", now=NOW)
    open_visit("nothing", "123456", address="10.0.0.7", today=TODAY, now=NOW)

    assert must_rest("10.0.0.7", now=NOW + TRIES_WINDOW - SECOND)
    assert not must_rest("10.0.0.7", now=NOW + TRIES_WINDOW)
    assert not must_rest("10.0.0.8", now=NOW)
    assert opened(made, code=wrong_of(made), now=NOW + TRIES_WINDOW) is None
    assert WrongTry.objects.count() == 1, "older tries are thrown away"


# -- the visit -----------------------------------------------------------------------------------


def test_a_visit_ends_after_fifteen_minutes_of_rest_and_not_a_second_before(v: Village):
    secret = opened(invited(v))

    assert looker(secret, now=NOW + IDLE - SECOND)
    assert looker(secret, now=NOW + IDLE) is None


def test_looking_keeps_it_awake_but_never_beyond_two_hours(v: Village):
    secret, now = opened(invited(v)), NOW
    while now < NOW + LONGEST_VISIT - SECOND:
        visitor, seen_at = looker(secret, now=now)
        keep_awake(visitor.visit_id, seen_at=seen_at, now=now)
        now = min(now + 14 * MINUTE, NOW + LONGEST_VISIT - SECOND)

    assert looker(secret, now=NOW + LONGEST_VISIT - SECOND)
    assert looker(secret, now=NOW + LONGEST_VISIT) is None


def test_who_has_left_does_not_come_back_with_what_the_browser_kept(v: Village):
    secret = opened(invited(v))
    leave(looker(secret, now=NOW)[0].visit_id, now=NOW)

    assert looker(secret, now=NOW) is None
    assert looker("", now=NOW) is None
