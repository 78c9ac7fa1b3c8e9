"""What the papers of a case are filled from, read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from notoneless.attendance.models import AbsenceRun
from notoneless.children.queries.branches import about
from notoneless.contacts.models import Contact, ContactChild, ContactPerson
from notoneless.documents.models import Document, Service
from notoneless.flows.cases.addressees import unit_of
from notoneless.flows.cases.doors import Acting
from notoneless.flows.cases.papers.people import guardian_of, office_of, pupil_of
from notoneless.flows.cases.papers.words import (
    CONTACTS,
    RESULTS,
    SERVICES,
    cause_words,
    office_words,
)
from notoneless.flows.cases.persons import PersonKnown, person_known
from notoneless.flows.cases.reading import KnownCase
from notoneless.places.models import Person, Post, Unit
from notoneless.places.queries.telephones import telephone_of
from notoneless.places.queries.units import standing
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.contacts.kinds import Kind, Result, fold
from notoneless.rules.documents.kinds import DocumentKind, DocumentState, ServiceMethod
from notoneless.rules.documents.payloads.parts import Guardian, Office, Payload, Pupil, ServedPaper
from notoneless.rules.documents.payloads.parts import Visit as ToldVisit
from notoneless.rules.documents.payloads.wire import from_wire
from notoneless.rules.documents.reach import FILE_OF_CASE
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

HEADS = (Role.TOWNSHIP_HEAD, Role.BUREAU_HEAD, Role.PRINCIPAL, Role.CENTRE_HEAD, Role.COUNTY_LEADER)
"""Who answers for an office, by the kind of office."""
DEPUTIES = (Role.TOWNSHIP_LEADER, Role.BUREAU_LEADER, Role.VICE_PRINCIPAL)
ISSUER = "return_notice_issuer"


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact with the family since the child is away, as papers may tell it."""

    id: UUID
    kind: Kind
    on: date
    by: str
    """Names, joined."""
    result: Result
    cause: str
    """Folded."""

    @property
    def told(self) -> ToldVisit:
        return ToldVisit(
            on=self.on, by=self.by, kind=CONTACTS[self.kind], result=RESULTS[self.result]
        )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A standing paper of the same file."""

    id: UUID
    kind: DocumentKind
    name: str
    number_text: str
    issued_on: date
    served_on: date | None
    method: str
    payload: Payload

    @property
    def told(self) -> ServedPaper:
        return ServedPaper(
            name=self.name,
            number_text=self.number_text,
            dated_on=self.issued_on,
            served_on=self.served_on,
            method=self.method,
        )


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about one case that a paper of one step can say."""

    known: KnownCase
    fact: StepFact
    acting: Acting
    person: PersonKnown
    office_id: UUID
    office: Office
    units: Mapping[UUID, str]
    """Names in full of the units that have to do with the case."""
    county: str
    """The county's name as it is registered."""
    talks: tuple[Talk, ...]
    """Oldest first."""
    papers: tuple[Earlier, ...]
    """Oldest first."""
    people: Mapping[UUID, str]
    heads: Mapping[UUID, tuple[str, str]]
    """Name and post of who answers for a unit."""
    absent_days: int
    away_since: date
    """The first day of the absence that lasts: after a relapse of the newer one."""

    @property
    def on(self) -> date:
        return self.fact.on

    @property
    def pupil(self) -> Pupil:
        village = self.known.fact.around.village_id
        return pupil_of(
            self.person, self.on, village=self.units.get(village, "") if village else ""
        )

    @property
    def guardian(self) -> Guardian:
        """To whom papers are addressed; without a name where nobody is known."""
        return guardian_of(self.person)

    @property
    def by(self) -> str:
        """Whoever takes the step, by name."""
        return self.people.get(self.fact.by, "") if self.fact.by else ""

    @property
    def cause(self) -> str:
        """The last cause that somebody heard, in words that leave the school."""
        told = next((talk.cause for talk in reversed(self.talks) if talk.cause), "")
        return cause_words(told or self.known.row.main_cause)

    @property
    def attempts(self) -> tuple[ToldVisit, ...]:
        return tuple(talk.told for talk in self.talks if talk.kind is not Kind.MEETING)

    def last(self, *kinds: DocumentKind) -> Earlier | None:
        """The newest standing paper of any of these kinds."""
        return next((paper for paper in reversed(self.papers) if paper.kind in kinds), None)

    def paper(self, paper_id: UUID | None) -> Earlier | None:
        return next((paper for paper in self.papers if paper.id == paper_id), None)

    def head_of(self, unit_id: UUID) -> str:
        return self.heads.get(unit_id, ("", ""))[0]

    def text(self, name: str) -> str:
        return self.fact.text(name)


