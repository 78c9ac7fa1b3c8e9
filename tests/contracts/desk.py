"""Contracts in the village: short words for drawing up and signing."""

from __future__ import annotations

import base64
import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from notoneless.access.services import approve_access
from notoneless.contracts.models import Contract, Party
from notoneless.flows.contracts.drawing import Drawn, Order, draw_contracts
from notoneless.flows.contracts.signing import Paper, Pen, sign_own
from notoneless.places.services.people import (
    Appointment,
    appoint,
    end_post,
    register_person,
)
from notoneless.places.services.units import NewUnit
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.terms import USUAL, Terms
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.families.desk import with_families
from tests.policy.desk import take
from tests.world import NOW, TODAY, Village

CLASSES = ContractKind.SCHOOL_CLASS_TEACHER
FAMILIES = ContractKind.GUARDIAN
YEAR = 2026
S1_7, S1_8, S1_15, S1_19, S1_27, S1_33 = (f"S1-{n}/2026" for n in (7, 8, 15, 19, 27, 33))


def with_contracts(v: Village, *packs: str, at: str = "primary") -> Village:
    """The village with guardians; the primary school has adopted packs since today."""
    with_families(v)
    v.employ("ma", "马占山", Role.TOWNSHIP_HEAD, "shiqiao")
    v.employ("bao", "包长青", Role.VILLAGE_HEAD, "village")
    for pack in packs:
        take(v, at, pack, from_on=TODAY)
    return v


def with_group(v: Village) -> Village:
    """石桥村 with a village group that has a head."""
    v.found("group", NewUnit(UnitKind.GROUP, "三组"), g="village")
    v.employ("luo", "罗有田", Role.GROUP_HEAD, "group", approved=False)
    return v


def draw(
    v: Village, kind: ContractKind = CLASSES, at: str = "primary", *, by: str = "qin", **more: Any
) -> Drawn:
    terms: Terms = more.pop("terms", USUAL)
    today: date = more.pop("today", TODAY)
    now: datetime = more.pop("now", NOW)
    order = Order(kind, v.units[at].pk, terms)
    return draw_contracts(v.actor(by, today=today), order, today=today, now=now)


def contract(kind: ContractKind = CLASSES, **narrowed: Any) -> Contract:
    """The one contract of a kind (that is narrowed to)."""
    return Contract.objects.exclude(stage="withdrawn").get(kind=kind, **narrowed)


def of_class(v: Village, at: str = "primary-1") -> Contract:
    return contract(CLASSES, unit_b=v.units[at])


def of_child(v: Village, child: str = "lan") -> Contract:
    return contract(FAMILIES, child=v.children[child])


def sign(v: Village, by: str, row: Contract, *, typed: str = "", today: date = TODAY) -> None:
    """Type the name and agree."""
    pen = Pen(agreed=True, typed=typed or v.people[by].name)
    sign_own(v.actor(by, today=today), row.pk, pen, today=today, now=NOW)


def signed_by_both(
    v: Village, at: str = "primary-1", *, a: str = "qin", b: str = "chen"
) -> Contract:
    row = of_class(v, at)
    sign(v, a, row)
    sign(v, b, row)
    row.refresh_from_db()
    return row


def holder(row: Contract, side: str, position: int = 1) -> Party:
    return Party.objects.get(contract=row, side=side, position=position, superseded_at=None)


def stage(pk: UUID) -> str:
    return str(Contract.objects.values_list("stage", flat=True).get(pk=pk))


def ink() -> str:
    """A stroke as a phone draws it."""
    image = Image.new("RGBA", (640, 220), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(40, 180), (300, 40), (600, 160)], fill="black", width=6)
    return "data:image/png;base64," + base64.b64encode(_png(image)).decode()


def scan(signed_on: date = TODAY) -> Paper:
    """A photo of the signed paper."""
    return Paper(_png(Image.new("RGB", (600, 800), "white")), signed_on)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def new_teacher(
    v: Village, key: str = "song", name: str = "宋一鸣", *, after: str = "chen", on: date = TODAY
) -> None:
    """``after`` gives the class up on ``on``; another has it from then, access approved."""
    old = v.people[after].posts.get()
    end_post(old.pk, on=on, stamp=v.stamp())
    person = register_person(name=name, stamp=v.stamp())
    v.people[key] = person
    post = appoint(Appointment(Role(old.role), old.unit_id, person.pk), from_on=on, stamp=v.stamp())
    approve_access(
        post.pk,
        purpose="日常工作",
        from_on=on,
        to_on=on + timedelta(days=200),
        stamp=v.stamp("fang"),
    )
