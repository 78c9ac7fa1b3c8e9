"""Who may sign in to the demo, and which of them a visitor should try first."""

from __future__ import annotations

from dataclasses import dataclass

from notoneless.access.models import User
from notoneless.flows.demo.staffing import staff_plan
from notoneless.flows.sample.sign_ins import SampleSignIn, sample_sign_ins
from notoneless.rules.roles import Role

FIRST_TO_TRY = (
    "teacher",
    "subject",
    "principal",
    "status",
    "village",
    "township",
    "centre",
    "clerk",
    "inspector",
    "police",
)


@dataclass(frozen=True, slots=True)
class DemoSignIns:
    password: str
    first: tuple[SampleSignIn, ...]
    """The ten, in the order in which their work meets a child."""
    more: tuple[SampleSignIn, ...]


def demo_sign_ins() -> DemoSignIns:
    """The people of the sample who have a sign-in in this database; one statement."""
    password, people = sample_sign_ins()
    people += [
        SampleSignIn(row["username"], row["person"], Role.DEPARTMENT_LIAISON, row["name"])
        for row in staff_plan()["departments"]
        if "username" in row
    ]
    standing = set(
        User.objects.filter(username__in=[one.username for one in people], is_active=True)
        .order_by()
        .values_list("username", flat=True)
    )
    known = {one.username: one for one in people if one.username in standing}
    first = tuple(known[name] for name in FIRST_TO_TRY if name in known)
    more = tuple(one for name, one in known.items() if name not in FIRST_TO_TRY)
    return DemoSignIns(password, first, more)
