"""Who may do what: roles, capabilities, and the most that each role can ever be given.

The ceilings are code because no policy may lift them; which of them a role really has in a place
is policy (``roles.*`` of a pack may only take away). Source: requirements §Roles, R-022.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.units import SCHOOLS, UnitKind


class Capability(StrEnum):
    SEE_CHILDREN = "see_children"
    SEE_CONTACTS = "see_contacts"
    """Guardians, phones, addresses."""
    REVEAL_IDENTITY = "reveal_identity"
    """Unmask identity and student numbers, with a purpose."""
    SEE_HEALTH = "see_health"
    ADD_CHILDREN = "add_children"
    CORRECT_CHILDREN = "correct_children"
    MERGE_CHILDREN = "merge_children"
    EXPORT_CHILDREN = "export_children"
    IMPORT_ROSTERS = "import_rosters"
    DECIDE_PARKED_ROWS = "decide_parked_rows"
    SEE_READINGS = "see_readings"
    """Who has opened a child's file."""
    CALL_ROLL = "call_roll"
    """Call the roll of a class; who holds it only for lessons or boarders is in ``flows.rolls``."""
    LOG_CONTACTS = "log_contacts"
    """Write down calls, visits, talks, letters, and reports to the school."""
    INVITE_FAMILIES = "invite_families"
    """Give a child's guardian the link and the code to his own page."""
    NOTE_SIGNS = "note_signs"
    """Say that a child shows a warning sign."""
    SEE_SIGNS = "see_signs"
    """Signs, needs and key-pupil files: those who act on them."""
    KEEP_KEY_PUPILS = "keep_key_pupils"
    HANDLE_CRITICAL = "handle_critical"
    """Critical flags: the named child-protection post alone."""
    SEE_CASES = "see_cases"
    """Dropout cases with their timeline and papers."""
    WORK_CASES = "work_cases"
    """Take the steps of a case that fall to one's own level."""
    ISSUE_PAPERS = "issue_papers"
    """Sign letters, reports and notices for one's unit."""
    ORDER_GUARDIANS = "order_guardians"
    """Orders, decisions, demands and applications to court (义务教育法 art. 58)."""
    CONFIRM_CLOSING = "confirm_closing"
    """Be the second person who closes a case (销号)."""
    ANSWER_REFERRALS = "answer_referrals"
    """Answer what another unit has referred, from its form alone."""
    SEE_CONTRACTS = "see_contracts"
    """Read a unit's responsibility contracts, and who has not signed; parties read their own."""
    KEEP_CONTRACTS = "keep_contracts"
    """Draw them up, hand them over, file and settle them; parties sign their own."""
    SET_TARGETS = "set_targets"
    """Enter a unit's targets and freeze the headcount that they are counted from."""
    SETTLE = "settle"
    """Have a period's rewards, penalties and vetoes computed and put before the approver."""
    CONFIRM_SETTLEMENT = "confirm_settlement"
    """Be the second person without whom no consequence takes effect."""
    RAISE_FAULTS = "raise_faults"
    """Open an accountability case and hear the person."""
    DECIDE_FAULTS = "decide_faults"
    SEND_RETURNS = "send_returns"
    """Open, fill in and send the periodic reports of one's unit."""
    KEEP_WORKPLANS = "keep_workplans"
    """Write down meetings and campaigns."""
    MANAGE_CLASSES = "manage_classes"
    MANAGE_UNITS = "manage_units"
    MANAGE_POSTS = "manage_posts"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_COVERAGE = "manage_coverage"
    """Leading groups, departments' duties, who covers whom."""
    APPROVE_ACCESS = "approve_access"
    MANAGE_CALENDAR = "manage_calendar"
    SEE_POLICY = "see_policy"
    MANAGE_POLICY = "manage_policy"
    RELEASE_SANCTIONS = "release_sanctions"
    VERIFY_JOURNAL = "verify_journal"
    SEE_DIRECTORY = "see_directory"


