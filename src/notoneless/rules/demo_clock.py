"""The clock of a demo: it shows the demo's own day and runs on with real time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timezone

_PARTING = "/"
_LAST = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class DemoClock:
    """Agreed on by all processes of a demo when they are started."""

    begins: datetime
    """What it showed when it was started; aware, in the school's own offset."""
    started: datetime
    """The real moment of that; aware."""

    def __post_init__(self) -> None:
        if self.begins.utcoffset() is None or self.started.utcoffset() is None:
            raise ValueError("a moment without its offset")


def shown_at(real: datetime, clock: DemoClock | None) -> datetime:
    """What the clock shows at a real moment (aware); without a demo that moment itself.

    It runs as fast as real time, never backwards before its start, and stops one second before the
    demo's day ends. Answers UTC.
    """
    if clock is None:
        return real
    last = datetime.combine(clock.begins.date(), _LAST, clock.begins.tzinfo)
    gone = max(real - clock.started, clock.started - clock.started)
    return min(clock.begins + gone, last).astimezone(timezone.utc)


def write_clock(clock: DemoClock) -> str:
    """One word for the environment of a process; ``read_clock_word`` reads it."""
    return f"{clock.begins.isoformat()}{_PARTING}{clock.started.isoformat()}"


def read_clock_word(word: str) -> DemoClock:
    """Read what ``write_clock`` wrote. Raises ``ValueError``."""
    begins, parting, started = word.partition(_PARTING)
    if not parting:
        raise ValueError(f"{word!r} is not two moments parted by {_PARTING}")
    return DemoClock(datetime.fromisoformat(begins), datetime.fromisoformat(started))
