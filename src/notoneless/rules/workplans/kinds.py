"""The closed sets that reports, meetings and campaigns are made of."""

from __future__ import annotations

from enum import StrEnum


class Stream(StrEnum):
    """One kind of report that comes again and again, from one level to the next."""

    CLASS_COUNT = "class_count"
    """班级统计: how many are there, class by class."""
    WEEKLY_INFO = "weekly_info"
    """每周信息报告."""
    SCHOOL_COUNT = "school_count"
    """学校统计, each month by the day that the plan names."""
    TOWNSHIP_COUNT = "township_count"
    """乡镇汇总, each month by the day that the plan names."""
    TERM_START = "term_start"
    """学期初书面报告."""
    SCHOOL_WRITTEN = "school_written"
    """学校月初报告 in the months that the plan names."""
    TOWNSHIP_WRITTEN = "township_written"
    """乡镇书面报告 in the months that the plan names."""
    KEY_UNIT = "key_unit"
    """Of a unit under key management, until that is lifted."""


class Level(StrEnum):
    """Where a report, a meeting or a campaign belongs."""

    CLASS = "class"
    SCHOOL = "school"
    CENTRE = "centre_school"
    TOWNSHIP = "township"
    BUREAU = "county_bureau"


class ReportState(StrEnum):
    """How a report stands; whether it is late is said by its day, not by this."""

    OPEN = "open"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    """Sent back by the receiver with a reason: to be handed in again."""
    CORRECTED = "corrected"
    """Its sender has put another version, with a reason, over one that was handed in."""


class ReportAct(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    CORRECT = "correct"


class Punctual(StrEnum):
    """How a report stands to its day."""

    NO_DAY = "no_day"
    """The plan names no day, so nothing is late."""
    RUNNING = "running"
    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    """Its day is over, and it was not handed in."""


class MeetingKind(StrEnum):
    LEADERSHIP = "leadership"
    """领导小组会议."""
    OFFICE = "office"
    """教导处例会."""
    CAMPAIGN = "campaign"
    """宣传月专题会."""
    SUPERVISION = "supervision"
    """督办会."""
    REGULAR = "regular"
    """定期例会 whose number the plan leaves open."""
    JOINT = "joint"
    """联席会议."""
    OTHER = "other"


class Reach(StrEnum):
    """How far a campaign came: 到村、到户、到班、到人."""

    VILLAGE = "village"
    HOUSEHOLD = "household"
    CLASS = "class"
    PERSON = "person"
