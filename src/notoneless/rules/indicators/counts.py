"""The named counts: what exactly each number counts, and what kind of thing."""

from __future__ import annotations

from enum import StrEnum


class Count(StrEnum):
    """One number of one place, stage or grade, and period. "Now" is the cut-off day, included.

    A child counts once in each, however often it moved; rows merged into one child are one child.
    """

    # Counted by the hundred thousand: an enumeration's own is a function of Python.
    __hash__ = str.__hash__

    BASE = "base"
    """Registered on 1 September, the beginning of the statistical year."""
    ON_ROLL = "on_roll"
    """Registered now."""
    MOVED_IN = "moved_in"
    """Came from another school (within a school: from another class) and was not here before."""
    RESUMED = "resumed"
    """Registered again after a suspension (复学)."""
    OTHER_IN = "other_in"
    """Enrolled after the base day without coming from a school of the county."""
    LISTED = "listed"
    """First named by a roster after the base day: recorded late, not come late."""
    MOVED_OUT = "moved_out"
    """Left, and is registered elsewhere, or its case was closed as transferred or gone abroad."""
    MOVED_OUT_UNCONFIRMED = "moved_out_unconfirmed"
    """Left the roll as transferred, and no school has registered it by now."""
    DIED = "died"
    GRADUATED = "graduated"
    """Finished the stage, or sixteen with nine years completed."""
    SUSPENDED = "suspended"
    """On an approved suspension (休学) now; not counted once it has expired."""
    VISITING = "visiting"
    """Studies elsewhere (借读), filed with its papers; still of this roll."""
    DROPPED = "dropped"
    """Determined to have dropped out, in this year or before, and not back now."""
    DROPPED_IN_PERIOD = "dropped_in_period"
    """Determined in the period, back since or not; faults in the data are none."""
    RETURNED = "returned"
    """Determined to have dropped out, and back in the period; not lost again since."""
    SUSPECTED = "suspected"
    """A case is open, nothing determined, and the child is not back."""
    KEPT = "kept"
    """Of the base: on the roll now, neither dropped out nor lawfully away."""
    LAWFULLY_GONE = "lawfully_gone"
    """Of the base: registered elsewhere, died, finished, abroad, or on an approved suspension."""
    LEAVERS = "leavers"
    """Finished primary school in the twelve months up to the base day."""
    PROMOTED = "promoted"
    """Of the leavers: registered in a junior school by now."""
    LOST_BETWEEN = "lost_between"
    """Of the leavers: in no junior school, not lawfully elsewhere, and not among the dropped."""
    ENTRY = "entry"
    """Registered on 1 September of the year in which their grade entered the stage."""
    VERIFIED = "verified"
    """The headcount that was verified for the contract; entered by hand."""
    CENSUS = "census"
    """Children of the age in the census; entered by hand."""
    CENSUS_ENROLLED = "census_enrolled"
    """Of them: registered in a school; entered by hand, as all that follow up to the rolls."""
    UNDER16 = "under16"
    """Under sixteen and obliged to go to school, in the villages of a place."""
    UNDER16_IN_SCHOOL = "under16_in_school"
    DISABLED = "disabled"
    """Disabled children of school age who are able to learn."""
    DISABLED_IN_SCHOOL = "disabled_in_school"
    DUE_TO_COMPLETE = "due_to_complete"
    """The cohort that was to finish junior school, as the place delimits it."""
    COMPLETED = "completed"
    """Of them: finished."""
    SAT_ZHONGKAO = "sat_zhongkao"
    """Of them: sat the junior leaving exam."""
    WEAK = "weak"
    """Weak learners at the beginning of the term."""
    WEAK_IMPROVED = "weak_improved"
    """Of them: judged improved at its end."""
    SEATS = "seats"
    """Pupils expected in the rolls that were called, each roll for itself (人次)."""
    ABSENT = "absent"
    """Pupils missing in those rolls, each roll for itself; who came late is not missing."""
    ROLLS_DUE = "rolls_due"
    """Rolls that the plan asks for on the school days of the period, up to now."""
    ROLLS_CALLED = "rolls_called"
    """Those of them that stand; a session that was not held, with its reason, among them."""
    ROLLS_MISSING = "rolls_missing"


ROLLS = (
    Count.SEATS,
    Count.ABSENT,
    Count.ROLLS_DUE,
    Count.ROLLS_CALLED,
    Count.ROLLS_MISSING,
)
CHILDREN = frozenset(Count) - frozenset(ROLLS)
"""Counts of children; the others count rolls, or pupils once for each roll."""
REGISTERED = (
    Count.BASE,
    Count.MOVED_IN,
    Count.RESUMED,
    Count.OTHER_IN,
    Count.LISTED,
    Count.MOVED_OUT,
    Count.MOVED_OUT_UNCONFIRMED,
    Count.DIED,
    Count.GRADUATED,
    Count.SUSPENDED,
    Count.ON_ROLL,
)
NOT_SUMS = frozenset(
    {
        Count.MOVED_IN,
        Count.MOVED_OUT,
        Count.OTHER_IN,
        Count.LISTED,
        Count.RESUMED,
        Count.KEPT,
        Count.LAWFULLY_GONE,
        Count.MOVED_OUT_UNCONFIRMED,
        Count.DIED,
        Count.GRADUATED,
    }
)
"""Counts of a place that are not the sum of those of its parts: who moves between two schools of a
township has left one of them and not the township."""
TALLIED = (
    *REGISTERED,
    Count.VISITING,
    Count.DROPPED,
    Count.DROPPED_IN_PERIOD,
    Count.RETURNED,
    Count.SUSPECTED,
    Count.KEPT,
    Count.LAWFULLY_GONE,
)
"""Counts that are read from registrations and cases, child by child."""
BY_HAND = (
    Count.BASE,
    Count.ENTRY,
    Count.VERIFIED,
    Count.CENSUS,
    Count.CENSUS_ENROLLED,
    Count.UNDER16,
    Count.UNDER16_IN_SCHOOL,
    Count.DISABLED,
    Count.DISABLED_IN_SCHOOL,
    Count.DUE_TO_COMPLETE,
    Count.COMPLETED,
    Count.SAT_ZHONGKAO,
    Count.WEAK,
    Count.WEAK_IMPROVED,
)
"""Counts that a clerk may enter for a time or place of which the system knows nothing."""
