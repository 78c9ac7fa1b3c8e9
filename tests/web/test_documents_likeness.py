"""Pictures that prove a service say where else they were used, to those who may open that."""

from __future__ import annotations

import base64
import io
import re

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw
from uuid_utils.compat import uuid7

from notoneless.contacts.models import Contact
from notoneless.flows.contacts.pictures import Sent
from notoneless.flows.documents.serving import SentPictures, serve_paper, take_back_service
from tests.attendance.register import FRI, at
from tests.contacts.desk import log, photo
from tests.documents.desk import handed, paper
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-111", "R-300")]


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def recoded(data: bytes) -> bytes:
    """The same picture, smaller and saved anew by another program."""
    image = Image.open(io.BytesIO(data)).convert("RGB").resize((900, 675))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def signed(wave: int) -> str:
    """A name drawn anew: no two come out the same."""
    image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    line = [(40, 120), (120, 40 + wave), (200, 150), (330, 60)]
    ImageDraw.Draw(image).line(line, "black", 8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def served(v: Village, picture: bytes, *, about: str = "lan", by: str = "xiang"):
    """A notice about a child was handed over, with a photo."""
    row = paper(v, about=about)
    sent = SentPictures(photos=(picture,), signature=signed(row.number or 0))
    actor = v.actor(by, today=FRI)
    serve_paper(actor, row.pk, handed(id=uuid7()), sent, today=FRI, now=at(FRI, 15))
    return row


def shown(browse, row, name: str = "xiang") -> str:
    return text(browse(name, FRI).get(reverse("paper", args=[row.pk])))


@pytest.mark.parametrize(
    ("change", "words"), [(lambda data: data, "同一张照片还用在"), (recoded, "相近的照片还用在")]
)
def test_a_photo_of_another_service_is_pointed_out_the_same_or_recoded(
    village, browse, change, words
):
    house = photo()
    first, second = served(village, house), served(village, change(house), about="gang")

    assert words in shown(browse, second)
    assert reverse("paper", args=[first.pk]) in shown(browse, second)
    assert words in shown(browse, first), "from either side"


def test_another_house_is_not_pointed_out(village, browse):
    served(village, photo())
    other = served(village, photo(seed=3), about="gang")

    page = shown(browse, other)
    assert "照片还用在" not in page
    assert "现场照片" in page


def test_two_signatures_are_not_called_alike(village, browse):
    served(village, photo())
    other = served(village, photo(seed=3), about="yan")

    assert "请核对" not in shown(browse, other)


def test_a_photo_of_a_visit_is_pointed_out_to_who_is_shown_the_visit(village, browse):
    house = photo()
    log(village, kind="visit", result="refused", sent=Sent(photos=(house,)))
    visit = Contact.objects.get()
    row = served(village, recoded(house))

    assert reverse("contact", args=[visit.pk]) in shown(browse, row, "chen")
    assert "的联系" in shown(browse, row, "chen")


def test_who_may_not_open_the_other_paper_is_told_nothing_of_it(village, browse):
    house = photo()
    served(village, house, about="yan")
    row = served(village, house)

    assert "照片还用在" in shown(browse, row, "qin")
    assert "照片还用在" not in shown(browse, row, "chen"), "Yan is in another class"


def test_a_service_that_was_taken_back_is_no_other_use(village, browse):
    house = photo()
    first, second = served(village, house), served(village, house, about="gang")
    service = first.services.get()
    actor = village.actor("xiang", today=FRI)
    take_back_service(actor, service.pk, reason="登错了", today=FRI, now=at(FRI, 16))

    assert "照片还用在" not in shown(browse, second)
