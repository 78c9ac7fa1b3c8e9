"""Try other figures for early signs on what is on record; writes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from notoneless.flows.signs.trying import FIELDS, BadFigure, Trial, try_signs
from notoneless.jobs.clock import read_clock
from notoneless.places.queries import county_by_code
from notoneless.rules.signs.accuracy import SMALL, Share
from notoneless.rules.signs.kinds import SignRule

FROM_ROLLS = [rule for rule in SignRule if rule not in {SignRule.LOST_CONTACT, SignRule.WORD}]
"""Rules that a replay can speak for; the others depend on what people did at the time."""


class Command(BaseCommand):
    help = "Replay early signs on recorded days: signs a class and month, precision, recall"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", required=True, help="six-digit code")
        parser.add_argument(
            "--from", dest="from_on", required=True, type=date.fromisoformat, help="YYYY-MM-DD"
        )
        parser.add_argument(
            "--to",
            dest="to_on",
            required=True,
            type=date.fromisoformat,
            help="YYYY-MM-DD, included",
        )
        parser.add_argument(
            "--set",
            dest="figures",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help=f"another figure; one of {', '.join(FIELDS)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _now, today = read_clock()
        county_id = county_by_code(options["county"])
        if county_id is None:
            raise CommandError(_("没有代码为 %(code)s 的县。") % {"code": options["county"]})
        from_on, to_on = options["from_on"], options["to_on"]
        if not from_on <= to_on <= today:
            raise CommandError(_("起止日期不对：结束不能早于开始，也不能晚于今天。"))
        figures = dict(_pair(each) for each in options["figures"])
        try:
            trial = try_signs(county_id, from_on=from_on, to_on=to_on, figures=figures, as_of=today)
        except BadFigure as bad:
            raise CommandError(
                _("“%(key)s”不能这样试。可以试的有：%(keys)s。")
                % {"key": bad, "keys": "、".join(FIELDS)}
            ) from None
        self._tell(trial, figures)

    def _tell(self, trial: Trial, figures: dict[str, str]) -> None:
        for key, value in figures.items():
            self.stdout.write(f"{key} = {value}")
        self.stdout.write(f"classes {trial.classes}  outcomes {_some(trial.outcomes)}")
        months = "".join(f"{month:%Y-%m}".rjust(9) for month in trial.months)
        self.stdout.write(
            f"{'rule':<14}{months}{'/class·month':>14}{'precision':>20}{'recall':>20}"
        )
        rows = {row.rule: row for row in trial.accuracy}
        for rule in FROM_ROLLS:
            counts = "".join(str(trial.in_month(rule, m)).rjust(9) for m in trial.months)
            row = rows[rule]
            self.stdout.write(
                f"{rule.value:<14}{counts}{trial.per_class_month(rule):>14.2f}"
                f"{_share(row.precision):>20}{_share(row.recall):>20}"
            )


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise CommandError(_("--set 要写成“参数=数值”，例如 sign_run_days=2。"))
    return key.strip(), value.strip()


def _share(share: Share) -> str:
    if not share.base:
        return "-"
    if share.is_small:
        return f"(< {SMALL})"
    return f"{share.count * 100 / share.base:.1f}% ({share.count}/{share.base})"


def _some(count: int) -> str:
    return f"< {SMALL}" if 0 < count < SMALL else str(count)
