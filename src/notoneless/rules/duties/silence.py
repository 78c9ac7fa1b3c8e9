"""While a critical flag stands, nobody is made to contact the child, its family or its teachers."""

from __future__ import annotations

from datetime import date

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.duties.facts import ChildFact
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.policy.measures import DurationUnit

GOES_ON = frozenset(
    {
        DutyRule.CALL_ROLL,
        DutyRule.ABSENCE_REPORT,
        DutyRule.DROPOUT_REPORT,
        DutyRule.CASE_DETERMINE,
        DutyRule.CASE_REPORT,
        DutyRule.CASE_ACCEPT,
        DutyRule.CASE_ADVICE,
    }
)
"""What is asked about a silenced child too: the roll, and reports between offices.

They bring nobody to the family, and a child whose reports stopped would be told apart. Every
other rule falls silent, also one that is written later. No policy names this set.
"""


def is_hushed(rule: DutyRule, child: ChildFact | None, *, on: date) -> bool:
    """Whether ``rule`` asks nothing about ``child`` as of ``on``.

    Source: 关于建立侵害未成年人案件强制报告制度的意见（试行）(2020); 未成年人保护法 art. 11.
    """
    return child is not None and rule not in GOES_ON and child.is_silenced(on)


def after_silence(
    rule: DutyRule, due: Due | None, child: ChildFact | None, calendar: SchoolCalendar
) -> Due | None:
    """A date that fell into a silence moves to the first working day after it.

    Nobody is late with what he was not asked, least of all who raised the flag. What was late
    before the flag stays so. A silence that still lasts moves nothing.
    """
    if due is None or child is None or rule in GOES_ON:
        return due
    for silence in sorted(child.silences, key=lambda each: each.from_on):
        if silence.ended_on is not None and silence.from_on <= due.on <= silence.ended_on:
            due = due_on(
                started=silence.ended_on,
                within=1,
                counted_in=DurationUnit.WORKING_DAYS,
                calendar=calendar,
            )
    return due
