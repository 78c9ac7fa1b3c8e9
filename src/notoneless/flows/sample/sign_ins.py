"""Who may sign in to the sample county; shown on the sign-in page of a demo."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from notoneless.flows.sample.county import PASSWORD
from notoneless.flows.sample.school import plan
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True)
class SampleSignIn:
    username: str
    name: str
    role: Role
    unit: str


def sample_sign_ins() -> tuple[str, list[SampleSignIn]]:
    """The one password of the sample county, and the people who have it: the county's, then those
    of its living school."""
    county = tomllib.loads(files(__package__).joinpath("county.toml").read_text("utf-8"))
    people = [(row, row["unit"]) for row in county["people"]]
    people += [(row, plan()["name"]) for row in plan()["people"]]
    return PASSWORD, [
        SampleSignIn(row["username"], row["name"], Role(row["role"]), unit) for row, unit in people
    ]
