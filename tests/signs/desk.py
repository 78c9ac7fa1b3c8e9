"""Signs in the village: a school with figures, a grade head, a subject teacher, short words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from notoneless.flows.signs.key_lists import close_list, key_page, name_pupil
from notoneless.flows.signs.reading import ChildSigns, signs_in_reach
from notoneless.flows.signs.words import note_sign, take_up
from notoneless.places.services.people import Appointment, appoint
from notoneless.rules.roles import Role
from notoneless.signs.services.key_lists import NewPupil
from notoneless.signs.services.words import NewHandling, NewWord
from tests.attendance.register import at, open_school
from tests.places.calendar_desk import calendar_at
from tests.world import FOUNDED, TODAY, Village


def open_with_people(village: Village) -> Village:
    """The village with calendar and packs, a grade head, a teaching director, a second teacher."""
    open_school(village)
    village.employ("gao", "高年", Role.GRADE_HEAD, "primary-grade")
    village.employ("jiao", "焦主任", Role.TEACHING_DIRECTOR, "primary")
    village.employ("ke", "柯老师", Role.HOMEROOM_TEACHER, "primary-2")
    return village


def says(village: Village, kind: str, child: str = "lan", *, by: str = "chen", **more: Any):
    """A teacher's word about a child."""
    today = more.pop("today", TODAY)
    new = NewWord(
        id=more.pop("id", None) or uuid7(),
        child_id=village.children[child].pk,
        class_id=village.units["primary-1"].pk,
        kind=kind,
        seen_on=more.pop("seen_on", today),
        **more,
    )
    return note_sign(village.actor(by, today=today), new, today=today, now=at(today, 10))


def acting(village: Village, child: str = "lan", *, until: date, by: str = "chen", **more: Any):
    today = more.pop("today", TODAY)
    new = NewHandling(
        more.pop("id", None) or uuid7(),
        village.children[child].pk,
        today,
        until,
        more.pop("text", "每天早上到家接"),
    )
    return take_up(village.actor(by, today=today), new, today=today, now=at(today, 11))


def seen(village: Village, by: str = "chen", *, today: date = TODAY):
    return signs_in_reach(village.actor(by, today=today), today=today)


def row_of(village: Village, name: str, by: str = "chen", *, today: date = TODAY) -> ChildSigns:
    page = seen(village, by, today=today)
    rows: dict[object, ChildSigns] = {row.child_id: row for row in (*page.to_visit, *page.taken_up)}
    return rows[village.children[name].pk]


def names(village: Village, by: str = "chen", *, today: date = TODAY) -> list[str]:
    by_id = {child.pk: key for key, child in village.children.items()}
    return [by_id[row.child_id] for row in seen(village, by, today=today).to_visit]


def put(
    village: Village, child: str, *, by: str = "chen", at_class: str = "primary-1", **more: Any
):
    new = NewPupil(
        village.children[child].pk,
        more.pop("criteria", ["may_leave"]),
        more.pop("evidence", "三次说不想读了"),
    )
    class_id = village.units[at_class].pk
    return name_pupil(village.actor(by), class_id, new, today=TODAY, now=at(TODAY, 9))


def close(village: Village, *, by: str = "chen", reason: str = "", version: int | None = None):
    class_id = village.units["primary-1"].pk
    page = key_page(village.actor(by), class_id, today=TODAY)
    wanted = version or (page.draft.version if page.draft else len(page.lists) + 1)
    return close_list(
        village.actor(by), class_id, version=wanted, reason=reason, today=TODAY, now=at(TODAY, 9)
    )


def page_of(village: Village, by: str = "chen"):
    return key_page(village.actor(by), village.units["primary-1"].pk, today=TODAY)


def fill_class(village: Village, count: int, at_class: str = "primary-1") -> list[str]:
    """So many more children in a class; their keys."""
    keys = [f"{at_class}-c{n}" for n in range(count)]
    for key in keys:
        village.enrol(key, f"覃{len(village.children)}", at_class, sex="1")
    return keys


def school_days(first: date, last: date, village: Village) -> list[date]:
    return list(calendar_at(village, "primary").school_days(first, last + timedelta(days=1)))


def also_holds(village: Village, key: str, role: Role, unit: str) -> None:
    appoint(
        Appointment(role, village.units[unit].pk, village.people[key].pk),
        from_on=FOUNDED,
        stamp=village.stamp(),
    )
