"""When one cause is likelier than many absences (architecture §Absence)."""

from __future__ import annotations

from notoneless.rules.attendance.counts import Counts

FEWEST_ABSENT = 5
"""Below this a small school is half empty by chance; ours, no plan names any."""


def suggests_event(counts: Counts) -> bool:
    """Whether so many children of the classes called are missing that one event should be named.

    Half of those called or more (exactly half is enough), and at least ``FEWEST_ABSENT``. Classes
    not called and classes that were not held say nothing.
    """
    called = counts.present + counts.absent
    return counts.absent >= FEWEST_ABSENT and counts.absent * 2 >= called
