"""One function for each kind of paper: what it says, as blocks."""

from __future__ import annotations

from functools import singledispatch

from notoneless.rules.documents.blocks import Sheet
from notoneless.rules.documents.forms import (
    between,
    brought_in,
    court,
    orders,
    protection,
    returning,
    school,
)
from notoneless.rules.documents.payloads.parts import Payload


@singledispatch
def blocks_of(payload: Payload) -> Sheet:
    """The payload as a sheet that any renderer prints; what is lacking leaves room.

    Raises ``TypeError`` for something that is no payload of a known kind.
    """
    raise TypeError(f"{type(payload).__name__} has no form")


for _form in (
    school.visit_record,
    school.dropout_register,
    school.class_report,
    school.dropout_report,
    school.persuasion_letter,
    orders.return_notice,
    orders.statement_record,
    orders.correction_order,
    orders.penalty_decision,
    orders.demand,
    court.enforcement_application,
    court.civil_complaint,
    between.referral,
    between.advice_reply,
    returning.return_registration,
    returning.return_report,
    returning.returned_list,
    returning.placement_plan,
    returning.watch_record,
    returning.closing_approval,
    protection.mandatory_report,
    brought_in.brought_in,
):
    blocks_of.register(_form)