class Role(StrEnum):
    PRINCIPAL = "principal"
    VICE_PRINCIPAL = "vice_principal"
    LEADERSHIP_MEMBER = "leadership_member"
    POLITICAL_DIRECTOR = "political_director"
    TEACHING_DIRECTOR = "teaching_director"
    STATUS_CLERK = "status_clerk"
    SCHOOL_ADMINISTRATOR = "school_administrator"
    DROPOUT_OFFICER = "dropout_officer"
    GRADE_HEAD = "grade_head"
    HOMEROOM_TEACHER = "homeroom_teacher"
    DEPUTY_HOMEROOM_TEACHER = "deputy_homeroom_teacher"
    SUBJECT_TEACHER = "subject_teacher"
    ATTACHED_LEADER = "attached_leader"
    ATTACHED_TEACHER = "attached_teacher"
    HELPER = "helper"
    STAFF = "staff"
    DORMITORY_KEEPER = "dormitory_keeper"
    CHILD_PROTECTION_OFFICER = "child_protection_officer"
    YOUTH_LEAGUE_SECRETARY = "youth_league_secretary"
    LEGAL_VICE_PRINCIPAL = "legal_vice_principal"
    CENTRE_HEAD = "centre_head"
    CENTRE_CLERK = "centre_clerk"
    TOWNSHIP_HEAD = "township_head"
    TOWNSHIP_LEADER = "township_leader"
    TOWNSHIP_OFFICER = "township_officer"
    TOWNSHIP_CADRE = "township_cadre"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICER = "village_officer"
    GROUP_HEAD = "group_head"
    RESIDENT_CADRE = "resident_cadre"
    COUNTY_LEADER = "county_leader"
    BUREAU_HEAD = "bureau_head"
    BUREAU_LEADER = "bureau_leader"
    COUNTY_CLERK = "county_clerk"
    COUNTY_ADMINISTRATOR = "county_administrator"
    SUPERVISOR = "supervisor"
    DEPARTMENT_LIAISON = "department_liaison"
    VOLUNTEER = "volunteer"
    MENTOR = "mentor"


class Tenure(StrEnum):
    """How a post is held."""

    FULL = "full"
    ACTING = "acting"
    SHARED = "shared"
    STAND_IN = "stand_in"


C = Capability
_READ = frozenset({C.SEE_CHILDREN, C.SEE_POLICY, C.SEE_DIRECTORY})
_REACH_OUT = _READ | {C.SEE_CONTACTS, C.LOG_CONTACTS}
_CASES = frozenset({C.SEE_CASES, C.WORK_CASES})
_TEACH = _REACH_OUT | _CASES | {C.SEE_HEALTH, C.SEE_READINGS, C.NOTE_SIGNS, C.SEE_SIGNS}
_LEAD = _TEACH | {C.REVEAL_IDENTITY, C.EXPORT_CHILDREN}
_SIGN = frozenset({C.ISSUE_PAPERS})
_GOVERN = _SIGN | {C.ORDER_GUARDIANS, C.CONFIRM_CLOSING}
_CONTRACTS = frozenset({C.SEE_CONTRACTS, C.KEEP_CONTRACTS})
_PREPARE = _CONTRACTS | {C.SETTLE, C.RAISE_FAULTS, C.SEND_RETURNS, C.KEEP_WORKPLANS}
"""What a unit's office prepares about those who answer for children."""
_ANSWER_FOR = _PREPARE | {C.SET_TARGETS, C.CONFIRM_SETTLEMENT, C.DECIDE_FAULTS}
"""What the one who heads a unit does about them."""
_ABOVE = _LEAD - {C.SEE_SIGNS, C.NOTE_SIGNS}
"""Outside the school nobody sees who shows a sign: those who act on it are in the school."""
_CLERK = _LEAD | {
    C.ADD_CHILDREN,
    C.CORRECT_CHILDREN,
    C.IMPORT_ROSTERS,
    C.MANAGE_CLASSES,
    C.MANAGE_CALENDAR,
}
_ADMIN = frozenset(
    {
        C.SEE_POLICY,
        C.SEE_DIRECTORY,
        C.MANAGE_UNITS,
        C.MANAGE_POSTS,
        C.MANAGE_ACCOUNTS,
        C.MANAGE_COVERAGE,
    }
)
_CLERK_ABOVE = _CLERK - {C.SEE_SIGNS, C.NOTE_SIGNS}
_COUNTY = _CLERK_ABOVE | {
    C.MERGE_CHILDREN,
    C.DECIDE_PARKED_ROWS,
    C.VERIFY_JOURNAL,
    C.MANAGE_POLICY,
}

