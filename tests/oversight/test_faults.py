"""A matter from found to executed: who may, what has to come before, what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.flows.oversight.raising import Raising, raise_fault
from notoneless.flows.oversight.reading import fault_lists, fault_shown
from notoneless.flows.oversight.refusals import (
    AgainstOneself,
    FaultBlocked,
    FaultOutOfTime,
    FormUsed,
    NamesAChild,
    NotChargeable,
    NowhereWritten,
    SaysTooLittle,
)
from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry
from notoneless.oversight.models import Fault, FaultFact
from notoneless.places.models import Post
from notoneless.rules.faults.guards import Missing
from notoneless.rules.faults.kinds import FaultState, FaultStep, SourceKind
from notoneless.rules.faults.life import Turn
from notoneless.rules.roles import Role
from tests.attendance.register import at
from tests.oversight.desk import (
    LATER,
    NO,
    SAID,
    decided,
    final,
    heard,
    missing,
    post_of,
    raised,
    released,
    school,
    state,
    take,
)
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-211", "R-212")]
F = FaultStep


@pytest.fixture
def v(village: Village) -> Village:
    return school(village)


def test_a_matter_goes_its_way_and_each_step_is_in_the_journal(v: Village):
    fault = heard(v, raised(v))
    decided(v, fault)
    final(v, fault)
    take(v, fault, F.EXECUTED, "gu", words="已在教师会上说明。")

    assert state(fault) is FaultState.EXECUTED
    kinds = Entry.objects.filter(subject_id=fault.pk).order_by("recorded_at", "pk")
    assert [entry.kind for entry in kinds] == [
        "fault.raised",
        "fault.investigated",
        "fault.notice_given",
        "fault.stated",
        "fault.decided",
        "fault.outcome",
        "fault.shown",
        "fault.waived",
        "fault.executed",
    ]


def test_it_keeps_the_rule_that_names_the_fault_and_the_plan_it_stood_under(v: Village):
    fault = raised(v)

    assert fault.basis.startswith("S1-29")
    assert len(fault.policy_digest) == 64


def test_what_is_said_lies_sealed(v: Village):
    fault = heard(v, raised(v, source_kind=SourceKind.GUARDIAN, source="王奶奶"))

    with connection.cursor() as cursor:
        for table in (Fault, FaultFact):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            raw = repr(
                [
                    [bytes(c) if isinstance(c, memoryview) else c for c in row]
                    for row in cursor.fetchall()
                ]
            )
            assert all(word not in raw for word in (SAID, "王奶奶", "路远", "guardian"))
    assert Fault.objects.get(pk=fault.pk).facts == SAID


def test_steps_are_written_once(v: Village):
    fault = heard(v, raised(v))

    with pytest.raises(WrittenOnce):
        FaultFact.objects.filter(fault=fault).update(number=9)


# -- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "about"), [("chen", "zhou"), ("wei", "chen"), ("long", "chen"), ("mo", "chen")]
)
def test_who_may_not_raise_faults_charges_nobody(v: Village, by: str, about: str):
    with pytest.raises((NotAllowed, Post.DoesNotExist)):
        raised(v, about, by=by)


def test_another_school_s_teacher_is_not_there(v: Village):
    with pytest.raises(Post.DoesNotExist):
        raised(v, "tan", by="qin")


def test_nobody_charges_himself(v: Village):
    with pytest.raises(AgainstOneself):
        raised(v, "gu", by="gu")
    row = raised(v)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fault.objects.filter(pk=row.pk).update(raised_by=row.person_id)


@pytest.mark.parametrize("by", ["he", "fang", "lu", "shao", "xiang"])
def test_a_principal_is_charged_from_above_in_either_line(v: Village, by: str):
    assert raised(v, "qin", by=by, kind="late_report").is_head


def test_nobody_of_his_own_school_charges_the_principal_or_sees_that_he_is(v: Village):
    with pytest.raises(NotAllowed):
        raised(v, "qin", by="gu", kind="late_report")
    fault = raised(v, "qin", by="he", kind="late_report")

    with pytest.raises(Fault.DoesNotExist):
        fault_shown(v.actor("gu"), fault.pk, today=TODAY)
    assert not fault_shown(v.actor("he"), fault.pk, today=TODAY).is_own


@pytest.mark.parametrize("who", ["zhou", "wei", "tan", "long", "mo"])
def test_others_find_nothing(v: Village, who: str):
    fault = raised(v)

    with pytest.raises(Fault.DoesNotExist):
        fault_shown(v.actor(who), fault.pk, today=TODAY)
    with pytest.raises(Fault.DoesNotExist):
        take(v, fault, F.INVESTIGATED, who, words="查看")
    assert fault_lists(v.actor(who), today=TODAY).to_hear == ()


@pytest.mark.req("R-214")
def test_the_person_charged_sees_his_own_matter_without_its_source(v: Village):
    fault = raised(v, source_kind=SourceKind.PUPIL, source="三年级一名学生")

    own = fault_shown(v.actor("chen"), fault.pk, today=TODAY)
    raiser = fault_shown(v.actor("gu"), fault.pk, today=TODAY)

    assert own.is_own
    assert own.file.told == SAID
    assert (own.file.source, own.file.source_kind, own.shows_source) == ("", "", False)
    assert raiser.file.source == "三年级一名学生"


@pytest.mark.req("R-214")
def test_a_principal_who_is_charged_sees_no_source_whatever_his_post_allows(v: Village):
    fault = raised(v, "qin", by="he", kind="late_report", source="学生家长")

    own = fault_shown(v.actor("qin"), fault.pk, today=TODAY)

    assert (own.is_own, own.file.source) == (True, "")
    assert own.ready == ()


@pytest.mark.req("R-214")
def test_who_hears_but_neither_raised_nor_decides_reads_no_source(v: Village):
    fault = raised(v, by="qin", source="学生家长")

    assert fault_shown(v.actor("gu"), fault.pk, today=TODAY).file.source == ""
    assert fault_shown(v.actor("he"), fault.pk, today=TODAY).file.source == "学生家长"


# -- what can be charged --------------------------------------------------------------------------


def test_a_fault_that_neither_plan_nor_law_names_is_refused(v: Village):
    with pytest.raises(NowhereWritten):
        raised(v, kind="coldness")
    with pytest.raises(NowhereWritten):
        raised(v, kind="local:擅自停课")


def test_a_vacant_post_and_one_that_has_ended_answer_for_nothing(v: Village):
    Post.objects.filter(pk=post_of(v, "zhou")).update(to_on=TODAY)

    with pytest.raises(NotChargeable):
        raised(v, "zhou")


@pytest.mark.req("R-218")
def test_a_principal_is_charged_with_his_school_whatever_his_classes_did(v: Village):
    fault = heard(v, raised(v))
    decided(v, fault, outcome="not_upheld")

    of_school = raised(v, "qin", by="he", kind="serious_school_dropout")

    assert state(fault) is FaultState.NOT_UPHELD
    assert of_school.state == FaultState.FOUND
    assert Fault.objects.filter(unit=v.units["primary"].pk).count() == 1


@pytest.mark.parametrize("days", [1, -10_000])
def test_a_finding_of_tomorrow_or_of_long_ago_is_refused(v: Village, days: int):
    with pytest.raises(FaultOutOfTime):
        raised(v, found_on=TODAY + timedelta(days=days))


def test_a_bare_word_is_no_charge(v: Village):
    with pytest.raises(SaysTooLittle):
        raised(v, facts="不负责任")


# -- the same form twice --------------------------------------------------------------------------


def test_sending_a_charge_twice_is_once_and_another_under_its_id_is_refused(v: Village):
    same = uuid7()
    raised(v, id=same)
    raised(v, id=same)

    assert Fault.objects.count() == 1
    with pytest.raises(FormUsed):
        raised(v, "zhou", id=same)


def test_sending_a_step_twice_is_once(v: Village):
    fault, same = raised(v), uuid7()

    for _ in range(2):
        take(v, fault, F.INVESTIGATED, "gu", words="查阅记录。", step_id=same)

    assert FaultFact.objects.filter(fault=fault).count() == 1
    with pytest.raises(FormUsed):
        take(v, fault, F.WITHDRAWN, "gu", words="撤回", step_id=same)


def test_of_two_deciders_the_second_is_told_that_it_is_decided(v: Village):
    fault = heard(v, raised(v))
    decided(v, fault, by="qin")

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, by="he", outcome="not_upheld")

    assert missing(refused) == [Missing.WRONG_STATE]
    assert state(fault) is FaultState.DECIDED


# -- hearing and deciding -------------------------------------------------------------------------


@pytest.mark.req("R-217")
def test_nothing_is_decided_before_the_person_could_speak(v: Village):
    fault = raised(v)
    take(v, fault, F.INVESTIGATED, "gu", words="查阅记录。")
    take(v, fault, F.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=3))

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault)
    assert missing(refused) == [Missing.WRONG_STATE]
    with pytest.raises(FaultBlocked) as silent:
        take(v, fault, F.REFUSED, "gu", on=TODAY + timedelta(days=3), silence=True)
    assert missing(silent) == [Missing.STATEMENT_TIME_RUNS]
    take(v, fault, F.REFUSED, "gu", on=TODAY + timedelta(days=4), silence=True)
    decided(v, fault, on=TODAY + timedelta(days=4))


def test_a_statement_that_comes_after_the_silence_still_counts(v: Village):
    fault = raised(v)
    take(v, fault, F.INVESTIGATED, "gu", words="查阅记录。")
    take(v, fault, F.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=3))
    take(v, fault, F.REFUSED, "gu", on=LATER, silence=True)

    take(v, fault, F.STATED, "chen", on=LATER, words="我当时住院。")

    assert state(fault) is FaultState.HEARD


def test_who_raised_it_does_not_decide_it(v: Village):
    fault = heard(v, raised(v, by="qin"))

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, by="qin")

    assert missing(refused) == [Missing.DECIDER_RAISED]
    assert decided(v, fault, by="he").outcome == "upheld"


def test_who_may_only_hear_does_not_decide(v: Village):
    fault = heard(v, raised(v, by="qin"))

    with pytest.raises(NotAllowed):
        decided(v, fault, by="gu")


@pytest.mark.req("R-216")
def test_nothing_is_decided_before_the_conditions_of_exemption_are_answered(v: Village):
    fault = heard(v, raised(v))

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, exemption={})

    assert missing(refused) == [Missing.EXEMPTION_UNANSWERED]


@pytest.mark.req("R-215")
def test_a_village_officer_answers_only_where_all_three_hold(v: Village):
    fault = raised(v, "long", by="xiang")
    heard(v, fault, by="xiang", who="long")
    v.employ("zhang", "张乡长", Role.TOWNSHIP_HEAD, "shiqiao")
    two = {"neglect": True, "over_ceiling": True, "no_effective_measures": False}

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, by="zhang", flags=two)
    assert missing(refused) == [Missing.FLAGS_NOT_ALL]
    decided(v, fault, by="zhang", flags=two | {"no_effective_measures": True})


@pytest.mark.req("R-213", "R-308")
def test_a_sanction_is_refused_until_its_instrument_is_attached(v: Village):
    fault = heard(v, raised(v))

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, measures=["criticism"])

    assert missing(refused) == [Missing.MEASURE_OFF]


@pytest.mark.req("R-213", "R-308")
def test_with_its_instrument_the_ladder_is_climbed_and_each_step_names_who_decided(
    village: Village,
):
    v = school(village, "S0-3/2026", own=[("fault_catalogue", ("no_measures",), "", "")])
    released(v, "accountability_ladder")
    fault = heard(v, raised(v))
    notice = "石桥乡中心小学一名班主任未落实控辍措施，予以通报。"
    decided(v, fault, measures=["notice_of_criticism"], notice=notice)
    final(v, fault)
    take(v, fault, F.EXECUTED, "gu", words="已印发通报。")
    take(v, fault, F.TAKEN_FURTHER, "gu", words="仍未整改。")
    heard_again(v, fault)

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, by="he", measures=["admonishing_talk"])
    assert missing(refused) == [Missing.RUNG_SKIPPED]
    decided(v, fault, by="he", measures=["supervised_correction"])

    steps = fault_shown(v.actor("he"), fault.pk, today=TODAY).file.steps
    who = [(s.by_name, s.by_role) for s in steps if s.kind is F.DECIDED]
    assert who == [("覃志学", Role.PRINCIPAL), ("何开来", Role.CENTRE_HEAD)]


def heard_again(v: Village, fault: Fault) -> None:
    take(v, fault, F.NOTICE_GIVEN, "gu", until=TODAY + timedelta(days=3))
    take(v, fault, F.STATED, "chen", words="正在整改。")


@pytest.mark.parametrize(
    ("notice", "is_named"),
    [("对吴小兰长期缺课未家访。", True), ("对䶮雨晴未家访。", True), ("对一名学生未家访。", False)],
)
def test_a_public_notice_names_no_child_of_the_school(
    village: Village, notice: str, is_named: bool
):
    v = school(village, "S1-25/2026", own=[("fault_catalogue", ("no_measures",), "", "")])
    released(v, "accountability_ladder")
    fault = heard(v, raised(v))
    said: dict[str, Any] = {"measures": ["notice_of_criticism"], "notice": notice}

    if is_named:
        with pytest.raises(NamesAChild):
            decided(v, fault, **said)
    else:
        assert decided(v, fault, **said).measures == ["notice_of_criticism"]


# -- after the decision ---------------------------------------------------------------------------


@pytest.mark.req("R-217")
def test_nothing_is_carried_out_before_the_person_has_seen_it_and_the_time_is_over(v: Village):
    fault = heard(v, raised(v))
    decided(v, fault)

    with pytest.raises(FaultBlocked) as unseen:
        take(v, fault, F.EXECUTED, "gu", words="执行")
    assert missing(unseen) == [Missing.NOT_SHOWN]
    take(v, fault, F.SHOWN, "gu", witness="石永福")
    with pytest.raises(FaultBlocked) as early:
        take(v, fault, F.EXECUTED, "gu", on=TODAY + timedelta(days=30), words="执行")
    assert missing(early) == [Missing.NOT_FINAL]
    take(v, fault, F.EXECUTED, "gu", on=TODAY + timedelta(days=31), words="已执行")


@pytest.mark.req("R-217")
def test_a_review_by_a_third_person_can_overturn_it(v: Village):
    fault = heard(v, raised(v))
    row = decided(v, fault)
    take(v, fault, F.SHOWN, "chen")
    take(v, fault, F.APPEALED, "chen", words="当日已家访，有证人。")

    with pytest.raises(FaultBlocked) as refused:
        take(v, fault, F.APPEAL_DECIDED, "qin", result="kept", words="维持")
    assert missing(refused) == [Missing.SAME_DECIDER]
    take(v, fault, F.APPEAL_DECIDED, "he", result="overturned", words="证据不足。")

    row.refresh_from_db()
    assert state(fault) is FaultState.OVERTURNED
    assert row.superseded_at is not None


def test_a_step_is_neither_of_tomorrow_nor_before_the_one_before(v: Village):
    fault = raised(v)
    for on in (TODAY - timedelta(days=1),):
        with pytest.raises(FaultOutOfTime):
            take(v, fault, F.INVESTIGATED, "gu", on=on, words="查阅记录。")


def test_a_matter_can_be_withdrawn_with_a_reason_until_it_is_decided(v: Village):
    fault = raised(v)

    with pytest.raises(SaysTooLittle):
        take(v, fault, F.WITHDRAWN, "gu")
    take(v, fault, F.WITHDRAWN, "gu", words="核实后有家访记录。")

    assert state(fault) is FaultState.WITHDRAWN


# -- lists ----------------------------------------------------------------------------------------


def test_each_finds_what_waits_for_him(v: Village):
    fault = raised(v)
    assert [f.id for f in fault_lists(v.actor("gu"), today=TODAY).to_hear] == [fault.pk]
    heard(v, fault)

    gu, qin, chen, zhou = (
        fault_lists(v.actor(name), today=TODAY) for name in ("gu", "qin", "chen", "zhou")
    )

    assert [f.id for f in qin.to_decide] == [fault.pk]
    assert (gu.to_hear, [f.id for f in gu.others]) == ((), [fault.pk])
    assert [(f.id, f.turn) for f in chen.own] == [(fault.pk, Turn.DECIDER)]
    assert zhou.own == zhou.others == ()


def test_who_raised_it_is_not_asked_to_decide_it(v: Village):
    fault = heard(v, raised(v, by="qin"))

    assert fault_lists(v.actor("qin"), today=TODAY).to_decide == ()
    assert [f.id for f in fault_lists(v.actor("he"), today=TODAY).to_decide] == [fault.pk]


def test_a_list_costs_the_same_however_long_it_is(v: Village, django_assert_max_num_queries):
    for about in ("chen", "zhou", "wei"):
        heard(v, raised(v, about, kind="late_report"), who=about)
    actor = v.actor("qin")

    with django_assert_max_num_queries(6):
        assert len(fault_lists(actor, today=TODAY).to_decide) == 3


def test_the_exempt_are_not_charged_and_their_matter_ends(village: Village):
    v = school(village, "S1-26/2026", own=[("fault_catalogue", ("no_measures",), "", "")])
    fault = heard(v, raised(v))
    yes = dict.fromkeys(NO, True)

    with pytest.raises(FaultBlocked) as refused:
        decided(v, fault, exemption=yes)
    assert missing(refused) == [Missing.EXEMPT]
    decided(v, fault, outcome="exempt", exemption=yes)

    assert state(fault) is FaultState.NOT_UPHELD


def test_an_unknown_kind_is_refused(v: Village):
    new = Raising(
        id=uuid7(), post_id=post_of(v, "chen"), kind="laziness", facts=SAID, found_on=TODAY
    )

    with pytest.raises(NowhereWritten):
        raise_fault(v.actor("gu"), new, today=TODAY, now=at(TODAY))
