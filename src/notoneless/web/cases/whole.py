"""The complete file of a case, to print or hand over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.flows.cases.doors import case_seen
from notoneless.flows.cases.file import complete_file
from notoneless.web.documents.views import pdf_answer
from notoneless.web.request import Request


@never_cache
@require_safe
def case_file(request: Request, case_id: UUID) -> HttpResponse:
    """All standing papers in one PDF, as far as the reader may see them; noted as read."""
    case = case_seen(request.actor, case_id, today=request.today)
    pdf = complete_file(request.actor, case_id, today=request.today, now=request.now)
    name = _("全部档案-%(name)s.pdf") % {"name": case.child.name}
    return pdf_answer(pdf, name, is_shown=False)
