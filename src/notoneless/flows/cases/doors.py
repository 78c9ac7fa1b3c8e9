"""Who may see a case, and as whom somebody acts in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.cases.models import Case
from notoneless.children.models import Child
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.rules.cases.kinds import LEVEL_OF, Level
from notoneless.rules.cases.ladder import Transition
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Acting:
    """In which post somebody acts here."""

    holding: Holding
    level: Level


def case_seen(
    actor: Actor, case_id: UUID, *, today: date, to: Capability = Capability.SEE_CASES
) -> Case:
    """A case of a child that the actor may see in this way; two statements.

    Raises ``Case.DoesNotExist`` for any other, which is not to be told apart from none.
    """
    row = Case.objects.select_related("child").get(pk=case_id, county=actor.county_id)
    children = Child.objects.seen_by(actor, on=today, to=to)
    if not children.filter(pk=row.child_id).exists():
        raise Case.DoesNotExist
    return row


def case_known(actor: Actor, case_id: UUID, *, today: date) -> KnownCase:
    """The same with all that its rules look at. Raises ``Case.DoesNotExist``."""
    row = case_seen(actor, case_id, today=today)
    (known,) = known_cases([row], county_id=actor.county_id, today=today)
    return known


def acting_in(actor: Actor, known: KnownCase, row: Transition) -> Acting:
    """The post in which the actor takes a step: the nearest one whose level the ladder names.

    Raises ``NotAllowed`` where he may take no such step here.
    """
    posts = list(_posts(actor, known, row.needs))
    fitting = [post for post in posts if post.level in row.actors] or posts
    if not fitting:
        raise NotAllowed(capability=row.needs.value)
    return max(fitting, key=lambda post: len(post.holding.path))


def _posts(actor: Actor, known: KnownCase, needs: Capability) -> Iterable[Acting]:
    for held in actor.holdings:
        level = LEVEL_OF.get(held.unit_kind)
        if level is None or needs not in held.capabilities:
            continue
        if any(is_below(path, held.path) for path in known.paths):
            yield Acting(held, level)
