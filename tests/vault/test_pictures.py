"""Pictures are taken in within bounds, and nothing of the camera's survives but the moment."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image

from notoneless.vault.pictures import (
    LONGEST_SIDE,
    MOST_BYTES,
    EmptySignature,
    NotAPicture,
    PictureTooLarge,
    distance,
    take_photo,
    take_signature,
)
from tests.contacts.desk import photo, signature

HERE = timezone(timedelta(hours=8))


def taken(data: bytes):
    return take_photo(data, zone=HERE)


@pytest.mark.req("R-087")
def test_a_photo_is_shrunk_and_loses_everything_but_its_moment():
    kept = taken(photo(taken="2026:11:20 16:30:00", place=True))

    image = Image.open(io.BytesIO(kept.data))
    assert max(image.size) == LONGEST_SIDE
    assert image.format == "JPEG"
    assert dict(image.getexif()) == {}
    assert b"Exif" not in kept.data
    assert kept.taken_at == datetime(2026, 11, 20, 8, 30, tzinfo=timezone.utc)
    assert kept.had_place


def test_a_photo_without_notes_has_none():
    kept = taken(photo())

    assert (kept.taken_at, kept.had_place) == (None, False)


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "yesterday", "\0"])
def test_a_camera_that_does_not_know_the_time_is_no_mistake(moment: str):
    assert taken(photo(taken=moment)).taken_at is None


def test_a_small_photo_is_not_blown_up():
    assert Image.open(io.BytesIO(taken(photo(width=640, height=480)).data)).size == (640, 480)


def test_a_turned_photo_stands_upright():
    image = Image.open(io.BytesIO(photo(width=800, height=600)))
    exif = image.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    assert Image.open(io.BytesIO(taken(out.getvalue()).data)).size == (600, 800)


@pytest.mark.req("R-087")
def test_the_same_picture_is_known_again_also_when_it_was_saved_anew():
    first, other = taken(photo()), taken(photo(seed=3))
    resaved = io.BytesIO()
    Image.open(io.BytesIO(photo())).resize((900, 675)).save(resaved, "JPEG", quality=40)
    second = taken(resaved.getvalue())

    assert first.sha256 == taken(photo()).sha256 != second.sha256
    assert distance(first.likeness, second.likeness) <= 4
    assert distance(first.likeness, other.likeness) > 4


@pytest.mark.parametrize("junk", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 cut", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(junk: bytes):
    with pytest.raises(NotAPicture):
        taken(junk)


def test_a_cut_photo_is_refused():
    with pytest.raises(NotAPicture):
        taken(photo()[:2000])


@pytest.mark.parametrize("side", [7_800, 30_000])
def test_a_picture_that_would_unpack_to_something_huge_is_refused_before_it_does(side: int):
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    with pytest.raises(PictureTooLarge):
        taken(bomb)


def test_a_file_above_the_limit_is_not_even_opened():
    with pytest.raises(PictureTooLarge):
        taken(b"\xff" * (MOST_BYTES + 1))


def test_a_signature_is_kept_on_white_paper():
    kept = take_signature(signature())

    image = Image.open(io.BytesIO(kept.data))
    assert (image.format, image.mode) == ("PNG", "L")
    assert image.getpixel((0, 0)) == 255


@pytest.mark.parametrize(
    "drawn", ["", "data:image/svg+xml;base64,AAAA", "data:image/png;base64,??", "hello"]
)
def test_what_was_not_drawn_here_is_no_signature(drawn: str):
    with pytest.raises(NotAPicture):
        take_signature(drawn)


def test_an_empty_canvas_is_no_signature():
    with pytest.raises(EmptySignature):
        take_signature(signature(is_blank=True))
