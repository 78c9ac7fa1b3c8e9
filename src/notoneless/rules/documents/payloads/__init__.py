"""What each kind of paper says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads import (
    between,
    court,
    orders,
    protection,
    returning,
    school,
)
from notoneless.rules.documents.payloads.parts import Payload

_CLASSES: tuple[type[Payload], ...] = (
    school.VisitRecord,
    school.DropoutRegister,
    school.ClassReport,
    school.DropoutReport,
    school.PersuasionLetter,
    orders.ReturnNotice,
    orders.StatementRecord,
    orders.CorrectionOrder,
    orders.PenaltyDecision,
    orders.Demand,
    court.EnforcementApplication,
    court.CivilComplaint,
    between.Referral,
    between.AdviceReply,
    returning.ReturnRegistration,
    returning.ReturnReport,
    returning.ReturnedList,
    returning.PlacementPlan,
    returning.WatchRecord,
    returning.ClosingApproval,
    protection.MandatoryReport,
)
PAYLOADS: Mapping[DocumentKind, type[Payload]] = MappingProxyType(
    {payload.kind: payload for payload in _CLASSES}
)
"""The payload of every kind."""
