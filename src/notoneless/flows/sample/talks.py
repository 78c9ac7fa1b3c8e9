"""Whom the teachers of 云顶小学 called, visited and talked to in the four weeks."""

from __future__ import annotations

from dataclasses import dataclass

from notoneless.flows.sample.script import SIXTY
from notoneless.rules.contacts.kinds import Kind, Met, Purpose, Result

GUARDIAN = frozenset({Met.GUARDIAN})
BOTH = frozenset({Met.GUARDIAN, Met.CHILD})


@dataclass(frozen=True, slots=True)
class Spoke:
    """One contact of a homeroom teacher about a child; days are counted back as in the script."""

    grade: int
    seat: int
    back: int
    kind: Kind
    result: Result = Result.REACHED
    purpose: Purpose = Purpose.ABSENCE
    met: frozenset[Met] = GUARDIAN
    child_words: str = ""
    guardian_view: str = ""
    found: str = ""
    next_step: str = ""
    with_principal: bool = False

    @property
    def hour(self) -> str:
        """Calls in the morning, talks at noon, visits after school."""
        return {Kind.CALL: "09:20", Kind.TALK: "12:40"}.get(self.kind, "16:50")


def _called(grade: int, seat: int, back: int, view: str = "") -> Spoke:
    if not view:
        nobody: frozenset[Met] = frozenset()
        return Spoke(grade, seat, back, Kind.CALL, Result.NOT_REACHED, met=nobody)
    return Spoke(grade, seat, back, Kind.CALL, guardian_view=view)


def _visited(grade: int, seat: int, back: int, view: str, found: str) -> Spoke:
    """An ordinary visit of the term."""
    return Spoke(
        grade,
        seat,
        back,
        Kind.VISIT,
        purpose=Purpose.ROUTINE,
        met=BOTH,
        guardian_view=view,
        found=found,
    )


def _talked(grade: int, seat: int, back: int, words: str, purpose: Purpose) -> Spoke:
    return Spoke(
        grade,
        seat,
        back,
        Kind.TALK,
        purpose=purpose,
        met=frozenset({Met.CHILD}),
        child_words=words,
        next_step="下周再谈一次。",
    )


SPOKE = (
    # Away for three days: nobody answers, then the grandmother does; the visit is still due.
    _called(SIXTY, 0, 3),
    _called(SIXTY, 0, 2, "奶奶接的电话：这几天在外婆家，说不清哪天回来。"),
    # Perhaps four days: two calls in vain, then a visit with the principal.
    _called(3, 0, 4),
    _called(3, 0, 2),
    Spoke(
        3,
        0,
        2,
        Kind.VISIT,
        Result.UNDECIDED,
        guardian_view="父亲在外打工，爷爷说等他父亲月底回来再定。",
        found="家中只有爷爷和弟弟，孩子在屋后帮忙收苞谷。",
        next_step="月底前再去一次，约好父亲。",
        with_principal=True,
    ),
    # Four days and back again.
    _called(5, 3, 11),
    _called(5, 3, 10, "母亲说孩子不想上学，劝不动。"),
    Spoke(
        5,
        3,
        9,
        Kind.VISIT,
        Result.WILL_RETURN,
        Purpose.PERSUASION,
        BOTH,
        child_words="数学听不懂，怕老师提问。",
        guardian_view="愿意送，希望老师多讲几遍。",
        found="家里支持读书，书桌收拾得整齐。",
        next_step="返校后每周补一次数学。",
        with_principal=True,
    ),
    _talked(5, 3, 7, "回来第一天还习惯，想坐前面一点。", Purpose.AFTER_RETURN),
    _talked(5, 3, 3, "分数除法会一点了。", Purpose.AFTER_RETURN),
    Spoke(
        5,
        3,
        4,
        Kind.VISIT,
        purpose=Purpose.AFTER_RETURN,
        met=BOTH,
        guardian_view="晚上自己写作业，比以前开心。",
        found="已按时到校五天。",
    ),
    _called(6, 5, 6, "父亲说早上看着他出的门。"),
    _talked(6, 5, 4, "那两天和表哥去河边了，不会再去。", Purpose.ABSENCE),
    _called(1, 2, 9, "肚子痛，忘了请假。"),
    # The term's ordinary visits.
    _visited(SIXTY, 12, 16, "孩子在家帮着带妹妹，作业写得晚。", "父母都在县城做工，周末回来。"),
    _visited(SIXTY, 13, 15, "想让他学乐器，镇上没有老师。", "爷爷奶奶照看，家里有书。"),
    _visited(SIXTY, 14, 13, "没有什么困难，感谢老师上门。", "住得远，走路要五十分钟。"),
    _visited(SIXTY, 15, 11, "冬天路滑，早上希望有人一起走。", "同村还有三个同学，可以结伴。"),
    _visited(SIXTY, 16, 6, "孩子话少，希望老师多问问他。", "父亲在外，母亲一人带两个孩子。"),
    _visited(2, 12, 12, "爱看书，家里书看完了。", "可以从图书角借回家。"),
    _visited(3, 12, 10, "住校以后自己会洗衣服了。", "每两周回家一次。"),
    _visited(6, 12, 8, "盼着他考上县里的初中。", "成绩稳定，身体好。"),
    _talked(SIXTY, 16, 5, "喜欢画画，不太敢举手。", Purpose.ROUTINE),
    _talked(SIXTY, 17, 2, "想妈妈，周五视频了一次。", Purpose.ROUTINE),
)
WITNESS = "石桥乡云顶村 向明"
"""Who was there: a visit closes by a witness as well as by a photo."""
