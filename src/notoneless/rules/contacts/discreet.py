"""Words that would tell a restricted cause to people outside the school's door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TELLING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pregnancy": ("怀孕", "有孕", "身孕", "妊娠", "早孕", "流产", "待产"),
        "violence": ("家暴", "殴打", "虐待", "暴力", "性侵", "强奸", "猥亵", "挨打", "被打"),
        "religion": ("宗教", "信教", "教徒", "传教", "教会", "清真寺", "寺院", "经文班"),
        "illness": (
            "因病",
            "患病",
            "疾病",
            "生病",
            "重病",
            "抑郁",
            "癫痫",
            "精神病",
            "传染病",
            "艾滋",
            "肝炎",
            "白血病",
        ),
    }
)
_WORD: Final = re.compile("|".join(word for words in TELLING.values() for word in words))
_DENIED: Final = re.compile(r"(?:没有|没|未|无|并非|不是|不存在|排除)[^，。；\n]{0,6}$")


def telling_word(text: str) -> str:
    """The first word that tells a restricted cause; empty where there is none.

    "没有查到患病" tells none. Words can be gone round; causes that were chosen are folded by
    ``fold`` whatever is written. Source: product §Protection, R-300.
    """
    for found in _WORD.finditer(text):
        if _DENIED.search(text[: found.start()]) is None:
            return found.group()
    return ""
