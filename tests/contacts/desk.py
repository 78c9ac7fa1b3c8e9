"""Short words for contacts in the village."""

from __future__ import annotations

import base64
import io
from datetime import date
from typing import Any

from PIL import Image, ImageDraw
from uuid_utils.compat import uuid7

from notoneless.flows.contacts.logging import Logged, log_contact
from notoneless.flows.contacts.pictures import Sent
from notoneless.rules.contacts.forms import Companion, NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Result
from tests.attendance.register import FRI, at
from tests.world import Village

GUARDIAN = frozenset({Met.GUARDIAN})
GPS_IFD, EXIF_IFD, TAKEN_AT = 0x8825, 0x8769, 0x9003


def form(v: Village, *children: str, **more: Any) -> NewContact:
    """A call about Lan on Friday that got through, unless said otherwise."""
    names = children or ("lan",)
    given: dict[str, Any] = {
        "id": uuid7(),
        "kind": Kind.CALL,
        "result": Result.REACHED,
        "child_ids": tuple(v.children[name].pk for name in names),
        "happened_on": FRI,
    }
    given |= more
    given["kind"], given["result"] = Kind(given["kind"]), Result(given["result"])
    if given["kind"] is Kind.VISIT and "met" not in given:
        given["met"] = GUARDIAN
    with_ = given.pop("together", ())
    given["companions"] = tuple(Companion(v.people[name].pk, role) for name, role in with_)
    return NewContact(**given)


def log(
    v: Village,
    *children: str,
    by: str = "chen",
    today: date = FRI,
    sent: Sent | None = None,
    later: bool = False,
    **more: Any,
) -> Logged:
    """Log a contact on ``today`` at ten."""
    return send(v, form(v, *children, **more), by=by, today=today, sent=sent, later=later)


def send(v: Village, new: NewContact, *, by="chen", today=FRI, sent=None, later=False) -> Logged:
    return log_contact(
        v.actor(by, today=today), new, sent or Sent(), later=later, today=today, now=at(today, 10)
    )


def photo(
    *, width: int = 2400, height: int = 1800, taken: str = "", place: bool = False, seed: int = 1
) -> bytes:
    """A photo of a house as a phone writes it; ``seed`` makes another house."""
    image = Image.new("RGB", (width, height), (150, 180, 220))
    draw = ImageDraw.Draw(image)
    for n in range(6):
        left = width * ((n * 37 * seed + 11 * n * n * seed) % 83) // 100
        top = height * ((n * 53 * seed + 7 * n) % 71) // 100
        grey = (n * 45 * seed) % 255
        draw.rectangle((left, top, left + width // 4, top + height // 4), (grey, 90, 255 - grey))
    exif = image.getexif()
    if taken:
        exif.get_ifd(EXIF_IFD)[TAKEN_AT] = taken
    if place:
        exif.get_ifd(GPS_IFD)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def signature(*, is_blank: bool = False) -> str:
    """A name drawn with a finger, as the page sends it."""
    image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    if not is_blank:
        ImageDraw.Draw(image).line([(40, 120), (120, 40), (200, 150), (330, 60)], "black", 8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
