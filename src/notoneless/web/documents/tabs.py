"""The tabs above the pages of papers, and who finds them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.access.actor import NotAllowed
from notoneless.rules.roles import Capability
from notoneless.web.request import Request

READERS = (Capability.SEE_CASES, Capability.ANSWER_REFERRALS)


def must_read(request: Request) -> None:
    """Raises ``NotAllowed`` for whoever reads no papers at all."""
    if not any(request.actor.may(each) for each in READERS):
        raise NotAllowed(capability=Capability.SEE_CASES.value)


def paper_tabs(request: Request, *, current: str) -> list[dict[str, object]]:
    """Register, to be served, received, archive."""
    words = {
        "papers": _("登记簿"),
        "papers-to-serve": _("待送达"),
        "papers-received": _("收文"),
        "volumes": _("档案"),
        "registers": _("编号设置"),
    }
    if not request.actor.may(Capability.SEE_CASES):
        words = {key: words[key] for key in ("papers", "papers-received")}
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in words.items()
    ]
