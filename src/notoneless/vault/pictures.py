"""Takes a picture in: decoded within bounds, stripped, shrunk, encoded anew, and hashed.

Nothing the camera wrote survives but the moment; whether it had noted a place is told as yes or
no. A picture that cannot be decoded, or would unpack to something huge, is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo

from PIL import Image, ImageOps

from notoneless.rules.refusal import Refusal

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""A phone's largest photo has some 50 million."""
LONGEST_SIDE = 1600
SIGNATURE_SIDE = 800
ENOUGH_BYTES = 400_000
QUALITIES = (82, 70, 55)
FORMATS = ("JPEG", "PNG", "WEBP")
PNG_HEAD = "data:image/png;base64,"
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
TAKEN_AT, CHANGED_AT = 0x9003, 0x0132
HASH_WIDTH, HASH_HEIGHT = 9, 8
BLANK_PIXELS = 40
"""A signature with less ink than this is a stray touch."""


class NotAPicture(Refusal):
    """No JPEG, PNG or WebP, or a damaged one."""

    code = "PICTURE-01"


class PictureTooLarge(Refusal):
    code = "PICTURE-02"


class EmptySignature(Refusal):
    code = "PICTURE-03"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be kept."""

    data: bytes
    kind: str
    sha256: str
    """Of the bytes that were sent."""
    likeness: str
    """64 bits in hexadecimal: neighbours in a tiny grey copy, brighter or darker."""
    taken_at: datetime | None
    had_place: bool


def take_photo(sent: bytes, *, zone: tzinfo) -> Picture:
    """A photo from a phone or a camera. ``zone`` is where the camera's clock is.

    Raises ``NotAPicture``, ``PictureTooLarge``.
    """
    image = _open(sent)
    exif = image.getexif()
    taken_at = _moment(str(exif.get_ifd(EXIF_IFD).get(TAKEN_AT) or exif.get(CHANGED_AT, "")), zone)
    had_place = bool(exif.get_ifd(GPS_IFD))
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return Picture(
        _jpeg(upright), "image/jpeg", _sha256(sent), likeness_of(upright), taken_at, had_place
    )


def take_signature(drawn: str) -> Picture:
    """A signature drawn on a page, as the data address of a PNG.

    Raises ``NotAPicture``, ``PictureTooLarge``, ``EmptySignature``.
    """
    if not drawn.startswith(PNG_HEAD):
        raise NotAPicture()
    try:
        sent = base64.b64decode(drawn[len(PNG_HEAD) :], validate=True)
    except binascii.Error as problem:
        raise NotAPicture() from problem
    image = _open(sent).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    ink = paper.convert("L")
    ink.thumbnail((SIGNATURE_SIDE, SIGNATURE_SIDE))
    if sum(ink.histogram()[:128]) < BLANK_PIXELS:
        raise EmptySignature()
    out = io.BytesIO()
    ink.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/png", _sha256(sent), likeness_of(ink), None, False)


def likeness_of(image: Image.Image) -> str:
    """A difference hash: whether each of 8 x 8 cells is brighter than its neighbour."""
    grey = image.convert("L").resize((HASH_WIDTH, HASH_HEIGHT), Image.Resampling.LANCZOS)
    cells = list(grey.tobytes())
    bits = 0
    for row in range(HASH_HEIGHT):
        for column in range(HASH_WIDTH - 1):
            at = row * HASH_WIDTH + column
            bits = bits << 1 | (cells[at] > cells[at + 1])
    return f"{bits:016x}"


def distance(first: str, second: str) -> int:
    """In how many of 64 bits two likenesses differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


def _open(sent: bytes) -> Image.Image:
    if len(sent) > MOST_BYTES:
        raise PictureTooLarge(most=MOST_BYTES // 1024 // 1024)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(sent), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise PictureTooLarge(most=MOST_BYTES // 1024 // 1024)
            if image.format == "JPEG":
                image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            image.load()
    except Refusal:
        raise
    except Image.DecompressionBombError as problem:
        raise PictureTooLarge(most=MOST_BYTES // 1024 // 1024) from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise NotAPicture() from problem
    return image


def _jpeg(image: Image.Image) -> bytes:
    data = b""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        data = out.getvalue()
        if len(data) <= ENOUGH_BYTES:
            break
    return data


def _moment(text: str, zone: tzinfo) -> datetime | None:
    try:
        day, _, hour = text.strip("\0 ").partition(" ")
        at = datetime.fromisoformat(f"{day.replace(':', '-')}T{hour}")
    except ValueError:
        return None
    return at.replace(tzinfo=zone).astimezone(timezone.utc)


def _sha256(sent: bytes) -> str:
    return hashlib.sha256(sent).hexdigest()
