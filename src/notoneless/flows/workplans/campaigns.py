"""Plan a campaign, note what was done in it, report how far it came (R-239 - R-241)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.attendance.queries.members import registered_on
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.flows.workplans.known import Known, is_taught, known_unit
from notoneless.flows.workplans.meetings import SHORTEST, may_keep, must_keep, must_read
from notoneless.flows.workplans.planning import plan_unit
from notoneless.flows.workplans.refusals import (
    AlreadyWithdrawn,
    CampaignFaulty,
    CampaignUsed,
)
from notoneless.journal.services import Stamp
from notoneless.numbers.queries.tree import TreeUnit, tree_of
from notoneless.rules.indicators.periods import Period
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.campaigns import Reached, channels_of, levels_of, reach_of
from notoneless.rules.workplans.kinds import Reach
from notoneless.rules.workplans.streams import month_end
from notoneless.workplans.models import Activity, Campaign, CampaignPlan, CampaignReport
from notoneless.workplans.queries.campaigns import CampaignFile, campaign_file
from notoneless.workplans.services.campaigns import (
    NewActivity,
    NewCampaignReport,
    NewPlan,
    campaign_of,
    write_activity,
    write_plan,
    write_report,
)
from notoneless.workplans.services.meetings import withdraw


@dataclass(frozen=True)
class CampaignSheet:
    """One month of one unit with what there is to reach."""

    known: Known
    file: CampaignFile
    channels: tuple[str, ...]
    """To choose from, those of the plan first."""
    named: frozenset[str]
    """The channels that the plan names."""
    villages: tuple[TreeUnit, ...]
    """In which pupils of the unit live."""
    classes: tuple[TreeUnit, ...]
    persons: int
    """Pupils on the roll."""
    reached: tuple[Reached, ...]
    may_keep: bool

    @property
    def names(self) -> Mapping[UUID, TreeUnit]:
        return {unit.id: unit for unit in (*self.villages, *self.classes)}


def campaign_sheet(actor: Actor, unit_id: UUID, month: date, *, today: date) -> CampaignSheet:
    """A campaign as its unit finds it; some twenty statements.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``CampaignFaulty`` for a day that begins no month.
    """
    must_read(actor, unit_id, on=today)
    if month.day != 1:
        raise CampaignFaulty(lacks="month")
    known = known_unit(actor.county_id, unit_id, on=today)
    file = campaign_file(unit_id, month, county_id=actor.county_id)
    villages, classes, persons = _to_reach(known, actor.county_id, today)
    households = file.plans[0].households if file.plans else None
    levels = levels_of(known.policy)
    policy = known.policy
    return CampaignSheet(
        known,
        file,
        channels_of(policy),
        frozenset(policy.items("campaign_channels") if policy.is_on("campaign_channels") else ()),
        villages,
        classes,
        persons,
        reach_of(
            [each.told for each in file.standing],
            levels,
            units={
                Reach.VILLAGE: [unit.id for unit in villages],
                Reach.CLASS: [unit.id for unit in classes],
            },
            households=households,
            persons=persons,
        ),
        may_keep(actor, unit_id, on=today),
    )


def plan_campaign(  # whose, which month, what
    actor: Actor, unit_id: UUID, month: date, new: NewPlan, *, today: date, now: datetime
) -> None:
    """Write the plan of a month; a later one stands in its place. The same id twice is once.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``CampaignFaulty``, ``CampaignUsed``.
    """
    must_keep(actor, unit_id, on=today)
    known = CampaignPlan.objects.filter(pk=new.id).select_related("campaign").first()
    if known is not None:
        return _must_be(known.campaign, unit_id, month)
    if len(new.text.strip()) < SHORTEST or not new.channels:
        raise CampaignFaulty(lacks="plan")
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit_id)
    with transaction.atomic():
        campaign = _begun(unit_id, month, today, stamp)
        write_plan(campaign, new, on=today, stamp=stamp)
        plan_unit(unit_id, today=today, stamp=stamp)
    return None


def note_activity(  # whose, which month, what
    actor: Actor, unit_id: UUID, month: date, new: NewActivity, *, today: date, now: datetime
) -> None:
    """Note one activity of a month. The same id twice is once.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``CampaignFaulty`` for a day outside the month or
    still to come and for units that are none of its own, ``CampaignUsed``.
    """
    must_keep(actor, unit_id, on=today)
    known = Activity.objects.filter(pk=new.id).select_related("campaign").first()
    if known is not None:
        return _must_be(known.campaign, unit_id, month)
    if not new.channel or not month <= new.held_on <= min(today, month_end(month)):
        raise CampaignFaulty(lacks="held_on" if new.channel else "channel")
    sheet = campaign_sheet(actor, unit_id, month, today=today)
    if not set(new.units) <= sheet.names.keys():
        raise CampaignFaulty(lacks="units")
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit_id)
    with transaction.atomic():
        write_activity(_begun(unit_id, month, today, stamp), new, stamp=stamp)
    return None


def report_campaign(  # whose, which month, what was said
    actor: Actor, unit_id: UUID, month: date, new: NewCampaignReport, *, today: date, now: datetime
) -> None:
    """Report what came of a month, with its reach of this day; a later one gives its reason.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``CampaignFaulty``, ``CampaignUsed``.
    """
    must_keep(actor, unit_id, on=today)
    known = CampaignReport.objects.filter(pk=new.id).select_related("campaign").first()
    if known is not None:
        return _must_be(known.campaign, unit_id, month)
    sheet = campaign_sheet(actor, unit_id, month, today=today)
    if today < month or len(new.text.strip()) < SHORTEST:
        raise CampaignFaulty(lacks="report")
    if sheet.file.reports and len(new.reason.strip()) < SHORTEST:
        raise CampaignFaulty(lacks="reason")
    figures = {
        "activities": len(sheet.file.standing),
        "reach": [
            {
                "level": each.level.value,
                "reached": each.reached,
                "of": each.of,
                "not_reached": [str(unit) for unit in each.not_reached],
            }
            for each in sheet.reached
        ],
    }
    full = NewCampaignReport(new.text.strip(), figures, new.reason.strip(), new.id)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit_id)
    try:
        with transaction.atomic():
            write_report(_begun(unit_id, month, today, stamp), full, on=today, stamp=stamp)
            plan_unit(unit_id, today=today, stamp=stamp)
    except IntegrityError:
        # Another sending of the same page came first.
        _must_be(CampaignReport.objects.get(pk=new.id).campaign, unit_id, month)
    return None


@transaction.atomic
def withdraw_activity(
    actor: Actor, activity_id: UUID, reason: str, *, today: date, now: datetime
) -> Campaign:
    """An activity was written down wrongly: it counts no more, the row stays.

    Raises ``Activity.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``, ``CampaignFaulty``
    without a reason, ``AlreadyWithdrawn``.
    """
    row = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(pk=activity_id, county=actor.county_id)
    )
    unit_id = row.campaign.unit_id
    must_keep(actor, unit_id, on=today)
    if hasattr(row, "withdrawal"):
        raise AlreadyWithdrawn()
    if len(reason.strip()) < SHORTEST:
        raise CampaignFaulty(lacks="reason")
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=unit_id)
    withdraw(row, unit_id, reason.strip(), on=today, stamp=stamp)
    return row.campaign


def _begun(unit_id: UUID, month: date, today: date, stamp: Stamp) -> Campaign:
    if month.day != 1:
        raise CampaignFaulty(lacks="month")
    return campaign_of(unit_id, month, on=today, stamp=stamp)


def _must_be(campaign: Campaign, unit_id: UUID, month: date) -> None:
    if (campaign.unit_id, campaign.month) != (unit_id, month):
        raise CampaignUsed()


def _to_reach(
    known: Known, county_id: UUID, on: date
) -> tuple[tuple[TreeUnit, ...], tuple[TreeUnit, ...], int]:
    """The villages in which pupils live, the classes, and how many pupils; three statements."""
    tree = tree_of(county_id, Period(on, on))
    tops = tree.paths.get(known.unit.id, ())
    inside = {
        leaf.id: leaf
        for leaf in tree.leaves.values()
        if any(path.startswith(top) for path in leaf.paths for top in tops)
    }
    roll = registered_on(on).filter(
        Q(school_class__in=inside) | Q(school_class=None, school__in=inside), county=county_id
    )
    homes = (
        ChildPlace.objects.filter(
            Q(to_on=None) | Q(to_on__gt=on),
            child__in=roll.values("child"),
            relation=Relation.RESIDENCE,
            from_on__lte=on,
        )
        .order_by()
        .values_list("unit", flat=True)
        .distinct()
    )
    villages = [tree.units[tree.paths[each][0]] for each in homes if each in tree.paths]
    classes = [
        tree.units[leaf.paths[0]]
        for leaf in inside.values()
        if tree.units[leaf.paths[0]].kind is UnitKind.CLASS and is_taught(leaf, on)
    ]
    return (
        tuple(sorted(villages, key=lambda unit: unit.pinyin or unit.name)),
        tuple(sorted(classes, key=lambda unit: (-(unit.entered_in or 0), unit.name))),
        roll.count(),
    )