CEILING: Mapping[Role, frozenset[Capability]] = MappingProxyType(
    {
        Role.PRINCIPAL: _CLERK
        | _ADMIN
        | _SIGN
        | {C.APPROVE_ACCESS, C.CALL_ROLL, C.KEEP_KEY_PUPILS, C.INVITE_FAMILIES}
        | _ANSWER_FOR,
        Role.VICE_PRINCIPAL: _LEAD
        | _SIGN
        | {C.MANAGE_CLASSES}
        | {C.RAISE_FAULTS, C.SEND_RETURNS, C.KEEP_WORKPLANS, C.SEE_CONTRACTS},
        Role.LEADERSHIP_MEMBER: _TEACH,
        Role.POLITICAL_DIRECTOR: _TEACH | _CONTRACTS | {C.KEEP_WORKPLANS},
        Role.TEACHING_DIRECTOR: _CLERK | _SIGN | {C.CALL_ROLL, C.KEEP_KEY_PUPILS} | _PREPARE,
        Role.STATUS_CLERK: _CLERK | {C.INVITE_FAMILIES} | {C.SEND_RETURNS},
        Role.SCHOOL_ADMINISTRATOR: _ADMIN | {C.MANAGE_CALENDAR, C.MANAGE_CLASSES},
        Role.DROPOUT_OFFICER: _LEAD | _SIGN | {C.SEND_RETURNS, C.KEEP_WORKPLANS},
        Role.GRADE_HEAD: _TEACH,
        Role.HOMEROOM_TEACHER: _TEACH
        | {
            C.REVEAL_IDENTITY,
            C.EXPORT_CHILDREN,
            C.CALL_ROLL,
            C.KEEP_KEY_PUPILS,
            C.INVITE_FAMILIES,
        }
        | {C.SEND_RETURNS}
        | _CONTRACTS,
        Role.DEPUTY_HOMEROOM_TEACHER: _TEACH | {C.CALL_ROLL, C.KEEP_KEY_PUPILS},
        Role.SUBJECT_TEACHER: _READ | {C.CALL_ROLL, C.LOG_CONTACTS, C.NOTE_SIGNS},
        Role.ATTACHED_LEADER: _TEACH,
        Role.ATTACHED_TEACHER: _TEACH,
        Role.HELPER: _REACH_OUT | {C.NOTE_SIGNS},
        Role.STAFF: frozenset({C.SEE_POLICY, C.SEE_DIRECTORY}),
        Role.DORMITORY_KEEPER: _REACH_OUT | {C.CALL_ROLL, C.NOTE_SIGNS},
        Role.CHILD_PROTECTION_OFFICER: _TEACH | {C.HANDLE_CRITICAL},
        Role.YOUTH_LEAGUE_SECRETARY: frozenset({C.SEE_POLICY, C.SEE_DIRECTORY})
        | {C.KEEP_WORKPLANS},
        Role.LEGAL_VICE_PRINCIPAL: frozenset({C.SEE_POLICY, C.SEE_DIRECTORY}),
        Role.CENTRE_HEAD: _ABOVE
        | _ADMIN
        | _SIGN
        | {C.APPROVE_ACCESS, C.DECIDE_PARKED_ROWS, C.CONFIRM_CLOSING}
        | _ANSWER_FOR,
        Role.CENTRE_CLERK: _CLERK_ABOVE | {C.DECIDE_PARKED_ROWS} | _PREPARE,
        Role.TOWNSHIP_HEAD: _ABOVE | _GOVERN | {C.APPROVE_ACCESS, C.MANAGE_COVERAGE} | _ANSWER_FOR,
        Role.TOWNSHIP_LEADER: _REACH_OUT | _CASES,
        Role.TOWNSHIP_OFFICER: _ABOVE | _ADMIN | _GOVERN | _PREPARE,
        Role.TOWNSHIP_CADRE: _REACH_OUT | _CASES,
        Role.VILLAGE_HEAD: _REACH_OUT | _CASES | _CONTRACTS,
        Role.VILLAGE_OFFICER: _REACH_OUT | _CASES,
        Role.GROUP_HEAD: _READ,
        Role.RESIDENT_CADRE: _REACH_OUT | _CASES,
        Role.COUNTY_LEADER: frozenset({C.SEE_POLICY, C.SEE_DIRECTORY}),
        Role.BUREAU_HEAD: _ABOVE
        | _GOVERN
        | {C.APPROVE_ACCESS, C.RELEASE_SANCTIONS, C.MANAGE_POLICY, C.VERIFY_JOURNAL}
        | _ANSWER_FOR,
        Role.BUREAU_LEADER: _ABOVE | _GOVERN | {C.APPROVE_ACCESS} | _ANSWER_FOR,
        Role.COUNTY_CLERK: _COUNTY | _ADMIN | _GOVERN | _PREPARE,
        Role.COUNTY_ADMINISTRATOR: _ADMIN | {C.MANAGE_CALENDAR, C.VERIFY_JOURNAL},
        Role.SUPERVISOR: (_ABOVE - {C.LOG_CONTACTS, C.WORK_CASES})
        | {C.VERIFY_JOURNAL}
        | {C.RAISE_FAULTS, C.SEE_CONTRACTS},
        Role.DEPARTMENT_LIAISON: frozenset({C.SEE_CHILDREN, C.ANSWER_REFERRALS}),
        # Their own paired children only (product §Who uses it): a post at a school must not show
        # them the others, and no pairing is on record yet.
        Role.VOLUNTEER: frozenset(),
        Role.MENTOR: frozenset(),
    }
)

