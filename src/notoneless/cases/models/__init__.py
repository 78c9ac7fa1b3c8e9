"""Tables of cases."""

from notoneless.cases.models.case import Case, CaseStep
from notoneless.cases.models.handovers import Handover, HandoverState, Referral, ReferralState
from notoneless.cases.models.plans import PlanReview, SupportPlan
from notoneless.cases.models.subcases import SubCase

__all__ = [
    "Case",
    "CaseStep",
    "Handover",
    "HandoverState",
    "PlanReview",
    "Referral",
    "ReferralState",
    "SubCase",
    "SupportPlan",
]