def material_of(known: KnownCase, fact: StepFact, acting: Acting) -> Material:
    """Read what a paper of this step needs; some fifteen statements, whatever the case holds."""
    around = known.fact.around
    office_id = office_for(known, fact, acting)
    unit_ids = {
        office_id,
        acting.holding.unit_id,
        around.of.school_id,
        around.of.bureau_id,
        known.row.county_id,
        *filter(None, (around.of.centre_id, around.township_id, around.village_id)),
        *filter(None, (around.community_id, _uuid(fact.text("to")))),
        *named_units(known, fact),
    }
    run = _open_run(known)
    units = {row.pk: row for row in Unit.objects.filter(pk__in=unit_ids)}
    names = {pk: office_words(row.name, UnitKind(row.kind)) for pk, row in units.items()}
    return Material(
        known=known,
        fact=fact,
        acting=acting,
        person=person_known(known.fact.child_id),
        office_id=office_id,
        office=office_of(names[office_id], fact.text("contact"), kept_office(office_id)),
        units=names,
        county=units[known.row.county_id].name,
        talks=talks_of(known, until=fact.on),
        papers=papers_of(known.row.pk),
        people=_people(known, fact),
        heads=heads_of({office_id, around.of.school_id}, on=fact.on),
        absent_days=run.proved_days if run else 0,
        away_since=_away_since(known, run),
    )


def office_for(known: KnownCase, fact: StepFact, acting: Acting) -> UUID:
    """The unit in whose name a step's paper is written: the school for its classes; for the
    return notice, below the county, the unit that the plan names."""
    around = known.fact.around
    if acting.level in (Level.CLASS, Level.SCHOOL):
        return around.of.school_id
    if fact.kind is StepKind.NOTICE_ISSUED and acting.level is Level.TOWNSHIP:
        code = known.policy.choice(ISSUER) if known.policy.is_on(ISSUER) else "township"
        return unit_of(code, around) or acting.holding.unit_id
    return acting.holding.unit_id


def named_units(known: KnownCase, fact: StepFact) -> set[UUID]:
    """Units that the step or the reports before it went to."""
    steps = [fact, *known.fact.standing.all(StepKind.REPORTED)]
    lists = [step.said.get("to", ()) for step in steps]
    return {UUID(str(u)) for units in lists if isinstance(units, (list, tuple)) for u in units}


def kept_office(office_id: UUID) -> Mapping[str, object]:
    """Whom an office says to call; where nobody has said, whom its last paper told to.

    One statement, or two. Source: R-017, R-299.
    """
    kept = telephone_of(office_id)
    return asdict(kept.told) if kept else _told_last(office_id)


def _told_last(office_id: UUID) -> Mapping[str, object]:
    rows = Document.objects.filter(office=office_id, is_brought_in=False)
    rows = rows.exclude(kind=DocumentKind.MANDATORY_REPORT)
    row = rows.only("payload").order_by("-recorded_at", "-pk").first()
    office = row.payload.get("office") if row else None
    return office if isinstance(office, Mapping) else {}


