"""Page about a unit's telephone, which its papers print (R-017, R-299)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notoneless.flows import telephones as flows
from notoneless.places.queries.telephones import telephone_history, telephone_of
from notoneless.places.queries.units import UnitFacts
from notoneless.rules.telephones import HAVE_TELEPHONE, Telephone
from notoneless.web.office.pages import carry_out, crumbs_of, status_of, unit_seen
from notoneless.web.request import Request, stamp_of


class TelephoneForm(forms.Form):
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("单位对外的电话，会印在通知书和函件上；不要填个人的手机。"),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("打电话找谁，如“李干事”“控辍保学办公室”。"),
    )
    address = forms.CharField(
        label=gettext_lazy("地址"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("家长来办事的地方。"),
    )
    basis = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def told(self) -> Telephone:
        """What the valid form says."""
        said = self.cleaned_data
        return Telephone(said["phone"], said["contact"], said["address"])


def telephone(request: Request, unit_id: UUID) -> HttpResponse:
    """Say under which telephone a unit is reached; what was said before is shown below."""
    facts = unit_seen(request, unit_id)
    if facts.kind not in HAVE_TELEPHONE:
        raise Http404
    flows.must_keep_telephone(request.actor, unit_id, stamp=stamp_of(request))
    form = TelephoneForm(request.POST or None, initial=_initial(unit_id))

    def act() -> None:
        flows.save_telephone(
            unit_id,
            form.told(),
            basis=form.cleaned_data["basis"],
            actor=request.actor,
            stamp=stamp_of(request),
        )

    if request.method == "POST" and carry_out(form, act):
        messages.success(request, _("单位电话已保存，从下一份文书起使用。"))
        return redirect("unit", unit_id)
    context = {
        "form": form,
        "title": _("%(unit)s 的电话") % {"unit": facts.name},
        "history": [each for each in telephone_history(unit_id) if not each.is_standing],
        "crumbs": crumbs_of(request, facts),
    }
    return render(request, "office/telephone.html", context, status=status_of(form))


def telephone_of_unit(request: Request, facts: UnitFacts, *, home_path: str) -> dict[str, Any]:
    """What the unit's own page shows of its telephone."""
    if facts.kind not in HAVE_TELEPHONE:
        return {}
    may = flows.may_keep_telephone(request.actor, home_path=home_path)
    return {
        "telephone": telephone_of(facts.id),
        "has_telephone": True,
        "may_telephone": may and facts.active_to is None,
    }


def _initial(unit_id: UUID) -> dict[str, Any]:
    standing = telephone_of(unit_id)
    if standing is None:
        return {}
    told = standing.told
    return {
        "phone": told.phone,
        "contact": told.contact,
        "address": told.address,
        "basis": standing.id,
    }