NEEDS_APPROVAL = frozenset(
    {
        C.SEE_CHILDREN,
        C.SEE_CONTACTS,
        C.REVEAL_IDENTITY,
        C.SEE_HEALTH,
        C.ADD_CHILDREN,
        C.CORRECT_CHILDREN,
        C.MERGE_CHILDREN,
        C.EXPORT_CHILDREN,
        C.IMPORT_ROSTERS,
        C.DECIDE_PARKED_ROWS,
        C.SEE_READINGS,
        C.CALL_ROLL,
        C.LOG_CONTACTS,
        C.INVITE_FAMILIES,
        C.NOTE_SIGNS,
        C.SEE_SIGNS,
        C.KEEP_KEY_PUPILS,
        C.HANDLE_CRITICAL,
        C.SEE_CASES,
        C.WORK_CASES,
        C.ISSUE_PAPERS,
        C.ORDER_GUARDIANS,
        C.CONFIRM_CLOSING,
        C.ANSWER_REFERRALS,
        C.SEE_CONTRACTS,
        C.KEEP_CONTRACTS,
        C.SETTLE,
        C.CONFIRM_SETTLEMENT,
        C.RAISE_FAULTS,
        C.DECIDE_FAULTS,
        C.SEND_RETURNS,
    }
)
"""Asleep until a named responsible person has approved the post's access, and when it expires.

Source: 未成年人网络保护条例 art. 36.
"""

