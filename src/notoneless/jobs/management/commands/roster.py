"""``notoneless roster import PATH…``: bring roster files from the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from notoneless.access.queries import county_system
from notoneless.flows.roster.counties import county_for_import
from notoneless.flows.roster.running import import_rosters, roster_files
from notoneless.jobs.clock import read_clock
from notoneless.jobs.statements import statements_forgotten
from notoneless.places.queries import counties


class Command(BaseCommand):
    help = "Import student rosters (.xls, .xlsx, .csv or folders of them)"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="read, check and write rosters")
        bring.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        bring.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        bring.add_argument("--report", type=Path, metavar="FILE.json", help="write every finding")
        bring.add_argument("--county", type=_county_code, help="six-digit code of the county")
        bring.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paths = roster_files(options["paths"])
        except FileNotFoundError as problem:
            raise CommandError(_("找不到文件：%(path)s") % {"path": problem}) from problem
        if not paths:
            raise CommandError(_("没有可导入的文件：文件夹里没有 .xls、.xlsx 或 .csv。"))
        self._make_ready()
        _now, today = read_clock()
        with statements_forgotten():
            tally = self._run(paths, options, options["today"] or today)
        self._tell(tally, options)

    def _make_ready(self) -> None:
        """A development database that nobody has made yet is made now."""
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if settings.IS_PRODUCTION:
            raise CommandError(_("数据库还没有升级。请先运行 notoneless migrate。"))
        self.stderr.write(_("正在建立数据库……"))
        call_command("migrate", verbosity=0)

    def _run(self, paths: list[Path], options: dict[str, Any], today: date) -> dict[str, Any]:
        is_trial = bool(options["dry_run"])
        with transaction.atomic() if is_trial and not counties() else nullcontext():
            county_id, is_new = county_for_import(
                options["county"],
                may_use_sample=not settings.IS_PRODUCTION,
                now=_clock(),
                today=today,
            )
            if county_id is None:
                raise CommandError(_("请用 --county 指明县（六位行政区划代码）。"))
            actor = county_system(county_id, today=today)
            tally = import_rosters(
                paths,
                actor=actor,
                is_trial=is_trial,
                today=today,
                clock=_clock,
                report_to=options["report"],
            )
            if is_trial and is_new:
                # A trial on an empty database leaves it empty.
                transaction.set_rollback(True)
        return tally

    def _tell(self, tally: dict[str, Any], options: dict[str, Any]) -> None:
        for file in tally["files"]:
            for words in [file.get("refused", {}).get("message", ""), *file["notes"]]:
                if words:
                    self.stderr.write(f"{file['file']}: {words}")
        if tally["schools_to_place"]:
            names = "、".join(tally["schools_to_place"])
            self.stderr.write(
                _("新建的学校，请在“管理”的单位页面归到所在乡镇：%(names)s") % {"names": names}
            )
        self.stdout.write(
            _(
                "共 %(rows)s 行：接受 %(accepted)s（新增 %(new)s，变更 %(changed)s，"
                "无变化 %(unchanged)s），拒绝 %(refused)s，待裁定 %(parked)s；提醒 %(warned)s 条。"
            )
            % tally
        )
        if options["dry_run"]:
            self.stdout.write(_("试运行，没有写入任何内容。"))


def _clock() -> datetime:
    return read_clock()[0]


def _county_code(text: str) -> str:
    if len(text) != 6 or not text.isdecimal():
        raise ArgumentTypeError("a county has a code of six digits")
    return text
