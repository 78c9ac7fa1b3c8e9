"""Sign-ins for others: lists, slips, closing, leavers; approvals of access."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt

from notoneless.access.actor import NotAllowed
from notoneless.access.models import AccessApproval, User
from notoneless.access.queries import actor_for
from notoneless.access.reach import ElsewhereToo, FromAboveOnly, OnOneself
from notoneless.access.services.accounts import (
    AccountClosed,
    BadUsername,
    HasLeft,
    UsernameTaken,
    give_sign_in,
)
from notoneless.access.services.approvals import AlreadyWithdrawn
from notoneless.children.models import Child
from notoneless.flows.access import approval_desk, approve_posts, school_year_end, withdraw
from notoneless.flows.accounts import (
    TooManySlips,
    account_facts,
    accounts_in_reach,
    close_account,
    print_slips,
    reopen_account,
    see_off,
)
from notoneless.flows.staff_lists import enter_staff
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.places.models import Person, Post, Unit
from notoneless.places.services.people import Appointment, PersonLeft, appoint
from notoneless.places.services.units import StaleVersion
from notoneless.rules.roles import Role
from notoneless.rules.staff_list import StaffRow, read_rows
from tests.world import FOUNDED, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022")]


def slip_for(village, who, *names):
    made = print_slips(
        [village.people[name].pk for name in names],
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )
    return made.slips


def test_a_slip_opens_once_must_be_changed_and_is_kept_nowhere(village):
    ((slip, post),) = slip_for(village, "shi", "wei")

    user = User.objects.get(person=village.people["wei"])
    assert user.check_password(slip.secret)
    assert user.must_change_password
    assert user.slip_valid_until == NOW + timedelta(days=7)
    assert (slip.username, post.unit_name) == ("weisufen", "石桥乡中心小学")
    assert slip.secret not in str(list(Entry.objects.values()))


def test_every_slip_is_another(village):
    first = slip_for(village, "shi", "wei")[0][0].secret
    second = slip_for(village, "shi", "wei")[0][0].secret

    assert first != second
    assert not User.objects.get(username="weisufen").check_password(first)


def test_a_new_slip_lifts_the_lock_out(village):
    slip_for(village, "shi", "wei")
    AccessAttempt.objects.create(
        username="weisufen", ip_address="10.0.0.1", failures_since_start=5, attempt_time=NOW
    )
    slip_for(village, "shi", "wei")
    assert not AccessAttempt.objects.exists()


def test_an_administrator_resets_only_those_wholly_in_his_unit_and_nobody_above(village):
    with pytest.raises(FromAboveOnly):
        slip_for(village, "shi", "qin")
    with pytest.raises(Unit.DoesNotExist):
        slip_for(village, "shi", "tan")
    with pytest.raises(Unit.DoesNotExist):
        slip_for(village, "shi", "he")
    with pytest.raises(OnOneself):
        slip_for(village, "shi", "shi")
    with pytest.raises(NotAllowed):
        slip_for(village, "chen", "wei")
    appoint(
        Appointment(Role.STAFF, village.units["other"].pk, village.people["chen"].pk),
        from_on=FOUNDED,
        stamp=village.stamp(),
    )
    with pytest.raises(ElsewhereToo):
        slip_for(village, "shi", "chen")
    assert slip_for(village, "mo", "chen")


def test_one_person_refused_does_not_hold_up_the_others(village):
    made = print_slips(
        [village.people[name].pk for name in ("qin", "shi", "wei")],
        actor=village.actor("shi"),
        today=TODAY,
        stamp=village.stamp("shi"),
    )
    assert [slip.name for slip, _ in made.slips] == ["韦素芬"]
    assert [(name, r.code) for name, r in made.refused] == [
        ("覃志学", "ACCESS-06"),
        ("石永福", "ACCESS-08"),
    ]
    assert not User.objects.filter(person=village.people["qin"]).exists()


def test_a_principal_is_reset_from_the_centre_school_and_the_bureau_head_by_the_county(village):
    assert slip_for(village, "he", "qin")
    assert slip_for(village, "mo", "fang")


def test_too_many_slips_at_once_are_refused_before_any_is_made(village):
    with pytest.raises(TooManySlips):
        print_slips(
            [village.people["wei"].pk] * 65,
            actor=village.actor("shi"),
            today=TODAY,
            stamp=village.stamp("shi"),
        )


def test_a_closed_account_stays_closed_until_it_is_opened_and_a_slip_is_printed(village):
    village.account("wei")
    wei = village.people["wei"].pk
    how = {"actor": village.actor("shi"), "today": TODAY, "stamp": village.stamp("shi")}

    close_account(wei, **how)
    close_account(wei, **how)
    assert Entry.objects.filter(kind="account.closed").count() == 1
    with pytest.raises(AccountClosed):
        slip_for(village, "shi", "wei")
    reopen_account(wei, **how)
    assert not User.objects.get(username="wei").has_usable_password()
    assert slip_for(village, "shi", "wei")
    with pytest.raises(OnOneself):
        close_account(village.people["shi"].pk, **how)
    assert verify(village.county_id).findings == []


def leave(village, who, name, *, version=1, on=TODAY):
    see_off(
        village.people[name].pk,
        version=version,
        on=on,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_a_leaver_loses_posts_and_sign_in_on_the_day(village):
    user = village.account("chen")
    with pytest.raises(StaleVersion):
        leave(village, "shi", "chen", version=9)

    leave(village, "shi", "chen")

    user.refresh_from_db()
    assert not user.is_active
    assert actor_for(user, today=TODAY) is None
    assert Post.objects.get(person=village.people["chen"]).to_on == TODAY
    assert verify(village.county_id).findings == []
    with pytest.raises((PersonLeft, ElsewhereToo)):
        leave(village, "shi", "chen", version=2)
    with pytest.raises(HasLeft):
        give_sign_in(_left(village), stamp=village.stamp())


def _left(village):
    person = village.employ("ren", "任去", Role.STAFF, "primary")
    Person.objects.filter(pk=person.pk).update(left_on=TODAY)
    return person.pk


def test_who_leaves_later_works_until_then(village):
    user = village.account("chen")
    monday = TODAY + timedelta(days=3)
    leave(village, "shi", "chen", on=monday)

    user.refresh_from_db()
    assert user.is_active
    assert actor_for(user, today=TODAY) is not None
    assert actor_for(user, today=monday) is None


def test_accounts_in_reach_show_who_is_idle(village):
    village.account("wei")
    old, recent = NOW - timedelta(days=91), NOW - timedelta(days=90)
    User.objects.filter(username="wei").update(last_login=old)

    rows = {row.name: row for row in accounts_in_reach(village.actor("shi"), today=TODAY)}

    assert set(rows) == {"覃志学", "韦素芬", "石永福", "陈小满"}
    assert rows["韦素芬"].is_idle(NOW)
    assert not rows["陈小满"].is_idle(NOW)
    User.objects.filter(username="wei").update(last_login=recent)
    row = account_facts(village.people["wei"].pk, actor=village.actor("shi"), today=TODAY)
    assert not row.is_idle(NOW)


def test_sign_in_names_are_made_from_pinyin_and_never_twice(village):
    def give(name, username=""):
        person = village.employ(name, name, Role.STAFF, "primary")
        return give_sign_in(person.pk, username=username, stamp=village.stamp()).username

    assert give("宋雨") == "songyu"
    Person.objects.filter(name="宋雨").update(staff_number="1")
    assert give("松雨") == "songyu2"
    assert give("王一", "Wang.Yi") == "wang.yi"
    with pytest.raises(UsernameTaken):
        give("王二", "wang.yi")
    with pytest.raises(BadUsername):
        give("王三", "王三")


# --- lists --------------------------------------------------------------------------------

LIST = [
    ["姓名", "工号", "手机号", "职务", "单位", "登录名"],
    ["宋雨", "P01", "15400000901", "班主任", "三年级2班", ""],
    ["", "", "", "", "", ""],
    ["文一", "P02", "1540000", "教师", "石桥乡中心小学", ""],
    ["文二", "P03", "15400000903", "大王", "石桥乡中心小学", ""],
    ["文三", "P04", "", "教师", "河口镇中心小学", ""],
    ["文四", "P05", "", "校长", "石桥乡中心小学", ""],
    ["文五", "", "", "科任教师", "石桥乡中心小学", "wenwu"],
    ["文六", "P01", "", "教师", "石桥乡中心小学", ""],
]


def enter(village, who, rows, *, dry_run=False):
    return enter_staff(
        rows,
        actor=village.actor(who),
        dry_run=dry_run,
        today=TODAY,
        stamp=village.stamp(who),
    )


def test_the_good_rows_of_a_list_go_on_and_each_bad_one_is_named(village):
    answers = enter(village, "shi", read_rows(LIST))

    assert {a.row.row: [r.code for r in a.refusals] for a in answers} == {
        2: [],
        4: ["STAFF-02"],
        5: ["STAFF-03"],
        6: ["STAFF-04"],
        7: ["ACCESS-06"],
        8: [],
        9: ["STAFF-05"],
    }
    song = Post.objects.get(person__name="宋雨")
    assert (song.role, song.unit_id) == ("homeroom_teacher", village.units["primary-2"].pk)
    assert not User.objects.get(username="wenwu").has_usable_password()
    assert verify(village.county_id).findings == []


def test_a_preview_writes_nothing(village):
    people, posts = Person.objects.count(), Post.objects.count()
    answers = enter(village, "shi", read_rows(LIST), dry_run=True)

    assert sum(a.is_good for a in answers) == 2
    assert (Person.objects.count(), Post.objects.count()) == (people, posts)


def test_entering_a_list_again_changes_nothing(village):
    enter(village, "shi", read_rows(LIST))
    before = Person.objects.count(), Post.objects.count(), User.objects.count()
    again = enter(village, "shi", read_rows(LIST))

    assert (Person.objects.count(), Post.objects.count(), User.objects.count()) == before
    assert [a.is_known for a in again if a.is_good] == [True, True]


def test_a_list_is_entered_by_administrators_only(village):
    with pytest.raises(NotAllowed):
        enter(village, "wei", [StaffRow(1, "宋雨", role="教师")])


def test_a_list_without_heading_or_unit_belongs_to_the_school(village):
    (answer,) = enter(village, "shi", read_rows([["宋雨", "", "", "教职工"]]))
    assert answer.is_good
    assert Post.objects.get(person__name="宋雨").unit_id == village.units["primary"].pk


# --- approvals ----------------------------------------------------------------------------


def approve(village, who, *names, to_on=date(2027, 8, 1)):
    posts = Post.objects.filter(person__in=[village.people[n].pk for n in names])
    return approve_posts(
        list(posts.values_list("pk", flat=True)),
        purpose="控辍保学日常工作",
        to_on=to_on,
        actor=village.actor(who),
        today=TODAY,
        stamp=village.stamp(who),
    )


@pytest.fixture
def newcomer(village):
    village.employ("song", "宋雨", Role.HOMEROOM_TEACHER, "primary-2", approved=False)
    return village


def sees(village, who, *, on=TODAY):
    return Child.objects.seen_by(village.actor(who, today=on), on=on).exists()


def test_a_principal_approves_the_school_and_the_access_ends_with_the_school_year(newcomer):
    village = newcomer
    desk = approval_desk(village.actor("qin"), today=TODAY)
    assert [post.person_name for post in desk.pending] == ["宋雨"]
    assert not sees(village, "song")

    assert approve(village, "qin", "song").approved == 1

    assert sees(village, "song")
    assert sees(village, "song", on=date(2027, 7, 31))
    assert not sees(village, "song", on=date(2027, 8, 1))
    assert Entry.objects.filter(kind="access.approved").exists()
    assert approval_desk(village.actor("qin"), today=TODAY).pending == []


def test_approving_twice_is_the_same_as_once(newcomer):
    approve(newcomer, "qin", "song")
    approve(newcomer, "qin", "song")
    post = Post.objects.get(person=newcomer.people["song"])
    assert AccessApproval.objects.filter(post=post).count() == 1


def test_nobody_approves_own_out_of_reach_too_long_or_without_the_right(newcomer):
    answer = approve(newcomer, "qin", "qin", "song")
    assert (answer.approved, [r.code for _, r in answer.refused]) == (1, ["ACCESS-02"])
    answer = approve(newcomer, "he", "qin", to_on=TODAY + timedelta(days=367))
    assert [r.code for _, r in answer.refused] == ["ACCESS-03"]
    with pytest.raises(Unit.DoesNotExist):
        approve(newcomer, "qin", "tan")
    with pytest.raises(NotAllowed):
        approve(newcomer, "shi", "song")
    with pytest.raises(NotAllowed):
        approval_desk(newcomer.actor("shi"), today=TODAY)


def test_a_withdrawn_access_closes_at_once_and_only_once(newcomer):
    approve(newcomer, "qin", "song")
    approval = AccessApproval.objects.get(post__person=newcomer.people["song"])
    how = {"actor": newcomer.actor("qin"), "today": TODAY, "stamp": newcomer.stamp("qin")}

    withdraw(approval.pk, **how)

    assert not sees(newcomer, "song")
    assert verify(newcomer.county_id).findings == []
    with pytest.raises(AlreadyWithdrawn):
        withdraw(approval.pk, **how)


def test_an_approval_is_ending_soon_in_its_last_thirty_days(newcomer):
    for days, soon in ((30, True), (31, False)):
        AccessApproval.objects.filter(post__person=newcomer.people["song"]).delete()
        approve(newcomer, "qin", "song", to_on=TODAY + timedelta(days=days))
        desk = approval_desk(newcomer.actor("qin"), today=TODAY)
        found = next(a for a in desk.standing if a.post.person_name == "宋雨")
        assert found.ends_soon is soon


def test_the_school_year_ends_on_31_july():
    assert school_year_end(date(2026, 11, 20)) == date(2027, 8, 1)
    assert school_year_end(date(2027, 7, 31)) == date(2027, 8, 1)
    assert school_year_end(date(2027, 8, 1)) == date(2028, 8, 1)
