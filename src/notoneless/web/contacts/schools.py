"""Which school a page is about, for readers who reach several."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from notoneless.children.queries.units import SchoolUnit, schools_in_reach
from notoneless.rules.roles import Capability
from notoneless.web.request import Request


def chosen_school(request: Request) -> tuple[list[SchoolUnit], UUID | None]:
    """Schools in reach by name, and the one in the address, or the only one.

    404 for a school out of reach.
    """
    schools = schools_in_reach(request.actor, on=request.today, to=Capability.SEE_CONTACTS)
    asked = request.GET.get("school", "")
    if asked:
        found = next((school.id for school in schools if str(school.id) == asked), None)
        if found is None:
            raise Http404
        return schools, found
    return schools, schools[0].id if len(schools) == 1 else None
