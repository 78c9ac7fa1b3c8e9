"""Invented people and places for the styleguide; this is data, so it is not translated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from notoneless.web.navigation import NavItem

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 0, 40, tzinfo=UTC)
PLACE = "青禾县民族中学附属石桥镇中心小学"
PERSON = "欧阳明玥（学籍管理员）"
SURNAMES = "陈林周吴郑王冯蒋沈韩杨朱秦许何吕施张孔曹"
GIVEN = ("一诺", "子涵", "木兰", "䶮", "思远", "小满", "阿依古丽·买买提", "乐", "春燕", "石头")
STATES = (
    ("在校", "accent", "check"),
    ("疑似辍学", "attention", ""),
    ("请假", "neutral", "clock"),
    ("逾期 3 个上课日", "danger", ""),
    ("已转出", "done", "transfer"),
)

CHILD = {
    "name": "阿依古丽·买买提江",
    "village": "青禾县石桥镇上河村大湾组",
    "class_name": "三年级(2)班",
    "guardian": "买买提江·吐尔逊（父亲）",
}
TYPED_WRONG = {"name": "陈" * 61, "born_on": "", "grade": "1"}


@dataclass(frozen=True, slots=True)
class SampleHolding:
    unit_name: str
    unit_kind: str = "school"
    unit_stage: str = ""
    unit_entered_in: int | None = None


@dataclass(frozen=True, slots=True)
class SampleActor:
    name: str
    holdings: tuple[SampleHolding, ...]


ACTOR = SampleActor(PERSON, (SampleHolding(PLACE),))


def menu() -> list[NavItem]:
    entries = (
        ("待办", "inbox"),
        ("点名", "checklist"),
        ("学生", "users"),
        ("个案", "folder-open"),
        ("文书", "file-text"),
        ("报表", "report-analytics"),
        ("政策", "scale"),
        ("单位与岗位", "sitemap"),
        ("设置", "settings"),
    )
    return [
        NavItem("/styleguide", label, icon, is_current=n == 0)
        for n, (label, icon) in enumerate(entries)
    ]


def children(how_many: int = 60) -> list[dict[str, object]]:
    """Rows of a long list; every seventh is overdue."""
    rows: list[dict[str, object]] = []
    for n in range(how_many):
        state, tone, icon = STATES[3 if n % 7 == 3 else (0, 0, 1, 2, 4)[n % 5]]
        given = GIVEN[n % len(GIVEN)]
        rows.append(
            {
                "name": given if "·" in given else SURNAMES[n % len(SURNAMES)] + given,
                "class_name": f"{n % 6 + 1}年级({n % 4 + 1})班",
                "village": ("石桥村", "上河村大湾组", "青禾县城关镇东风社区第三网格")[n % 3],
                "absent_days": (n * 5) % 11,
                "due_on": TODAY + timedelta(days=-3 if tone == "danger" else n % 9),
                "state": state,
                "tone": tone,
                "icon": icon,
                "is_overdue": tone == "danger",
            }
        )
    return rows


def week() -> list[dict[str, object]]:
    monday = date(2026, 11, 16)
    states = (
        ("held", "到齐"),
        ("held", "缺 2"),
        ("missing", "未点名"),
        ("held", "到齐"),
        ("later", "待点名"),
    )
    return [
        {
            "on": monday + timedelta(days=n),
            "state": state,
            "label": label,
            "url": "/styleguide",
            "is_today": n == 4,
        }
        for n, (state, label) in enumerate(states)
    ]


def story() -> list[dict[str, object]]:
    return [
        {
            "at": NOW,
            "title": "家访：见到学生和祖母",
            "text": "学生说想回校，但早上没有车；已与中心校商量校车绕行上河村。",
            "by": "陈立群、王春燕",
            "icon": "home-heart",
        },
        {
            "at": NOW - timedelta(days=1, hours=3),
            "title": "电话联系未接通，第 2 次",
            "by": "陈立群",
            "icon": "phone",
        },
        {
            "at": NOW - timedelta(days=3),
            "title": "家访逾期，已转中心校",
            "by": "系统",
            "icon": "alarm",
            "tone": "danger",
        },
        {"on": date(2026, 11, 12), "title": "连续缺勤 3 个上课日，建立个案", "icon": "flag"},
    ]


def steps() -> list[dict[str, str]]:
    return [
        {"label": "导入行政区划", "state": "done", "note": "石桥镇等 12 个乡镇、143 个村"},
        {"label": "录入学校和中心校", "state": "done", "note": "31 所"},
        {
            "label": "导入学生名册",
            "state": "current",
            "note": "8 个文件中已导入 5 个，待裁定 12 行",
            "url": "/styleguide",
            "action": "继续导入",
        },
        {"label": "批量开设账号并打印纸条", "state": "todo"},
        {"label": "启用本县政策", "state": "todo"},
    ]


def slips() -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "unit": PLACE,
            "username": f"qh-{n + 1:04d}",
            "secret": secret,
            "note": "首次登录后请立即改密码；纸条用后销毁。",
        }
        for n, (name, secret) in enumerate(
            (
                ("陈立群", "mu-7K2P-94"),
                ("王春燕", "he-3T8W-51"),
                ("买买提江·吐尔逊", "shan-6D9R-27"),
            )
        )
    ]
