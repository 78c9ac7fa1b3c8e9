"""The child's name, identity number, birth date and sex: what makes a row one certain child."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from notoneless.rules.identity import (
    LARGEST_EXACT_NUMBER,
    IdFault,
    birth_date_of,
    id_fault,
    is_scientific,
    sex_of,
    tidy_number,
)
from notoneless.rules.roster.cells import is_formula, read_date, text_of
from notoneless.rules.roster.codes import read_code
from notoneless.rules.roster.findings import Finding, refuse, warn
from notoneless.rules.roster.readers import SHOWN, Reading

LONGEST_NAME: Final = 60
IDENTITY_CARD: Final = "1"
"""居民身份证 in the table of id kinds; the rules of GB 11643 hold for it and for 户口簿."""
HOUSEHOLD_BOOK: Final = "2"
YOUNGEST_YEARS, OLDEST_YEARS = 4, 21

_MARKUP: Final = re.compile(r"[<>{}\[\]\\&;|$%^~`\"]|javascript:|\bon\w+=", re.IGNORECASE)
_LOST_SIGN: Final = re.compile(r"[?\ufffd□■�]")
_PRIVATE_SIGN: Final = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FAULT_CODES: Final = {
    IdFault.LENGTH: "id_length",
    IdFault.CHARACTERS: "id_characters",
    IdFault.BIRTH_DATE: "id_impossible_date",
    IdFault.CHECK_DIGIT: "id_check_digit",
}


def check_name(cells: Mapping[str, object]) -> Reading:
    """The name as written, blanks taken out between Chinese signs; markup and formulas refused."""
    raw = cells.get("name")
    name = _close_up(text_of(raw))
    fault = _name_fault(raw, name)
    if fault is not None:
        return Reading({}, [refuse(fault, "name")])
    found: list[Finding] = []
    if any(sign.isdigit() for sign in name):
        found.append(warn("name_has_digits", "name"))
    if _PRIVATE_SIGN.search(name) is not None:
        found.append(warn("name_private_sign", "name"))
    return Reading({"name": name}, found)


def _name_fault(raw: object, name: str) -> str | None:
    if not name:
        return "name_missing"
    if is_formula(raw):
        return "formula_in_cell"
    if _MARKUP.search(name) is not None:
        return "name_has_markup"
    if _LOST_SIGN.search(name) is not None or not any(sign.isalpha() for sign in name):
        return "name_unreadable"
    return "name_too_long" if len(name) > LONGEST_NAME else None


def _close_up(name: str) -> str:
    """Schools pad two-sign names with blanks; a name with Latin letters keeps single ones."""
    if re.search(r"[A-Za-z]", name) is not None:
        return re.sub(r"\s+", " ", name)
    return re.sub(r"\s+", "", name).replace("•", "·").replace("・", "·")


def check_identity(cells: Mapping[str, object], today: date) -> Reading:
    """Identity number, birth date and sex, each alone and against each other.

    Where the number is sound and birth date or sex is blank, they are taken from it with a
    warning. A wrong number is never corrected. Without an identity card (kind 其他 and others) the
    number may be empty, but then birth date and sex must be there.
    """
    kind = _id_kind(cells)
    number = _id_number(cells, str(kind.values.get("id_kind", IDENTITY_CARD)))
    card = str(number.values.get("id_number", "")) if _is_card(kind) else ""
    birth = _birth_date(cells, card, today)
    sex = _sex(cells, card)
    values: dict[str, object] = {}
    findings: list[Finding] = []
    for part in (number, birth, sex, kind):
        values.update(part.values)
        findings.extend(part.findings)
    return Reading(values, findings)


def _is_card(kind: Reading) -> bool:
    return kind.values.get("id_kind", IDENTITY_CARD) in (IDENTITY_CARD, HOUSEHOLD_BOOK)


def _id_kind(cells: Mapping[str, object]) -> Reading:
    text = text_of(cells.get("id_kind"))
    if not text:
        return Reading({"id_kind": IDENTITY_CARD}, [])
    read = read_code("id_kind", text)
    if read is not None:
        return Reading({"id_kind": read.code}, [])
    # Taken as an identity card, the strictest reading: a number that fits it is surely one.
    remark = warn("id_kind_unknown", "id_kind", value=text[:SHOWN])
    return Reading({"id_kind": IDENTITY_CARD, "id_kind_as_written": text}, [remark])


def _id_number(cells: Mapping[str, object], kind: str) -> Reading:
    raw = cells.get("id_number")
    text = text_of(raw)
    is_card = kind in (IDENTITY_CARD, HOUSEHOLD_BOOK)
    if not text:
        remark = refuse("id_missing", "id_number") if is_card else warn("no_id_number", "id_number")
        return Reading({}, [remark])
    if is_formula(raw):
        return Reading({}, [refuse("formula_in_cell", "id_number")])
    number = tidy_number(text)
    if _lost_digits(raw, number):
        return Reading({}, [refuse("id_scientific_notation", "id_number")])
    if not is_card:
        return _other_document(number)
    fault = id_fault(number)
    if fault is not None:
        facts = {"length": str(len(number))} if fault is IdFault.LENGTH else {}
        return Reading({}, [refuse(_FAULT_CODES[fault], "id_number", **facts)])
    return Reading({"id_number": number}, [])


def _other_document(number: str) -> Reading:
    if len(number) > 40 or not number.replace("-", "").isalnum():
        return Reading({}, [refuse("id_characters", "id_number")])
    return Reading({"id_number": number}, [])


def _lost_digits(raw: object, number: str) -> bool:
    """A spreadsheet keeps fifteen digits of a number, so a long one stored as number is wrong."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) >= LARGEST_EXACT_NUMBER
    return is_scientific(number)


def _birth_date(cells: Mapping[str, object], card: str, today: date) -> Reading:
    raw = cells.get("birth_on")
    text, inside = text_of(raw), birth_date_of(card)
    if not text:
        if inside is None:
            return Reading({}, [refuse("birth_date_missing", "birth_on")])
        return Reading({"birth_on": inside.isoformat()}, [warn("birth_date_from_id", "birth_on")])
    day = read_date(raw)
    if day is None:
        return Reading({}, [refuse("birth_date_unreadable", "birth_on", value=text[:SHOWN])])
    if inside is not None and inside != day:
        return Reading({"birth_on": day.isoformat()}, [refuse("birth_date_mismatch", "birth_on")])
    years = today.year - day.year
    remarks = [] if YOUNGEST_YEARS <= years <= OLDEST_YEARS else [warn("age_unlikely", "birth_on")]
    return Reading({"birth_on": day.isoformat()}, remarks)


def _sex(cells: Mapping[str, object], card: str) -> Reading:
    text, inside = text_of(cells.get("sex")), sex_of(card)
    read = read_code("sex", text) if text else None
    if read is None:
        if inside is None:
            return Reading({}, [refuse("sex_missing", "sex")])
        return Reading({"sex": inside.value}, [warn("sex_from_id", "sex")])
    if inside is not None and inside.value != read.code:
        return Reading({"sex": read.code}, [refuse("sex_mismatch", "sex")])
    return Reading({"sex": read.code}, [])
