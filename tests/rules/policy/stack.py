"""Small packs and adoptions for the tests of the policy stack."""

from __future__ import annotations

from datetime import date

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, Rank
from notoneless.rules.policy.reading import read_pack

SEPTEMBER = date(2026, 9, 1)
NOVEMBER_20 = date(2026, 11, 20)

HEAD = """\
id = "{system}/{version}"
system = "{system}"
title_zh = "样例"
title_en = "Sample"
effective_from = {start}
"""


def pack_text(rules, *, system="local", version="2026", start="2026-09-01"):
    return HEAD.format(system=system, version=version, start=start) + "\n" + rules


def pack(rules, **heading):
    return read_pack(pack_text(rules, **heading), "sample.toml")


def days(key, value, unit="school_days", operator=">="):
    return (
        f'[rules.{key}]\nvalue = {value}\nunit = "{unit}"\noperator = "{operator}"\n'
        'source = "local paper no. 7"\n'
    )


def text(key, value):
    return f'[rules.{key}]\nvalue = "{value}"\nsource = "local paper no. 7"\n'


def layer(rules, place, rank, line=Line.GOVERNMENT, *, from_on=SEPTEMBER, **rest):
    heading = {k: rest.pop(k) for k in ("system", "version", "start") if k in rest}
    return Layer(
        place=place, rank=rank, line=line, pack=pack(rules, **heading), from_on=from_on, **rest
    )


def county(rules, **rest):
    return layer(rules, "qinghe-county", Rank.COUNTY, **rest)


def township(rules, **rest):
    return layer(rules, "shiqiao-township", Rank.TOWNSHIP, **rest)


def centre_school(rules, **rest):
    return layer(rules, "shiqiao-centre", Rank.TOWNSHIP, Line.EDUCATION, **rest)


def school(rules, **rest):
    return layer(rules, "shiqiao-primary", Rank.SCHOOL, Line.EDUCATION, **rest)
