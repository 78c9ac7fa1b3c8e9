"""How dates, people and facts read in a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from notoneless.rules.documents.articles import ARTICLES, REMEDIES, cited
from notoneless.rules.documents.payloads.parts import (
    Guardian,
    Heard,
    Office,
    Pupil,
    Remedy,
    Said,
    ServedPaper,
)

NO_DAY = "　　年　　月　　日"
"""Where a date is not known yet: room to write it."""
SENTENCE_ENDS = "。！？；"


def day(on: date | None) -> str:
    """2026年11月20日; empty without a date."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def by(on: date | None) -> str:
    """2026年11月20日前（含当日）."""
    return f"{day_in_text(on)}前（含当日）"


def day_in_text(on: date | None) -> str:
    """The same inside a sentence, where a missing date leaves room."""
    return day(on) or NO_DAY


def moment(on: date | None, hour: str) -> str:
    """2026年11月20日 18:30."""
    return f"{day(on)} {hour}".strip()


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence; nothing stays nothing."""
    text = text.strip()
    return text if not text or text[-1] in SENTENCE_ENDS else text + "。"


def numbered(texts: Iterable[str]) -> tuple[str, ...]:
    """1. … 2. …; a single one has no number; empty ones are left out."""
    told = [sentence(text) for text in texts if text.strip()]
    if len(told) < 2:
        return tuple(told)
    return tuple(f"{place}. {text}" for place, text in enumerate(told, start=1))


def known(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are articles; ``lacking`` tells of the others."""
    return tuple(key for key in keys if key in ARTICLES)


def described(pupil: Pupil) -> str:
    """张兰（女，2013年4月5日出生）, as much of it as is known."""
    parts = [pupil.sex, f"{day(pupil.born_on)}出生" if pupil.born_on else ""]
    inside = "，".join(part for part in parts if part)
    return f"{pupil.name}（{inside}）" if inside else pupil.name


def schooling(pupil: Pupil) -> str:
    """青河县石桥镇中心小学五年级（2）班."""
    return f"{pupil.school}{pupil.class_name}"


def called(guardian: Guardian, pupil: Pupil) -> str:
    """张强（张兰的父亲）."""
    if not guardian.relation:
        return guardian.name
    return f"{guardian.name}（{pupil.name}的{guardian.relation}）"


def away(since: date | None, school_days: int = 0) -> str:
    """自2026年11月9日起没有到校，至今已有5个上学日."""
    text = f"自{day_in_text(since)}起没有到校"
    return f"{text}，至今已有{school_days}个上学日" if school_days else text


def paper(served: ServedPaper) -> str:
    """《返校通知书》（石政返校通〔2026〕2号）."""
    number = f"（{served.number_text}）" if served.number_text else ""
    return f"《{served.name}》{number}"


def paper_served(served: ServedPaper) -> str:
    """The same with the day and the way it was served."""
    if not served.served_on:
        return paper(served)
    how = f"以{served.method}方式" if served.method else ""
    return f"{paper(served)}，于{day(served.served_on)}{how}送达"


def reach(office: Office) -> str:
    """Whom to call and where to go, as one sentence; empty when nothing is known."""
    parts = [
        f"联系人：{office.contact}" if office.contact else "",
        f"电话：{office.phone}" if office.phone else "",
        f"地址：{office.address}" if office.address else "",
    ]
    return sentence("，".join(part for part in parts if part))


def heard(statement: Heard | None, *, you: str = "您", we: str = "本机关") -> tuple[str, ...]:
    """What the guardian said, declined to say or did not come to say.

    ``you`` and ``we``: how the paper calls guardian and office.
    """
    if statement is None:
        return ()
    on = day_in_text(statement.on)
    match statement.said:
        case Said.SPOKE:
            told = (
                f"{on}，{we}听取了{you}的陈述和申辩。{you}的意见是：{sentence(statement.summary)}"
            )
        case Said.NOTHING_TO_SAY:
            told = f"{on}，{we}听取{you}的意见，{you}表示没有需要陈述和申辩的内容。"
        case _:
            told = (
                f"{we}事先通知{you}于{on}陈述意见，{you}没有到场，也没有用其他方式提出意见。"
                f"此后{you}提出的事实和理由，{we}仍会核实。"
            )
    answer = f"{we}复核认为：{sentence(statement.answer)}" if statement.answer else ""
    return (told, answer) if answer else (told,)


def remedies(remedy: Remedy | None, what: str) -> str:
    """Where and until when another judgement can be asked for; both ways in one sentence."""
    if remedy is None:
        return ""
    return (
        f"您不服本{what}的，可以自知道本{what}之日起{remedy.review_days}日内"
        f"向{remedy.review_body}申请行政复议，"
        f"也可以自知道本{what}之日起{remedy.suit_months}个月内"
        f"直接向{remedy.court}提起行政诉讼（{cited(REMEDIES)}）。"
    )


def people(names: Sequence[str]) -> str:
    return "、".join(name for name in names if name)
