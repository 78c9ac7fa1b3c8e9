"""What officers of the sample county answer when they take a step of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.cases.models import Referral, SupportPlan
from notoneless.flows.cases.referring import Answer, acknowledge, answer, settle
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.flows.demo.casework_people import At, NobodyThere, bureau, department
from notoneless.flows.demo.words import of_cause, some
from notoneless.places.models import Post
from notoneless.rules.cases.kinds import ELSEWHERE, Level, Outcome, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.roles import Role

K, L = StepKind, Level
TAKEN_FROM: Mapping[StepKind, Level] = MappingProxyType(
    {
        K.ASSIGNED: L.SCHOOL,
        K.DETERMINED: L.SCHOOL,
        K.LETTER_ISSUED: L.SCHOOL,
        K.REPORTED: L.SCHOOL,
        K.ACCEPTED: L.TOWNSHIP,
        K.SENT_BACK: L.TOWNSHIP,
        K.VILLAGE_ANSWERED: L.VILLAGE,
        K.NOTICE_ISSUED: L.TOWNSHIP,
        K.CRITICISED: L.TOWNSHIP,
        K.STATEMENT_HEARD: L.TOWNSHIP,
        K.ORDER_ISSUED: L.TOWNSHIP,
        K.PENALTY_ISSUED: L.TOWNSHIP,
        K.CHALLENGED: L.TOWNSHIP,
        K.CHALLENGE_DECIDED: L.TOWNSHIP,
        K.DEMAND_ISSUED: L.TOWNSHIP,
        K.APPLIED_TO_COURT: L.TOWNSHIP,
        K.SUED: L.TOWNSHIP,
        K.COURT_ACTED: L.TOWNSHIP,
        K.ADVICE_RECEIVED: L.TOWNSHIP,
        K.ADVICE_ANSWERED: L.TOWNSHIP,
        K.REFERRED: L.TOWNSHIP,
        K.RETURNED: L.CLASS,
        K.RETURNED_BY_MEASURE: L.TOWNSHIP,
        K.PLACED: L.SCHOOL,
        K.RETURN_REPORTED: L.SCHOOL,
        K.PLAN_REVIEWED: L.CLASS,
        K.RELAPSED: L.CLASS,
        K.WATCH_ENDED: L.CLASS,
        K.CLOSING_ASKED: L.SCHOOL,
        K.CLOSING_REFUSED: L.COUNTY,
        K.CLOSED: L.COUNTY,
        K.SUBCASE_OPENED: L.TOWNSHIP,
        K.SUBCASE_SETTLED: L.COUNTY,
        K.VIOLATION_NOTED: L.TOWNSHIP,
        K.POLICY_MOVED: L.COUNTY,
    }
)
"""From where each step is taken here, where a scene names no other level."""
COURT, PROCURATORATE = "青禾县人民法院", "青禾县人民检察院"
NOTICE_DAYS, DEMAND_DAYS = 7, 20
"""A demand gives ten working days at least; with a holiday between, twenty days are enough."""
BY_DAYS = timedelta(days=1)
Said = dict[str, object]


def step(at: At) -> None:
    """Take the step that a scene names."""
    kind = StepKind(at.scene.verb)
    level = Level(at.given("by", TAKEN_FROM[kind].value))
    case = at.opened()
    row = transition_of(kind, leaves=_outcome(at) in ELSEWHERE)
    actor = at.someone(level, row.needs)
    said = SAYS[kind](at, actor) if kind in SAYS else {}
    answers = at.before("subcase_opened") if kind is K.SUBCASE_SETTLED else None
    taking = Taking(
        id=at.id,
        kind=kind,
        on=at.day,
        hour=at.hour,
        said={name: value for name, value in said.items() if value != ""},
        answers=answers,
    )
    take_step(actor, case.pk, taking, today=at.day, now=at.now)


def acknowledged(at: At) -> None:
    """A department says that it has seen what it was asked."""
    acknowledge(at.someone(L.DEPARTMENT, _ANSWERS), _referral(at), today=at.day)


def answered(at: At) -> None:
    """A department answers what it was asked."""
    given = Answer(id=at.id, said={"words": some(at.random, "step", "answer_of_department")})
    actor = at.someone(L.DEPARTMENT, _ANSWERS)
    answer(actor, _referral(at), given, today=at.day, now=at.now)


def settled(at: At) -> None:
    """A department says what came of a sub-case that was given to it."""
    said = _settlement(at, at.given("kind", "employer"))
    actor = at.someone(L.DEPARTMENT, _ANSWERS)
    subcase = at.before("subcase_opened")
    settle(actor, subcase, Answer(id=at.id, said=said), today=at.day, now=at.now)


_ANSWERS = transition_of(K.REFERRAL_ANSWERED).needs


def _referral(at: At) -> UUID:
    found = Referral.objects.filter(step=at.before("referred")).values_list("pk", flat=True)
    if not found:
        raise NobodyThere("referral")
    return found[0]


# -- what each step says ----------------------------------------------------------------------


def contact_line(at: At, actor: Actor) -> str:
    """Whom at the office to call, in one line."""
    number = at.county.random("phone", actor.name).randrange(10_000)
    return f"{actor.name} 0879-555{number:04d}"


def officers(at: At, actor: Actor) -> str:
    """The officer and a colleague, with the certificates that their posts name."""
    unit = at.unit(Level.TOWNSHIP)
    people = [actor.person_id]
    for role in (Role.TOWNSHIP_OFFICER, Role.TOWNSHIP_HEAD, Role.TOWNSHIP_LEADER):
        people += [each.person_id for each in at.county.holders(role, unit, at.day)] if unit else []
    two = list(dict.fromkeys(people))[:2]
    posts = Post.objects.filter(person__in=two, to_on=None).select_related("person")
    numbers = {post.person_id: _certificate(post) for post in posts}
    names = {post.person_id: post.person.name for post in posts if post.person}
    return "\n".join(f"{names[one]}，{numbers[one]}" for one in two if one in names)


def _certificate(post: Post) -> str:
    """云Q00012 of 行政执法证 云Q00012."""
    return post.title.split()[-1] if post.title else f"云Q{post.pk.int % 100_000:05d}"


def _words(*path: str) -> Callable[[At, Actor], Said]:
    return lambda at, actor: {"words": some(at.random, "step", *path)}


def _deadline(at: At, days: int = NOTICE_DAYS) -> str:
    return (at.day + int(at.given("days", str(days))) * BY_DAYS).isoformat()


def _since(at: At) -> str:
    away: date = at.opened().away_since
    return f"{away.month}月{away.day}日"


def _determined(at: At, actor: Actor) -> Said:
    return {
        "result": at.given("result", "dropped_out"),
        "criteria": some(at.random, "step", "criteria", since=_since(at)),
        "destination": some(at.random, "step", "destination"),
    }


def _letter(at: At, actor: Actor) -> Said:
    return {"deadline": _deadline(at), "contact": contact_line(at, actor)}


def _reported(at: At, actor: Actor) -> Said:
    return {
        "reason": of_cause(at.random, at.course.cause, "reason"),
        "destination": some(at.random, "step", "destination"),
        "asked_for": some(at.random, "step", "asked_for"),
        "receiver": "township",
    }


def _village(at: At, actor: Actor) -> Said:
    return {
        "result": at.given("result", "confirmed"),
        "destination": some(at.random, "step", "village", name="孩子"),
        "action": some(at.random, "step", "village_action"),
    }


def _heard(at: At, actor: Actor) -> Said:
    way = at.given("way", "heard")
    spoke = way == "heard"
    return {
        "way": way,
        "invited_on": (at.day - 3 * BY_DAYS).isoformat(),
        "statement": some(at.random, "step", "statement") if spoke else "",
        "answer": some(at.random, "step", "answer") if spoke else "",
        "officers": officers(at, actor),
    }


def _ordered(at: At, actor: Actor) -> Said:
    fact = some(at.random, "step", "order_fact")
    return {
        "facts": f"{at.name}自{_since(at)}起没有到校\n{fact}",
        "deadline": _deadline(at),
        "officers": officers(at, actor),
        "contact": contact_line(at, actor),
    }


def _penalised(at: At, actor: Actor) -> Said:
    measure = {"article": "第四十条", "measure": "警告"}
    return _ordered(at, actor) | measure


def _challenged(at: At, actor: Actor) -> Said:
    way = at.given("way", "review")
    return {"way": way, "body": "青禾县人民政府" if way == "review" else COURT}


def _decided(at: At, actor: Actor) -> Said:
    return {"result": at.given("result", "upheld")}


def _demanded(at: At, actor: Actor) -> Said:
    return {
        "deadline": _deadline(at, DEMAND_DAYS),
        "officers": officers(at, actor),
        "contact": contact_line(at, actor),
    }


def _applied(at: At, actor: Actor) -> Said:
    return {"court": COURT}


def _sued(at: At, actor: Actor) -> Said:
    return {"court": COURT, "claims": some(at.random, "step", "claims")}


def _court(at: At, actor: Actor) -> Said:
    number = at.county.random("court", at.course.key).randrange(100, 999)
    return {
        "act": at.scene.what or "accepted",
        "court_number": f"（{at.day.year}）青9901民初{number}号",
        "words": some(at.random, "step", "court"),
    }


def _advised(at: At, actor: Actor) -> Said:
    number = at.county.random("advice", at.course.key).randrange(2, 40)
    return {
        "kind": at.scene.what or "minors",
        "from": PROCURATORATE,
        "number": f"青检建〔{at.day.year}〕{number}号",
        "words": some(at.random, "step", "advice"),
    }


def _advice_answered(at: At, actor: Actor) -> Said:
    return {
        "measures": some(at.random, "step", "measures_of_office"),
        "results": some(at.random, "step", "results_of_office"),
    }


def _referred(at: At, actor: Actor) -> Said:
    kind = ReferralKind(at.given("kind"))
    return {
        "kind": kind.value,
        "to": str(department(at.county, at.given("to"))),
        "asked_for": some(at.random, "step", "referral"),
        "whereabouts": some(at.random, "step", "whereabouts"),
        "employer": some(at.random, "step", "shop") if kind is ReferralKind.CHILD_LABOUR else "",
        "contact": contact_line(at, actor),
    }


def _by_measure(at: At, actor: Actor) -> Said:
    measure = at.scene.what or "notice"
    is_court = measure in ("mediation", "judgment", "enforcement")
    number = at.county.random("court", at.course.key).randrange(100, 999)
    return {
        "measure": measure,
        "authority": COURT if is_court else actor.holdings[0].unit_name,
        "number": f"（{at.day.year}）青9901民初{number}号" if is_court else "",
    }


def _placed(at: At, actor: Actor) -> Said:
    helper = at.school_class.homeroom
    return {
        "placement": at.scene.what or "own_class",
        "goals": some(at.random, "step", "goals"),
        "measures": some(at.random, "step", "measures"),
        "helper": str(helper) if helper else "",
    }


def _reviewed(at: At, actor: Actor) -> Said:
    plan = SupportPlan.objects.filter(case=at.opened(), superseded_at=None).first()
    if plan is None or not plan.review_on:
        raise NobodyThere("plan")
    return {
        "planned_on": plan.review_on[int(at.scene.what or "1") - 1],
        "found": some(at.random, "step", "review"),
    }


def _watched(at: At, actor: Actor) -> Said:
    return {"judgement": some(at.random, "step", "judgement")}


def _outcome(at: At) -> str:
    return at.scene.what or at.course.outcome or Outcome.RETURNED.value


def _asked(at: At, actor: Actor) -> Said:
    outcome = _outcome(at)
    return {"outcome": outcome, "evidence": some(at.random, "outcome", outcome)}


def _closed(at: At, actor: Actor) -> Said:
    return {"outcome": _outcome(at), "words": some(at.random, "step", "closing")}


def _subcase(at: At, actor: Actor) -> Said:
    kind = at.given("kind", "employer")
    to = at.given("to")
    shop = some(at.random, "step", "shop")
    return {
        "kind": kind,
        "to": str(department(at.county, to) if to else bureau(at.county)),
        "about": some(at.random, "step", f"about_{kind}", shop=shop),
    }


def _subcase_settled(at: At, actor: Actor) -> Said:
    return _settlement(at, at.given("kind", "teacher"))


def _settlement(at: At, kind: str) -> Said:
    result = at.scene.what or "founded"
    return {"result": result, "finding": some(at.random, "step", f"finding_{kind}")}


def _assigned(at: At, actor: Actor) -> Said:
    return {"person": str(at.school_class.homeroom or actor.person_id)}


def _violated(at: At, actor: Actor) -> Said:
    return {
        "kind": at.scene.what or "not_sending",
        "response": at.given("response", "dissuaded"),
        "words": some(at.random, "step", "violation"),
    }


SAYS: Mapping[StepKind, Callable[[At, Actor], Said]] = MappingProxyType(
    {
        K.ASSIGNED: _assigned,
        K.DETERMINED: _determined,
        K.LETTER_ISSUED: _letter,
        K.REPORTED: _reported,
        K.ACCEPTED: _words("accepted"),
        K.SENT_BACK: _words("sent_back"),
        K.VILLAGE_ANSWERED: _village,
        K.NOTICE_ISSUED: _letter,
        K.CRITICISED: _words("criticised"),
        K.STATEMENT_HEARD: _heard,
        K.ORDER_ISSUED: _ordered,
        K.PENALTY_ISSUED: _penalised,
        K.CHALLENGED: _challenged,
        K.CHALLENGE_DECIDED: _decided,
        K.DEMAND_ISSUED: _demanded,
        K.APPLIED_TO_COURT: _applied,
        K.SUED: _sued,
        K.COURT_ACTED: _court,
        K.ADVICE_RECEIVED: _advised,
        K.ADVICE_ANSWERED: _advice_answered,
        K.REFERRED: _referred,
        K.RETURNED_BY_MEASURE: _by_measure,
        K.PLACED: _placed,
        K.PLAN_REVIEWED: _reviewed,
        K.WATCH_ENDED: _watched,
        K.CLOSING_ASKED: _asked,
        K.CLOSING_REFUSED: _words("closing_refused"),
        K.CLOSED: _closed,
        K.SUBCASE_OPENED: _subcase,
        K.SUBCASE_SETTLED: _subcase_settled,
        K.VIOLATION_NOTED: _violated,
        K.POLICY_MOVED: _words("policy_moved"),
    }
)
"""How the questions of ``rules/cases/said.py`` are answered."""
