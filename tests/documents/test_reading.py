"""Who reads which paper, and how papers are found."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from uuid_utils.compat import uuid7

from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.documents.models import Document, DocumentBytes
from notoneless.documents.queries import (
    AlteredPaper,
    PaperFilter,
    document_seen,
    documents_about_child,
    documents_of_file,
    kept_pdf,
    list_papers,
    offices,
    papers_seen,
    register,
    registers_of,
    search,
    to_serve,
    volume_seen,
    volumes,
)
from notoneless.documents.queries.listing import to_receive
from notoneless.documents.rendering.file import Part, bound, complete_file
from notoneless.documents.rendering.pdf import pages_in, pdf_of_sheet
from notoneless.documents.services import Receiver, file_in, receive, serve, withdraw
from notoneless.documents.services.archiving import NewItem
from notoneless.documents.services.issuing import seal_paper
from notoneless.places.models import UnitPlace
from notoneless.rules.documents.blocks import Block, Layout, PageBreak, Paragraph, Sheet, Title
from notoneless.rules.documents.kinds import (
    DocumentKind,
    DocumentState,
    ReceiverKind,
    ServiceMethod,
)
from notoneless.rules.documents.reach import CIRCLE, Circle
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, THU
from tests.documents.desk import K, handed, paper, stamp
from tests.documents.test_serving import signed, volume
from tests.world import TERM_START, Village

pytestmark = pytest.mark.django_db
INSIDE = [kind for kind in DocumentKind if CIRCLE[kind] is Circle.SCHOOL]
OPEN = [kind for kind in DocumentKind if CIRCLE[kind] is Circle.CASE]
COURT = [kind for kind in DocumentKind if CIRCLE[kind] is Circle.COURT]


def settle(v: Village, child: str, unit: str, relation: Relation = Relation.RESIDENCE) -> None:
    """The child lives in the village."""
    place = UnitPlace.objects.filter(unit=v.units[unit]).first()
    ChildPlace.objects.create(
        county_id=v.county_id,
        child=v.children[child],
        unit=v.units[unit],
        line=place.line,
        path=place.path,
        relation=relation,
        from_on=TERM_START,
    )


def reads(v: Village, who: str, row: Document) -> bool:
    seen = papers_seen(v.actor(who), on=FRI).filter(pk=row.pk).exists()
    try:
        document_seen(v.actor(who), row.pk, on=FRI)
    except Document.DoesNotExist:
        assert not seen
        return False
    return seen


@pytest.mark.req("R-300")
@pytest.mark.parametrize("kind", INSIDE)
def test_what_was_found_at_home_stays_in_the_school_and_the_bureau(village: Village, kind):
    settle(village, "lan", "village")
    row = paper(village, kind, office="primary")

    who = ("chen", "qin", "he", "fang", "lu", "shao", "xiang", "long", "tan", "mo")
    assert [name for name in who if reads(village, name, row)] == [
        "chen",
        "qin",
        "he",
        "fang",
        "lu",
        "shao",
    ]


@pytest.mark.req("R-300")
@pytest.mark.parametrize("kind", OPEN)
def test_letters_and_notices_are_read_by_those_who_work_with_the_child(village: Village, kind):
    settle(village, "lan", "village")
    row = paper(village, kind)

    assert [n for n in ("chen", "xiang", "long", "lu") if reads(village, n, row)] == [
        "chen",
        "xiang",
        "long",
        "lu",
    ]
    assert [n for n in ("tan", "mo", "shi") if reads(village, n, row)] == []


@pytest.mark.req("R-300")
@pytest.mark.parametrize("kind", COURT)
def test_court_papers_are_not_for_the_village(village: Village, kind):
    settle(village, "lan", "village")
    row = paper(village, kind)

    assert reads(village, "xiang", row)
    assert not reads(village, "long", row)


@pytest.mark.req("R-300")
def test_a_report_of_a_crime_is_read_through_its_flag_only(village: Village):
    flag = uuid7()
    row = paper(village, K.MANDATORY_REPORT, office="primary", file=("flag", flag), by="qin")

    for name in village.people:
        assert not reads(village, name, row)
    page = document_seen(village.actor("qin"), row.pk, on=FRI, flags=[flag])
    assert page.line.kind is K.MANDATORY_REPORT


@pytest.mark.req("R-300")
def test_no_register_tells_that_a_crime_was_reported(village: Village):
    paper(village, K.MANDATORY_REPORT, office="primary", file=("flag", uuid7()), by="qin")
    office = village.units["primary"].pk

    assert registers_of(office, 2026) == ()
    assert register(village.actor("qin"), PaperFilter(office_id=office), on=FRI).total == 0


@pytest.mark.req("R-300")
def test_a_department_reads_what_was_addressed_to_it_and_nothing_else(village: Village):
    from notoneless.places.services.units import NewUnit

    village.found("civil", NewUnit(UnitKind.DEPARTMENT, "青禾县民政局"), g="county")
    village.employ("min", "闵和", Role.DEPARTMENT_LIAISON, "civil")
    to_it = Receiver(kind=ReceiverKind.UNIT, unit_id=village.units["civil"].pk)
    row = paper(village, K.REFERRAL, receiver=to_it)
    other = paper(village, K.REFERRAL)

    assert reads(village, "min", row)
    assert not reads(village, "min", other)
    assert [line.id for line in to_receive(village.actor("min"), on=FRI)] == [row.pk]
    receive(row.pk, unit_id=village.units["civil"].pk, on=FRI, stamp=stamp(village, "min"))
    assert to_receive(village.actor("min"), on=FRI) == ()


@pytest.mark.req("R-106")
def test_a_case_s_report_is_answered_in_the_case_and_waits_nowhere_else(village: Village):
    to_town = Receiver(kind=ReceiverKind.UNIT, unit_id=village.units["shiqiao"].pk)
    paper(village, K.DROPOUT_REPORT, receiver=to_town, file=("case", uuid7()))
    alone = paper(village, K.DROPOUT_REPORT, receiver=to_town)

    assert [line.id for line in to_receive(village.actor("xiang"), on=FRI)] == [alone.pk]


def test_a_child_that_has_moved_away_takes_its_papers_along(village: Village):
    row = paper(village, K.VISIT_RECORD, office="primary", by="chen")
    ChildPlace.objects.filter(child=village.lan).update(to_on=FRI)

    assert not reads(village, "chen", row)
    assert reads(village, "qin", row), "the office keeps what it wrote"


def test_a_merged_childs_papers_are_read_through_the_kept_one(village: Village):
    row = paper(village, about="far", office="shiqiao")
    ChildPlace.objects.filter(child=village.children["far"]).delete()
    assert not reads(village, "chen", row)

    village.children["far"].merged_into = village.lan
    village.children["far"].save(update_fields=["merged_into"])

    assert reads(village, "chen", row)
    (line,) = documents_about_child(village.actor("chen"), village.lan.pk, on=FRI)
    assert line.child_id == village.lan.pk


def test_the_kept_bytes_are_those_that_were_issued(village: Village):
    row = paper(village)
    line, pdf = kept_pdf(village.actor("chen"), row.pk, on=FRI)

    assert line.number_text == row.number_text
    assert row.number_text in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_altered_bytes_are_never_served(village: Village):
    row = paper(village)
    other = pdf_of_sheet(Sheet(Layout.LETTER, (Paragraph("假"),)))
    DocumentBytes.objects.filter(document=row).update(sealed=seal_paper(row.pk, other))

    with pytest.raises(AlteredPaper):
        kept_pdf(village.actor("chen"), row.pk, on=FRI)


def test_a_paper_tells_its_services_and_what_replaced_it(village: Village):
    row = paper(village, issued_on=THU)
    vain = handed(method=ServiceMethod.NOT_SERVED, on=THU, note="家中无人")
    serve(row.pk, vain, stamp=stamp(village))
    serve(row.pk, handed(on=FRI), signed(), stamp=stamp(village))
    page = document_seen(village.actor("xiang"), row.pk, on=FRI)

    assert [(each.is_served, each.note) for each in page.services] == [
        (False, "家中无人"),
        (True, ""),
    ]
    assert [picture.proof for picture in page.services[1].pictures] == ["signature"]
    assert page.services[0].by == village.people["xiang"].name
    assert page.line.served_on == FRI


def test_papers_of_a_file_and_of_a_child_come_oldest_first(village: Village):
    case = uuid7()
    second = paper(village, file=("case", case))
    first = paper(village, K.PERSUASION_LETTER, file=("case", case), issued_on=MON)
    paper(village, about="gang")
    chen = village.actor("chen")

    assert [line.id for line in documents_of_file(chen, "case", case, on=FRI)] == [
        first.pk,
        second.pk,
    ]
    assert len(documents_about_child(chen, village.lan.pk, on=FRI)) == 2
    assert documents_about_child(village.actor("tan"), village.lan.pk, on=FRI) == ()


def test_only_guardians_and_courts_papers_wait_to_be_served(village: Village):
    waiting = paper(village, issued_on=MON)
    served = paper(village)
    serve(served.pk, handed(), signed(), stamp=stamp(village))
    gone = paper(village)
    withdraw(gone.pk, reason="重复", on=FRI, stamp=stamp(village))
    paper(village, K.CLOSING_APPROVAL, receiver=Receiver())

    assert [line.id for line in to_serve(village.actor("xiang"), on=FRI)] == [waiting.pk]


@pytest.mark.req("R-301")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("吴小兰", {"lan"}),
        ("wuxiaolan", {"lan"}),
        ("返校通〔2026〕2号", {"gang"}),
        ("返校通", {"lan", "gang", "yan"}),
        ("䶮", {"yan"}),
        ("无此人", set()),
    ],
)
def test_a_paper_is_found_by_name_and_number(village: Village, text, found):
    for name in ("lan", "gang", "yan"):
        paper(village, about=name)
    rows = search(village.actor("xiang"), PaperFilter(text=text), on=FRI).rows

    assert {row.child_id for row in rows} == {village.children[name].pk for name in found}


@pytest.mark.req("R-301")
def test_a_paper_is_found_by_village_school_and_date(village: Village):
    settle(village, "lan", "village")
    for name, day in (("lan", MON), ("gang", FRI)):
        paper(village, about=name, issued_on=day)
    paper(village, about="peng", issued_on=FRI)

    def found(**wanted):
        rows = search(village.actor("xiang"), PaperFilter(**wanted), on=FRI).rows
        return {row.child_name for row in rows}

    assert found(place_id=village.units["village"].pk) == {"吴小兰"}
    assert found(place_id=village.units["primary"].pk) == {"吴小兰", "杨大刚"}
    assert found(from_on=THU) == {"杨大刚", "彭家乐"}
    assert found(to_on=MON) == {"吴小兰"}
    assert found(from_on=MON, to_on=FRI) == {"吴小兰", "杨大刚", "彭家乐"}


def test_a_register_is_filtered_and_paged(village: Village):
    for n in range(5):
        row = paper(village, K.PERSUASION_LETTER if n % 2 else K.RETURN_NOTICE)
    withdraw(row.pk, reason="重复", on=FRI, stamp=stamp(village))
    paper(village, K.PERSUASION_LETTER, office="primary")
    xiang, office = village.actor("xiang"), village.units["shiqiao"].pk

    def found(**more):
        given: dict[str, Any] = {"office_id": office, "year": 2026} | more
        wanted = PaperFilter(**given)
        return register(xiang, wanted, on=FRI, page_rows=3)

    assert (found().total, len(found().rows)) == (5, 3)
    assert found(kind=K.PERSUASION_LETTER).total == 2
    assert found(state=DocumentState.WITHDRAWN).total == 1
    assert found(year=2025).total == 0


def test_a_list_costs_the_same_whatever_it_holds(village: Village):
    def cost():
        with CaptureQueriesContext(connection) as made:
            list_papers(village.actor("xiang"), on=FRI)
        return len(made)

    paper(village)
    once = cost()
    for name in ("lan", "gang", "yan", "peng"):
        paper(village, about=name)

    assert cost() == once


def test_offices_are_ones_own_and_those_below_with_their_words(village: Village):
    names = {line.name for line in offices(village.actor("he"), on=FRI)}

    assert names == {"石桥乡中心学校", "石桥乡中心小学", "石桥乡初级中学"}
    assert offices(village.actor("mo"), on=FRI) == ()


@pytest.mark.req("R-298")
def test_a_volume_shows_its_readers_papers_and_only_places_of_others(village: Village):
    kept = volume(village)
    for row in (
        paper(village, K.PERSUASION_LETTER, office="primary"),
        paper(village, K.VISIT_RECORD, office="primary"),
    ):
        file_in(kept.pk, NewItem(document_id=row.pk), on=FRI, stamp=stamp(village, "wei"))

    (line,) = volumes(village.actor("qin"), on=FRI)
    assert (line.items, line.keeper) == (2, village.people["wei"].name)
    own = volume_seen(village.actor("qin"), kept.pk, on=FRI)
    assert [item.is_hidden for item in own.items] == [False, False]
    township = volume_seen(village.actor("xiang"), kept.pk, on=FRI)
    assert [item.is_hidden for item in township.items] == [False, True]
    assert volumes(village.actor("tan"), on=FRI) == ()


def page(text: str, count: int = 1) -> bytes:
    blocks: list[Block] = [Paragraph(text)]
    for _ in range(count - 1):
        blocks += [PageBreak(), Paragraph(text)]
    return pdf_of_sheet(Sheet(Layout.FORM, tuple(blocks)))


@pytest.mark.req("R-119")
def test_a_complete_file_lists_on_which_page_each_paper_begins():
    cover = Sheet(Layout.FORM, (Title("辍学案卷"),))
    parts = [
        Part("家访记录单", "石小访〔2026〕1号", "2026年11月16日", page("第一份", 2)),
        Part("劝学书", "石小劝学〔2026〕1号", "2026年11月18日", page("第二份")),
        Part("返校通知书", "", "2026年11月20日", page("第三份")),
    ]
    pages = PdfReader(io.BytesIO(complete_file(cover, parts))).pages
    texts = [each.extract_text() for each in pages]

    assert len(pages) == 6
    assert "目录" in texts[1]
    assert [at for at, text in enumerate(texts, 1) if "第一份" in text] == [3, 4]
    listed = "".join(texts[1].split())
    for words in ("家访记录单", "石小劝学〔2026〕1号", "2026年11月20日"):
        assert words in listed
    for at, name in ((3, "第一份"), (5, "第二份"), (6, "第三份")):
        assert name in texts[at - 1]


@pytest.mark.req("R-119")
def test_a_long_list_of_contents_counts_its_own_pages():
    parts = [Part(f"文书{n}", "", "2026年11月20日", page(f"第{n}份")) for n in range(70)]
    reader = PdfReader(io.BytesIO(complete_file(Sheet(Layout.FORM, (Title("案卷"),)), parts)))
    front = len(reader.pages) - 70

    assert front > 2
    assert "第0份" in reader.pages[front].extract_text()
    first = reader.outline[0]
    assert not isinstance(first, list)
    assert reader.get_destination_page_number(first) == front


def test_several_papers_are_bound_in_their_order():
    made = bound([page("甲"), page("乙", 2)])

    assert pages_in(made) == 3