_IN_SCHOOL = SCHOOLS
_IN_CLASS = frozenset({UnitKind.CLASS})
_AT_TOWNSHIP = frozenset({UnitKind.TOWNSHIP, UnitKind.COMMUNITY, UnitKind.EDUCATION_OFFICE})
_AT_BUREAU = frozenset({UnitKind.BUREAU})

WHERE: Mapping[Role, frozenset[UnitKind]] = MappingProxyType(
    {
        **dict.fromkeys(Role, _IN_SCHOOL),
        Role.GRADE_HEAD: frozenset({UnitKind.GRADE}),
        **dict.fromkeys(
            (
                Role.HOMEROOM_TEACHER,
                Role.DEPUTY_HOMEROOM_TEACHER,
                Role.ATTACHED_LEADER,
                Role.ATTACHED_TEACHER,
            ),
            _IN_CLASS,
        ),
        Role.VICE_PRINCIPAL: _IN_SCHOOL | {UnitKind.GRADE},
        Role.LEADERSHIP_MEMBER: _IN_SCHOOL | {UnitKind.GRADE},
        Role.CENTRE_HEAD: frozenset({UnitKind.CENTRE_SCHOOL}),
        Role.CENTRE_CLERK: frozenset({UnitKind.CENTRE_SCHOOL}),
        Role.TOWNSHIP_HEAD: _AT_TOWNSHIP,
        Role.TOWNSHIP_LEADER: _AT_TOWNSHIP | {UnitKind.VILLAGE},
        Role.TOWNSHIP_OFFICER: _AT_TOWNSHIP,
        Role.TOWNSHIP_CADRE: _AT_TOWNSHIP | {UnitKind.VILLAGE},
        Role.VILLAGE_HEAD: frozenset({UnitKind.VILLAGE, UnitKind.COMMUNITY}),
        Role.VILLAGE_OFFICER: frozenset({UnitKind.VILLAGE, UnitKind.COMMUNITY}),
        Role.RESIDENT_CADRE: frozenset({UnitKind.VILLAGE, UnitKind.GROUP}),
        Role.GROUP_HEAD: frozenset({UnitKind.GROUP}),
        Role.COUNTY_LEADER: frozenset({UnitKind.COUNTY}),
        Role.BUREAU_HEAD: _AT_BUREAU,
        Role.BUREAU_LEADER: _AT_BUREAU,
        Role.COUNTY_CLERK: _AT_BUREAU,
        Role.COUNTY_ADMINISTRATOR: _AT_BUREAU,
        Role.SUPERVISOR: _AT_BUREAU,
        Role.DEPARTMENT_LIAISON: frozenset({UnitKind.DEPARTMENT}),
        Role.CHILD_PROTECTION_OFFICER: _IN_SCHOOL | _AT_BUREAU | {UnitKind.TOWNSHIP},
    }
)
"""The kinds of unit at which a post with this role can stand."""

SOLE = frozenset(
    {
        Role.PRINCIPAL,
        Role.HOMEROOM_TEACHER,
        Role.DEPUTY_HOMEROOM_TEACHER,
        Role.GRADE_HEAD,
        Role.CENTRE_HEAD,
        Role.TOWNSHIP_HEAD,
        Role.VILLAGE_HEAD,
        Role.GROUP_HEAD,
        Role.BUREAU_HEAD,
    }
)
"""One holder at a time; others can only stand in, act, or share it by name."""


def capabilities_of(
    role: Role, *, is_approved: bool, taken_away: frozenset[Capability] = frozenset()
) -> frozenset[Capability]:
    """What a post with ``role`` may do: its ceiling, less what policy takes away, less everything
    about children while nobody has approved the access. No policy takes away critical flags."""
    given = CEILING[role] - (taken_away - {C.HANDLE_CRITICAL})
    return given if is_approved else given - NEEDS_APPROVAL
