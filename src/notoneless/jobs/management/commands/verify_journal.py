"""Say whether the journal is whole, in sentences, for people who must answer for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notoneless.journal import queries
from notoneless.journal.queries import Finding, Report, Trouble
from notoneless.places.queries import counties as known_counties
from notoneless.places.queries import county_by_code
from notoneless.rules.chain import Anchor, AnchorPart, BadAnchor, read_anchor

MISUSE = 2
"""Exit code for a question that cannot be answered; 1 says that something was found."""

SENTENCES: Mapping[Trouble, Promise] = {
    Trouble.SEALS_MISSING: gettext_lazy(
        "第 %(seq)s 号至第 %(last_seq)s 号封条不见了：这些记录连同封条已被删除。"
    ),
    Trouble.ENTRY_MISSING: gettext_lazy("第 %(seq)s 号封条还在，但它封存的记录已被删除。"),
    Trouble.ENTRY_CHANGED: gettext_lazy(
        "第 %(seq)s 号记录与封条不符：记录被改动过，或者是后来塞进去的（%(row)s）。"
    ),
    Trouble.ENTRY_MOVED: gettext_lazy(
        "第 %(seq)s 号位置上的记录原本不在这里：记录的先后次序被调换过（%(row)s）。"
    ),
    Trouble.CHAIN_BROKEN: gettext_lazy("第 %(seq)s 号封条与前一号接不上：此处之前的内容被改动过。"),
    Trouble.SLIPPED_IN: gettext_lazy(
        "有一条记录自称时间较早，但当时封存时并没有它：是后来补插进去的（%(row)s）。"
    ),
    Trouble.TAIL_CUT: gettext_lazy(
        "日志末尾被截断：第 %(seq)s 号至第 %(last_seq)s 号曾经存在，现在没有了。"
    ),
    Trouble.HEAD_DIFFERS: gettext_lazy(
        "第 %(seq)s 号封条与系统记下的链尾不一致：末尾的封条或链尾被改动过。"
    ),
    Trouble.ANCHOR_DIFFERS: gettext_lazy(
        "第 %(seq)s 号封条与打印的锚定行不一致：打印之后，整条链被重新编造过。"
    ),
    Trouble.ROW_CHANGED: gettext_lazy("记录所指的数据与记录当时不同，已被改动：%(row)s。"),
    Trouble.ENDED_UNRECORDED: gettext_lazy("数据被标为已结束，但日志里没有结束的记录：%(row)s。"),
    Trouble.ROW_MISSING: gettext_lazy("记录所指的数据已被删除，但没有依法清除的记载：%(row)s。"),
    Trouble.ROW_UNRECORDED: gettext_lazy(
        "有一行数据在日志里没有任何记录，是绕过系统写入的：%(row)s。"
    ),
    Trouble.SALT_MISSING: gettext_lazy(
        "核对数据所需的随机值已被删除，但没有依法清除的记载：%(row)s。"
    ),
}
WRONG_PARTS: Mapping[AnchorPart, Promise] = {
    "length": gettext_lazy("锚定行应为六段，以空格分开；请照打印的整行录入。"),
    "mark": gettext_lazy("锚定行应以 NOL1 开头，读到的是“%(value)s”。"),
    "county": gettext_lazy("锚定行第二段应为县的编号，读到的是“%(value)s”。"),
    "seq": gettext_lazy("锚定行第三段应为封条号，读到的是“%(value)s”。"),
    "date": gettext_lazy("锚定行第四段应为日期，如 2026-11-20，读到的是“%(value)s”。"),
    "hash": gettext_lazy("锚定行第五段应为 64 位十六进制数，读到的是“%(value)s”。"),
    "check": gettext_lazy("锚定行最后一段应为 8 位校验码，读到的是“%(value)s”。"),
    "sum": gettext_lazy("锚定行的校验码对不上：有字符录错，请对照打印件逐段核对。"),
}


class Command(BaseCommand):
    help = "Find edits, deletions, insertions, re-ordering and a cut tail in the journal"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", default="", help="division code or id; all when absent")
        parser.add_argument(
            "--anchor", nargs="+", default=(), metavar="WORD", help="a line printed earlier"
        )

    def handle(self, *args: Any, county: str, anchor: Sequence[str], **options: Any) -> None:
        line = _anchor(" ".join(anchor)) if anchor else None
        names = {id: f"{name}（{code}）" for id, code, name in known_counties()}
        is_whole = True
        for county_id in _counties(county, line):
            report = queries.verify(county_id, anchor=line)
            self._tell(names.get(county_id, str(county_id)), report)
            is_whole = is_whole and report.is_whole
        if not is_whole:
            raise CommandError(_("日志不完整。请保留现状，报上级核查，不要自行修复。"))

    def _tell(self, name: str, report: Report) -> None:
        counts = {"county": name, "sealed": report.sealed, "rows": report.rows_checked}
        self.stdout.write(
            _("%(county)s：检查了 %(sealed)s 条已封存的记录，核对了 %(rows)s 行数据。") % counts
        )
        for finding in report.findings:
            self.stdout.write("  ✗ " + sentence_of(finding))
        if report.unlisted:
            self.stdout.write(_("  另有 %(count)s 处未列出。") % {"count": report.unlisted})
        for note in _notes(report):
            self.stdout.write("  · " + note)
        if report.is_whole:
            self.stdout.write(_("  ✓ 日志完整，未发现改动。"))


def sentence_of(finding: Finding) -> str:
    """One finding in words, in the reader's language."""
    return str(SENTENCES[finding.trouble]) % {
        "seq": finding.seq,
        "last_seq": finding.last_seq,
        "row": finding.row,
    }


def _notes(report: Report) -> list[str]:
    notes = []
    if report.is_demo:
        said = _("演示县的日志：%(count)s 条记录由演示程序写下，都带有标记；不是真实数据。")
        notes.append(said % {"count": report.simulated})
    if report.erased:
        notes.append(_("%(count)s 条记录的数据已依法清除，不再核对。") % {"count": report.erased})
    if report.waiting and report.waiting_since:
        since = date_format(localtime(report.waiting_since), "Y-m-d H:i")
        notes.append(
            _("%(count)s 条记录还没有封存，最早一条记于 %(since)s；请确认定时任务在运行。")
            % {"count": report.waiting, "since": since}
        )
    return notes


def _anchor(line: str) -> Anchor:
    try:
        return read_anchor(line)
    except BadAnchor as problem:
        raise CommandError(
            str(WRONG_PARTS[problem.part]) % {"value": problem.value}, returncode=MISUSE
        ) from problem


def _counties(wanted: str, anchor: Anchor | None) -> list[UUID]:
    county_id = _county(wanted) if wanted else None
    if anchor and county_id not in {None, anchor.county_id}:
        raise CommandError(_("锚定行属于另一个县，不能用来核对这个县。"), returncode=MISUSE)
    if anchor:
        return [anchor.county_id]
    return [county_id] if county_id else queries.counties()


def _county(wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        county_id = county_by_code(wanted)
    if county_id is None:
        raise CommandError(
            _("没有编号为“%(wanted)s”的县。请填写六位行政区划代码或系统编号。")
            % {"wanted": wanted},
            returncode=MISUSE,
        )
    return county_id
