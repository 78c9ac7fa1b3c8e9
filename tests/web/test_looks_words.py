"""Chinese is the source and English is complete."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override

import notoneless
from notoneless.web.templatetags import looks
from tests.structure.source import modules
from tools import messages

CHINESE = re.compile(r"[\u3400-\u9fff]")
NUMERALS = "〇一二三四五六七八九十日"
MARKS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "gettext_noop",
    "npgettext",
    "npgettext_lazy",
}
# Data, not interface: invented people; dates whose English form is written beside them.
NOT_INTERFACE = {
    "web/styleguide/samples.py",
    "web/day_words.py",
    # An office's papers are in Chinese whatever the reader's language.
    "web/consequences/papers.py",
}


def raw_strings(tree: ast.Module) -> list[str]:
    """Chinese string literals that no translation call encloses.

    Docstrings do not count, nor does a word of the data that the same module says translated.
    """
    marked = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in MARKS
    ]
    inside = [part for node in marked for part in ast.walk(node)]
    allowed = {id(node) for node in [*_docstrings(tree), *inside]}
    translated = {node.value for node in inside if isinstance(node, ast.Constant)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value.strip(NUMERALS))
        and node.value not in translated
        and id(node) not in allowed
    ]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _docstrings(tree: ast.Module):
    for node in ast.walk(tree):
        for child in (
            getattr(node, "body", []) if isinstance(getattr(node, "body", []), list) else []
        ):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                yield child.value


def test_no_page_says_chinese_that_cannot_be_translated():
    raw = {
        str(path): raw_strings(tree)
        for path, tree in modules("web")
        if path.as_posix() not in NOT_INTERFACE
    }

    assert {path: strings for path, strings in raw.items() if strings} == {}


def test_a_raw_string_would_be_found():
    tree = ast.parse('"""说明"""\nx = _("已译")\ny = "没有译"\nf"第{n}条"\n')

    assert raw_strings(tree) == ["没有译", "第", "条"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message("共 %(n)s 条", "%(m)s rows"), "placeholders differ"),
        (Message("共 %(n)s 条", "rows"), "placeholders differ"),
        (Message("退出", "退出"), "Chinese left"),
        (Message("退出", "Sign out", flags=["fuzzy"]), "fuzzy"),
    ],
)
def test_a_careless_translation_is_refused(message: Message, said: str):
    assert any(said in fault for fault in messages.faults(message))


def test_a_good_translation_passes():
    assert list(messages.faults(Message("共 %(n)s 条", "%(n)s in all"))) == []


def test_strings_are_found_in_templates_and_in_python(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n  <p>don\'t {% translate "查询" %}</p>\n'
        "{% blocktranslate count n=rows %}{{ n }} 行{% plural %}{{ n }} 行们{% endblocktranslate %}"
        '{% translate "开" context "switch" %}{% badge _("在校") %}',
        encoding="utf-8",
    )
    code = tmp_path / "code.py"
    code.write_text('x = pgettext("month", "月")\n', encoding="utf-8")

    assert list(messages.strings_of(page)) == [
        ("查询", None),
        (("%(n)s 行", "%(n)s 行们"), None),
        ("开", "switch"),
        ("在校", None),
    ]
    assert list(messages.strings_of(code)) == [("月", "month")]


def test_the_compiled_catalogue_is_read(tmp_path):
    messages.compile_catalogue(to=tmp_path / "django.mo")
    with (tmp_path / "django.mo").open("rb") as file:
        english = GNUTranslations(file)

    assert english.gettext("退出") == "Sign out"
    people = "共 %(n)s 人"
    assert english.ngettext(people, people, 1) % {"n": 1} == "1 person in all"
    assert english.ngettext(people, people, 2) % {"n": 2} == "2 people in all"


def test_dates_are_said_in_the_readers_language():
    friday = date(2026, 11, 20)
    late = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)

    with override("zh-hans"):
        assert looks.day(friday) == "2026年11月20日 周五"
        assert looks.short_day(friday) == "11月20日 周五"
        assert looks.day(late) == "2026年11月21日 周六"
        assert looks.moment(late) == "2026年11月21日 00:05"
    with override("en"):
        assert looks.day(friday) == "Fri 20 Nov 2026"
        assert looks.short_day(friday) == "Fri 20 Nov"
        assert looks.moment(late) == "21 Nov 2026 00:05"
    assert looks.day(None) == looks.short_day(None) == looks.moment(None) == ""


def test_the_package_is_the_one_that_was_read():
    assert (Path(notoneless.__file__).parent / "web") == messages.SOURCE / "web"
