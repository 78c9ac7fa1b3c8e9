"""Guardians in the village: 吴建国 has two children in two schools, others one; short words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.models.child import RecordSource
from notoneless.children.services.identity import write_record
from notoneless.children.services.merging import Half, merge_children
from notoneless.families.models import Invitation
from notoneless.families.queries.invitations import Visitor, visitor_of
from notoneless.families.services.invitations import Made, link_index, open_visit
from notoneless.flows.families.inviting import Slip, invite_guardian
from notoneless.flows.families.whose import children_of
from notoneless.rules.roles import Role
from notoneless.vault.sealing import blind_index
from tests.attendance.register import open_school
from tests.world import NOW, TODAY, Village

PHONE = "13900000001"
OTHER_PHONE = "13900000002"
HOME = "青禾县石桥乡石桥村三组12号"


def guardian(v: Village, child: str, name: str, phone: str, **more: Any) -> Guardian:
    """A guardian in today's record of a child."""
    whose = v.children[child]
    given = {
        "county_id": v.county_id,
        "child": whose,
        "position": whose.guardians.filter(superseded_at=None).count() + 1,
        "name": name,
        "relation": "51",
        "is_guardian": True,
        "phone": phone,
        "phone_index": blind_index(phone, kind="phone"),
    }
    return Guardian.objects.create(**{**given, **more})


def with_families(v: Village) -> Village:
    """Lan and Peng (another school) are 吴建国's; Gang is 杨秀莲's; Yan's record names nobody."""
    open_school(v)
    guardian(v, "lan", "吴建国", PHONE)
    guardian(v, "peng", "吴建国", PHONE)
    guardian(v, "gang", "杨秀莲", OTHER_PHONE)
    v.employ("zhou", "周思源", Role.HOMEROOM_TEACHER, "primary-2")
    v.employ("hao", "郝文博", Role.STATUS_CLERK, "junior")
    return v


def recorded(v: Village, child: str, **more: Any) -> ChildRecord:
    """A record of the child as a roster would have left it, with its guardians and address."""
    whose = v.children[child]
    values: dict[str, object] = {
        "name": whose.name,
        "sex": whose.sex,
        "birth_on": whose.born_on.isoformat(),
        "home_address": HOME,
        "guardians": [
            {"name": each.name, "phone": each.phone, "is_guardian": True, "relation_note": "亲生"}
            for each in whose.guardians.filter(superseded_at=None)
        ],
    }
    return write_record(
        whose.pk, {**values, **more}, source=RecordSource.ROSTER, stamp=v.stamp("wei")
    )


def invited(v: Village, child: str = "lan", *, by: str = "chen", now: datetime = NOW) -> Made:
    """The first guardian of a child is invited; answers link and code."""
    return slip_of(v, child, by=by, now=now).made


def slip_of(v: Village, child: str, *, by: str = "chen", now: datetime = NOW) -> Slip:
    whose = v.children[child]
    first = whose.guardians.filter(superseded_at=None).order_by("position").first()
    return invite_guardian(v.actor(by), whose.pk, first.pk, today=TODAY, now=now)


def opened(made: Made, *, code: str = "", now: datetime = NOW, today: date = TODAY) -> str | None:
    """Try an invitation; the secret of the visit, or nothing."""
    return open_visit(made.link, code or made.code, address="10.0.0.7", today=today, now=now)


def visiting(v: Village, child: str = "lan", *, by: str = "chen", now: datetime = NOW) -> Visitor:
    """A guardian who has given his code."""
    secret = opened(invited(v, child, by=by, now=now), now=now)
    assert secret is not None
    found = visitor_of(secret, now=now)
    assert found is not None
    return found[0]


def names(visitor: Visitor) -> list[str]:
    """The children on a guardian's page."""
    return [child.name for child in children_of(visitor)]


def invitation(made: Made) -> Invitation:
    return Invitation.objects.get(link_index=link_index(made.link))


def wrong_of(made: Made) -> str:
    """A code that is not the invitation's."""
    return "000000" if made.code != "000 000" else "111111"


def merged(v: Village, absorbed: str, *, into: str = "lan") -> None:
    """Two rows were found to be one child."""
    kept, away = (Child.objects.get(pk=v.children[key].pk) for key in (into, absorbed))
    merge_children(
        Half(kept.pk, kept.version),
        Half(away.pk, away.version),
        reason="同一名儿童",
        actor=v.actor("lu"),
        today=TODAY,
        stamp=v.stamp("lu"),
    )


def looker(secret: Any, *, now: datetime = NOW) -> Any:
    """Who holds the secret, and when he looked last; nothing when his visit is over."""
    return visitor_of(secret, now=now)
