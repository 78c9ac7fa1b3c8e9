"""Another plan tried on a whole county, where a page has no time for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.flows.whatif.running import Question, try_out_for
from notoneless.flows.whatif.wire import answer_out
from notoneless.jobs.clock import read_clock
from notoneless.jobs.statements import statements_forgotten
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.reading import read_pack


def run(person_id: str, unit_id: str, from_on: str, until: str, text: str) -> str:
    """Try the pack that ``text`` says, as the person who asked; the answer is the job's result."""
    _now, today = read_clock()
    period = Period(date.fromisoformat(from_on), date.fromisoformat(until))
    question = Question(UUID(unit_id), period, read_pack(text, "tried.toml"))
    with statements_forgotten():
        return answer_out(try_out_for(UUID(person_id), question, today=today))
