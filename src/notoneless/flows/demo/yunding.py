"""云顶小学 in the play: its last weeks before the demo's day follow the script of the sample."""

from __future__ import annotations

from datetime import date, timedelta

from notoneless.attendance.models import Leave
from notoneless.children.models import Enrolment
from notoneless.flows.demo.county import DEMO_DAY, FIRST_DAY, DemoCounty, random_of
from notoneless.flows.sample import script
from notoneless.flows.sample.days import Story, days_to_tell, tell_day
from notoneless.flows.sample.school import SampleSchool, plan
from notoneless.places.models import Person
from notoneless.rules.attendance.leave import LeaveKind, LeavePeriod, premark


def story_of(county: DemoCounty) -> Story:
    """The script on the days before the demo's own, as far as it has been told."""
    school = _school(county)
    now = county.at(DEMO_DAY, 7, 50)
    story = Story(school, random_of("yunding"), now, lambda then: then)
    story.days = days_to_tell(school, now=now)
    _remember_leave(story)
    return story


def tell(story: Story, day: date) -> None:
    """One day of the script; chance goes by the day, so that an interrupted play can go on."""
    story.random = random_of("yunding", day)
    tell_day(story, day)


def _school(county: DemoCounty) -> SampleSchool:
    school = SampleSchool(
        county_id=county.county_id,
        today=DEMO_DAY,
        now=county.at(FIRST_DAY, 7),
        school_id=county.schools[plan()["code"]],
    )
    usernames = [row["username"] for row in plan()["people"]]
    people = Person.objects.filter(county=county.county_id, user__username__in=usernames)
    school.people = dict(people.values_list("user__username", "pk"))
    for each in county.classes:
        if each.school_id == school.school_id:
            school.classes[each.grade] = each.id
            spells = Enrolment.objects.filter(school_class=each.id, from_on__lte=FIRST_DAY)
            # Keys are made in the order of time: the seat is when a child was added.
            school.children[each.grade] = list(
                spells.order_by("child").values_list("child", flat=True)
            )
    school.boarders = frozenset(
        child
        for members in school.children.values()
        for child in members
        if child in county.children and county.children[child].is_boarding
    )
    return school


def _remember_leave(story: Story) -> None:
    """Leave of the script that is on record already, where the play was interrupted."""
    for leave in script.LEAVES:
        if len(story.school.children.get(leave.grade, ())) <= leave.seat:
            continue
        began = story.days[-leave.first]
        row = Leave.objects.filter(
            child=story.child(leave.grade, leave.seat), from_on=began
        ).first()
        if row is None:
            continue
        story.leaves[leave] = row.pk
        reason = premark(LeavePeriod(LeaveKind(row.kind), row.from_on, row.to_on))
        for n in range((row.to_on - row.from_on).days):
            story.on_leave[row.child_id, row.from_on + timedelta(n)] = reason
