"""Filters that put papers into words."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import template

from notoneless.documents.queries.papers import PaperLine
from notoneless.flows.documents.likeness import Use
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import DocumentState, ReceiverKind, ServiceMethod
from notoneless.rules.documents.serving import Proof
from notoneless.web.documents import words

register = template.Library()
TONES = {
    DocumentState.ISSUED: "neutral",
    DocumentState.WITHDRAWN: "attention",
    DocumentState.REPLACED: "attention",
}


@register.filter
def paper_state(state: str) -> str:
    return str(words.STATES[DocumentState(state)])


@register.filter
def paper_tone(state: str) -> str:
    return TONES[DocumentState(state)]


@register.filter
def receiver_words(line: PaperLine) -> str:
    """A name; what kind of receiver it is where there is none."""
    return line.receiver_name or str(words.RECEIVERS[ReceiverKind(line.receiver_kind)])


@register.filter
def method_words(method: str) -> str:
    return str(words.METHODS[ServiceMethod(method)])


@register.filter
def service_proof_words(proof: str) -> str:
    return str(words.PROOFS[Proof(proof)])


@register.filter
def archive_words(kind: str) -> str:
    return str(words.ARCHIVES[ArchiveKind(kind)])


@register.filter
def of_picture(elsewhere: Mapping[UUID, list[Use]], picture_id: UUID) -> list[Use]:
    """Where else a picture was used."""
    return elsewhere.get(picture_id, [])
