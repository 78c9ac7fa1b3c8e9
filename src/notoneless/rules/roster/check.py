"""One roster row: every cell read, compared with the others, and remarked upon."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from notoneless.rules.identity import COMPULSORY_KINDS, school_kind, tidy_number
from notoneless.rules.roster.cells import read_month, text_of
from notoneless.rules.roster.classes import ClassFault, Pupil, class_of
from notoneless.rules.roster.columns import COLUMNS
from notoneless.rules.roster.findings import CheckedRow, Finding, note, refuse, warn
from notoneless.rules.roster.persons import check_identity, check_name
from notoneless.rules.roster.readers import Reading, read_cell

OWN_PASS: Final = frozenset({"school_code", "name", "sex", "birth_on", "id_kind", "id_number"})
OTHER_DISABILITIES: Final = frozenset({"3", "4", "6", "7", "9"})
"""言语、肢体、精神、多重、其他: many of these children sit in ordinary classes and need no entry in
随班就读, though the form has a word for them. Sight, hearing and mind have entries of their own."""
CLASS_CELLS: Final = frozenset({"class_text", "entry_month"})


@dataclass(frozen=True, slots=True)
class RosterContext:
    """What a row is checked against."""

    school_year: int
    """Autumn year of the school year that the list is for."""
    today: date
    own_schools: Collection[str] | None = None
    """Codes of the schools whose rows this importer may bring; ``None`` for a whole county."""
    known_schools: Collection[str] | None = None
    """Codes that may appear; ``None`` where unknown schools are created."""
    nine_year: Mapping[str, bool] = field(default_factory=dict)
    """School code → whether it holds both stages, for those where this is known."""


def check_row(cells: Mapping[str, object], context: RosterContext) -> CheckedRow:
    """Read and check one row.

    ``cells`` maps column keys to raw cells; ``extra`` may hold a mapping of unknown headings to
    their cells, kept as text. A missing key means that the sheet has no such column; a blank cell
    means that the school left it out. Raises nothing: whatever is wrong is a finding.
    """
    values: dict[str, object] = {}
    findings: list[Finding] = []
    for part in (_school(cells, context), check_name(cells), check_identity(cells, context.today)):
        values.update(part.values)
        findings.extend(part.findings)
    seat = _seat(cells, values, context)
    values.update(seat.values)
    findings.extend(seat.findings)
    rest = _rest(cells)
    values.update(rest.values)
    findings.extend(rest.findings)
    findings.extend(_inclusive_class(values))
    return CheckedRow(values, tuple(findings))


def _school(cells: Mapping[str, object], context: RosterContext) -> Reading:
    code = tidy_number(text_of(cells.get("school_code")))
    own = context.own_schools
    if not code and own is not None and len(own) == 1:
        code = next(iter(own))
    if not code:
        return Reading({}, [refuse("school_code_missing", "school_code")])
    kind = school_kind(code)
    if kind is None:
        return Reading({}, [refuse("school_code_wrong", "school_code", value=code[:20])])
    values: dict[str, object] = {"school_code": code}
    if kind not in COMPULSORY_KINDS:
        return Reading(values, [refuse("school_kind_out_of_scope", "school_code", value=code)])
    if own is not None and code not in own:
        return Reading(values, [refuse("school_not_yours", "school_code", value=code)])
    if context.known_schools is not None and code not in context.known_schools:
        return Reading(values, [refuse("unknown_school", "school_code", value=code)])
    return Reading(values, [])


def _seat(
    cells: Mapping[str, object], values: Mapping[str, object], context: RosterContext
) -> Reading:
    """Class, grade and month of entry."""
    text, month_text = text_of(cells.get("class_text")), text_of(cells.get("entry_month"))
    entered = read_month(cells.get("entry_month"))
    out: dict[str, object] = {}
    found: list[Finding] = []
    if text:
        out["class_text"] = text
    else:
        found.append(refuse("class_missing", "class_text"))
    if entered is not None:
        out["entry_month"] = f"{entered[0]}-{entered[1]:02}"
    elif month_text:
        found.append(refuse("entry_month_unreadable", "entry_month", value=month_text[:20]))
    else:
        found.append(refuse("entry_month_missing", "entry_month"))
    kind = school_kind(str(values.get("school_code", "")))
    if text and entered is not None and kind is not None:
        nine_year = context.nine_year.get(str(values["school_code"]))
        pupil = Pupil(text, entered, _born_on(values), kind, nine_year)
        seat = _class(pupil, context)
        out.update(seat.values)
        found.extend(seat.findings)
    return Reading(out, found)


def _born_on(values: Mapping[str, object]) -> date | None:
    text = values.get("birth_on")
    return date.fromisoformat(text) if isinstance(text, str) else None


def _class(pupil: Pupil, context: RosterContext) -> Reading:
    key = class_of(pupil, school_year=context.school_year)
    written = pupil.class_text[:20]
    if isinstance(key, ClassFault):
        in_entry = key in (ClassFault.ENTERED_LATER, ClassFault.NO_GRADE)
        at, value = ("entry_month", _month_text(pupil)) if in_entry else ("class_text", written)
        return Reading({}, [refuse(key.value, at, value=value)])
    values: dict[str, object] = {
        "stage": key.stage.value,
        "cohort": key.cohort,
        "grade": key.grade,
        "class_number": key.number,
    }
    if not key.disagrees:
        return Reading(values, [])
    remark = warn(
        "class_grade_mismatch",
        "class_text",
        value=written,
        month=_month_text(pupil),
        grade=str(key.grade),
    )
    return Reading(values, [remark])


def _month_text(pupil: Pupil) -> str:
    return "{}-{:02}".format(*pupil.entered) if pupil.entered is not None else ""


def _rest(cells: Mapping[str, object]) -> Reading:
    """Every other column by its kind, the two family members, and the unknown columns."""
    values: dict[str, object] = {}
    findings: list[Finding] = []
    members: dict[str, dict[str, object]] = {}
    for key, cell in cells.items():
        column = COLUMNS.get(key)
        if column is None or key in OWN_PASS or key in CLASS_CELLS:
            continue
        reading = read_cell(column, cell)
        findings.extend(reading.findings)
        if key.startswith("member"):
            number, _, _name = key.removeprefix("member").partition("_")
            members.setdefault(number, {}).update(
                {_short(found): value for found, value in reading.values.items()}
            )
        else:
            values.update(reading.values)
    guardians = [member for _, member in sorted(members.items()) if member.get("name")]
    if guardians:
        values["guardians"] = guardians
    extra = _extra(cells.get("extra"))
    if extra:
        values["extra"] = extra
    return Reading(values, findings)


def _short(key: str) -> str:
    return key.partition("_")[2] if key.startswith("member") else key


def _extra(cells: object) -> dict[str, str]:
    if not isinstance(cells, Mapping):
        return {}
    texts = {str(heading)[:60]: text_of(cell)[:500] for heading, cell in cells.items()}
    return {heading: text for heading, text in texts.items() if text}


def _inclusive_class(values: Mapping[str, object]) -> list[Finding]:
    """随班就读 and 残疾类型 must agree in the national form; real lists disagree, so only warn."""
    disability, inclusive = values.get("disability"), values.get("inclusive_class")
    if disability is None or inclusive is None:
        return []
    if disability in OTHER_DISABILITIES and inclusive == "0":
        return [note("other_disability_not_in_inclusive_class", "inclusive_class")]
    if disability != "0" and inclusive == "0":
        return [warn("disabled_not_in_inclusive_class", "inclusive_class")]
    if disability == "0" and inclusive != "0":
        return [warn("inclusive_class_without_disability", "disability")]
    return []
