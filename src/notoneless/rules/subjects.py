"""The subjects of compulsory education, as timetables write them (义务教育课程方案 2022)."""

from __future__ import annotations

PRIMARY = ("道德与法治", "语文", "数学", "英语", "科学", "体育与健康", "音乐", "美术")
JUNIOR_ONLY = ("物理", "化学", "生物学", "历史", "地理")


def usual_subjects(*, has_primary: bool, has_junior: bool) -> tuple[str, ...]:
    """The columns of a school's matrix of lessons, before it adds its own."""
    if not has_junior:
        return PRIMARY
    return PRIMARY[: 5 if has_primary else 4] + JUNIOR_ONLY + PRIMARY[5:]
