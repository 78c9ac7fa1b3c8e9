"""The complete file of a child, and the volume that a closed case goes into."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.cases.models import Case
from notoneless.contacts.models import Contact
from notoneless.documents.models import Document, Volume, VolumeItem
from notoneless.flows.cases.file import complete_file
from notoneless.flows.cases.papers.on_demand import (
    Period,
    class_report_paper,
    returned_list,
    visit_paper,
)
from notoneless.flows.contacts.reporting import Saying, report_to_school
from notoneless.flows.protection.papers import Reported, mandatory_report
from notoneless.journal.models import Reading
from notoneless.protection.models import CriticalFlag
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.documents.kinds import DocumentKind
from tests.attendance.register import FRI, MON, THU, TUE, WED, at
from tests.cases.desk import case_of, payload_in, take
from tests.cases.story import TUESDAY, noticed, paper_of, reported, suspected
from tests.protection.desk import concerned, name_officers, raised
from tests.world import Village

pytestmark = pytest.mark.django_db
K, D = StepKind, DocumentKind


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def file_for(v: Village, by: str, day=TUESDAY) -> str:
    actor = v.actor(by, today=day)
    return text_of(complete_file(actor, case_of(v).pk, today=day, now=at(day, 17)))


@pytest.mark.req("R-119")
def test_the_file_begins_with_the_first_visit_and_ends_with_the_last_paper(village: Village):
    noticed(village)

    text = file_for(village, "qin")

    where = [text.index(f"{name}") for name in ("家访记录", "劝学书", "辍学报告", "返校通知书")]
    assert where == sorted(where)
    for kind in (D.PERSUASION_LETTER, D.DROPOUT_REPORT, D.RETURN_NOTICE):
        assert paper_of(village, kind).number_text in text
    reading = Reading.objects.get(kind="case.file")
    assert (reading.child_id, reading.person_id) == (village.lan.pk, village.people["qin"].pk)


@pytest.mark.req("R-119", "R-300")
def test_a_village_s_file_leaves_out_what_was_said_at_home(village: Village):
    noticed(village, guardian_view="打工去了，家里没人照看")

    assert "家里没人照看" in file_for(village, "qin")
    assert "家里没人照看" not in file_for(village, "xiang")


@pytest.mark.req("R-119")
def test_who_may_not_see_the_case_gets_no_file(village: Village):
    reported(village)

    with pytest.raises(Case.DoesNotExist):
        file_for(village, "tan")


@pytest.mark.req("R-298", "R-120")
def test_closing_files_the_papers_in_the_volumes_of_the_year(village: Village):
    reported(village)
    take(
        village,
        K.CLOSING_ASKED,
        by="qin",
        day=FRI,
        outcome="transferred",
        evidence="转入校接收证明",
    )
    take(village, K.CLOSED, by="lu", day=FRI, outcome="transferred")

    closing = payload_in(paper_of(village, D.CLOSING_APPROVAL))
    assert (closing.first.name, closing.second.name) == ("覃志学", "陆晓禾")
    school = Volume.objects.get(unit=village.units["primary"], kind="case", year=2026)
    filed = VolumeItem.objects.filter(volume=school).order_by("position")
    assert {item.document_id for item in filed} == set(
        Document.objects.filter(file_id=case_of(village).pk).values_list("pk", flat=True)
    )
    assert school.keeper_id == village.people["wei"].pk
    county = Volume.objects.get(unit=village.units["bureau"], kind="case", year=2026)
    assert [item.document.kind for item in VolumeItem.objects.filter(volume=county)] == [
        D.CLOSING_APPROVAL
    ]


# -- on demand ------------------------------------------------------------------------------------


@pytest.mark.req("R-088", "R-299")
def test_a_visit_is_printed_once_from_inside_the_school(village: Village):
    suspected(village, guardian_view="过完年再说")
    visit = Contact.objects.get()
    chen = village.actor("chen", today=WED)

    first = visit_paper(chen, visit.pk, village.lan.pk, today=WED, now=at(WED, 9))
    again = visit_paper(chen, visit.pk, village.lan.pk, today=THU, now=at(THU, 9))

    assert first == again
    record = payload_in(Document.objects.get(pk=first))
    assert (record.visited_on, record.visitors, record.nth) == (TUE, ("陈小满",), 1)
    assert record.guardian_view == "过完年再说"
    xiang = village.actor("xiang", today=WED)
    with pytest.raises(NotAllowed):
        visit_paper(xiang, visit.pk, village.lan.pk, today=WED, now=at(WED, 9))


@pytest.mark.req("R-104", "R-299")
def test_a_class_report_keeps_its_words_inside_the_school(village: Village):
    suspected(village, causes=("pregnancy",), main_cause="pregnancy")
    chen, said = village.actor("chen", today=WED), "孩子身体不便，家里不愿多说"
    saying = Saying(uuid7(), village.lan.pk, said, "已家访一次")
    report_to_school(chen, saying, today=WED, now=at(WED, 10))

    paper = class_report_paper(chen, saying.id, today=WED, now=at(WED, 11))

    row = Document.objects.get(pk=paper)
    report = payload_in(row)
    assert (report.reason, report.school_only_reason) == ("其他原因", said)
    assert (report.absent_since, report.reporter) == (MON, "陈小满")
    assert row.file_id == case_of(village).pk


@pytest.mark.req("R-118")
def test_the_list_names_who_was_lost_and_who_came_back(village: Village):
    reported(village)
    take(village, K.RETURNED, by="qin", day=FRI)
    he = village.actor("qin", today=FRI)

    paper = returned_list(
        he, village.units["primary"].pk, Period(MON, FRI), today=FRI, now=at(FRI, 12)
    )

    listed = payload_in(Document.objects.get(pk=paper))
    assert [(p.name, p.left_on, p.returned_on) for p in listed.pupils] == [("吴小兰", MON, FRI)]


@pytest.mark.req("R-300")
def test_the_report_to_the_police_is_the_officer_s_alone(village: Village):
    suspected(village)
    name_officers(village)
    flag = raised(village, concerned("guardian"), on=WED, now=at(WED, 9))
    said = Reported(to="石桥派出所", phone="0879-5550110")

    an = village.actor("an", today=WED)
    paper = mandatory_report(an, flag, said, today=WED, now=at(WED, 10))

    row = Document.objects.get(pk=paper)
    assert (row.file_kind, row.file_id) == ("flag", flag)
    report = payload_in(row)
    assert (report.to, report.pupil.name, report.reporter) == ("石桥派出所", "吴小兰", "安若兰")
    for other in ("chen", "qin", "lu"):
        actor = village.actor(other, today=WED)
        with pytest.raises(CriticalFlag.DoesNotExist):
            mandatory_report(actor, flag, said, today=WED, now=at(WED, 10))
