"""Refusals: every code once, with a sentence, and listed in docs/refusals.md."""

from __future__ import annotations

import importlib
import pkgutil

import notoneless
from notoneless.rules.refusal import Refusal
from notoneless.web.refusals import SENTENCES
from tests.structure.source import ROOT


def refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(notoneless.__path__, "notoneless."):
        if ".management." not in module.name and "config.wsgi" not in module.name:
            importlib.import_module(module.name)
    found, waiting = [], [Refusal]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        found += kinds
        waiting += kinds
    return sorted((k for k in found if k.__module__.startswith("notoneless")), key=lambda k: k.code)


def test_no_two_refusals_share_a_code():
    codes = [kind.code for kind in refusals()]

    assert len(codes) == len(set(codes)), sorted({c for c in codes if codes.count(c) > 1})


def test_every_refusal_has_a_sentence():
    assert {kind.code for kind in refusals()} - set(SENTENCES) == set()


def test_no_sentence_is_left_of_a_refusal_that_is_gone():
    assert set(SENTENCES) - {kind.code for kind in refusals()} == set()


def test_the_list_of_refusals_is_complete():
    listed = (ROOT / "docs" / "refusals.md").read_text("utf-8")

    missing = [k.code for k in refusals() if f"| {k.code} |" not in listed]
    assert missing == [], "run tools/refusals.py"