def talks_of(known: KnownCase, *, until: date) -> tuple[Talk, ...]:
    """The contacts that count since the child is away, oldest first; two statements."""
    whom = about([known.fact.child_id])
    made = ContactChild.objects.filter(child__in=whom, county=known.row.county_id)
    rows = list(
        Contact.objects.filter(
            pk__in=made.values("contact"),
            superseded_at=None,
            closed_at__isnull=False,
            happened_on__gte=known.fact.away_since,
            happened_on__lte=until,
        )
        .select_related("by")
        .only("kind", "result", "happened_on", "main_cause", "by__name")
        .order_by("happened_on", "hour", "noted_at", "pk")
    )
    others: dict[UUID, list[str]] = {}
    went = ContactPerson.objects.filter(contact__in=[row.pk for row in rows])
    for contact, name in went.order_by("person__pinyin").values_list("contact", "person__name"):
        others.setdefault(contact, []).append(name)
    return tuple(
        Talk(
            row.pk,
            Kind(row.kind),
            row.happened_on,
            "、".join(filter(None, [row.by.name if row.by else "", *others.get(row.pk, [])])),
            Result(row.result),
            fold(row.main_cause),
        )
        for row in rows
    )


def papers_of(case_id: UUID) -> tuple[Earlier, ...]:
    """The standing papers of a case with how each was served, oldest first; two statements."""
    rows = list(
        Document.objects.filter(
            file_kind=FILE_OF_CASE, file_id=case_id, state=DocumentState.ISSUED
        ).order_by("issued_on", "recorded_at", "pk")
    )
    served = Service.objects.filter(
        document__in=[row.pk for row in rows], is_served=True, ended_at=None
    )
    how = dict(served.values_list("document", "method"))
    return tuple(
        Earlier(
            row.pk,
            DocumentKind(row.kind),
            row.form_name,
            row.number_text,
            row.issued_on,
            row.served_on,
            SERVICES.get(ServiceMethod(how[row.pk]), "") if row.pk in how else "",
            from_wire(DocumentKind(row.kind), row.payload),
        )
        for row in rows
    )


def heads_of(unit_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[str, str]]:
    """Who answers for each unit, or else a deputy: name and post; one statement."""
    rank = {role.value: place for place, role in enumerate((*HEADS, *DEPUTIES))}
    posts = Post.objects.filter(
        standing(on), unit__in=unit_ids, role__in=list(rank), person__isnull=False
    ).select_related("person")
    found: dict[UUID, tuple[str, str]] = {}
    for post in sorted(posts, key=lambda p: (rank[p.role], p.from_on, str(p.pk)), reverse=True):
        if post.person is not None:
            found[post.unit_id] = (post.person.name, post.title or _POSTS.get(Role(post.role), ""))
    return found


_POSTS: Mapping[Role, str] = {
    Role.TOWNSHIP_HEAD: "负责人",
    Role.TOWNSHIP_LEADER: "分管负责人",
    Role.BUREAU_HEAD: "局长",
    Role.BUREAU_LEADER: "分管负责人",
    Role.PRINCIPAL: "校长",
    Role.VICE_PRINCIPAL: "副校长",
    Role.CENTRE_HEAD: "中心学校负责人",
    Role.COUNTY_LEADER: "负责人",
}


def _people(known: KnownCase, fact: StepFact) -> dict[UUID, str]:
    asked = known.fact.standing.last(StepKind.CLOSING_ASKED)
    wanted: Iterable[UUID | None] = (
        fact.by,
        known.row.persuader_id,
        asked.by if asked else None,
        _uuid(fact.text("helper")),
    )
    rows = Person.objects.filter(pk__in=[each for each in wanted if each is not None])
    return dict(rows.values_list("pk", "name"))


def _open_run(known: KnownCase) -> AbsenceRun | None:
    """The absence that still lasts; none once the child was seen."""
    whom = about([known.fact.child_id])
    return AbsenceRun.objects.filter(child__in=whom, is_open=True).first()


def _away_since(known: KnownCase, run: AbsenceRun | None) -> date:
    relapse = known.fact.standing.last(StepKind.RELAPSED)
    if relapse is None:
        return known.fact.away_since
    return (run.proved_since if run else None) or relapse.on


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
