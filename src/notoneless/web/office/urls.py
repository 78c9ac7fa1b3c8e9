from __future__ import annotations

from django.urls import path, register_converter

from notoneless.rules.groups import GroupKind
from notoneless.rules.paths import Line
from notoneless.web.office import (
    accounts,
    approvals,
    checklist,
    coverage,
    directory,
    people,
    plans,
    posts,
    telephones,
    units,
)


class GroupKindConverter:
    regex = "|".join(GroupKind)

    def to_python(self, value: str) -> GroupKind:
        return GroupKind(value)

    def to_url(self, value: str) -> str:
        return GroupKind(value).value


class LineConverter:
    regex = "|".join(Line)

    def to_python(self, value: str) -> Line:
        return Line(value)

    def to_url(self, value: str) -> str:
        return Line(value).value


register_converter(GroupKindConverter, "groupkind")
register_converter(LineConverter, "line")

urlpatterns = [
    path("office/", checklist.office, name="office"),
    path("office/units/", units.units, name="units"),
    path("office/units/<uuid:unit_id>/", units.unit, name="unit"),
    path("office/units/<uuid:unit_id>/add/", units.add, name="unit-add"),
    path("office/units/<uuid:unit_id>/edit/", units.edit, name="unit-edit"),
    path("office/units/<uuid:unit_id>/move/<line:line>/", units.move, name="unit-move"),
    path("office/units/<uuid:unit_id>/close/", units.close, name="unit-close"),
    path("office/units/<uuid:unit_id>/appoint/", posts.appoint, name="appoint"),
    path("office/units/<uuid:unit_id>/lessons/", posts.lessons, name="lessons"),
    path("office/units/<uuid:unit_id>/group/<groupkind:kind>/", coverage.group, name="group"),
    path("office/units/<uuid:unit_id>/cover/", coverage.cover, name="cover"),
    path("office/units/<uuid:unit_id>/telephone/", telephones.telephone, name="unit-telephone"),
    path("office/units/<uuid:unit_id>/plan/", plans.plan, name="plan"),
    path("office/units/<uuid:unit_id>/plan/withdraw/", plans.withdraw, name="plan-withdraw"),
    path("office/posts/<uuid:post_id>/end/", posts.end, name="post-end"),
    path("office/posts/<uuid:post_id>/stand-in/", posts.stand_in, name="post-stand-in"),
    path("office/vacancies/", posts.vacant, name="vacancies"),
    path("office/groups/", plans.groups, name="groups"),
    path("office/coverage/", coverage.gaps, name="coverage-gaps"),
    path("office/duties/", coverage.duties, name="duties"),
    path("office/duties/add/", coverage.give_duty, name="duty-add"),
    path("office/duties/<uuid:duty_id>/report/", coverage.report, name="duty-report"),
    path("office/people/<uuid:person_id>/", people.person, name="person"),
    path("office/people/<uuid:person_id>/phone/", people.phone, name="person-phone"),
    path("office/people/<uuid:person_id>/hand-over/", people.hand_over, name="hand-over"),
    path("office/people/<uuid:person_id>/leave/", people.leave, name="leave"),
    path("office/people/<uuid:person_id>/switch/", people.switch, name="account-switch"),
    path("office/accounts/", accounts.accounts, name="accounts"),
    path("office/accounts/list/", accounts.staff_list, name="staff-list"),
    path("office/accounts/slips/", accounts.slips, name="slips"),
    path("office/approvals/", approvals.approvals, name="approvals"),
    path("office/approvals/<uuid:approval_id>/withdraw/", approvals.withdraw, name="withdraw"),
    path("directory/", directory.own_directory, name="directory"),
    path("directory/units/<uuid:unit_id>/", directory.of_unit, name="directory-unit"),
    path("directory/children/<uuid:child_id>/", directory.of_child, name="directory-child"),
    path(
        "directory/children/<uuid:child_id>/guardians/<int:position>/phone/",
        directory.parent_phone,
        name="parent-phone",
    ),
]
