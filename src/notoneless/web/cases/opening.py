"""The form with which a case is opened by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from notoneless.rules.cases.kinds import Source
from notoneless.rules.cases.said import LONGEST
from notoneless.web.cases.words import SOURCES
from notoneless.web.children.forms import DayInput

BY_HAND = (
    Source.BY_HAND,
    Source.TIP,
    Source.NO_SHOW,
    Source.TRANSFER_UNCLOSED,
    Source.SUSPENSION_EXPIRED,
)


class OpeningForm(forms.Form):
    """Where it was learnt from, since when the child is away, and what is known."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    source = forms.ChoiceField(
        label=_("怎么知道的"),
        choices=[(source.value, SOURCES[source]) for source in BY_HAND],
        widget=forms.RadioSelect(),
        initial=Source.BY_HAND.value,
    )
    away_since = forms.DateField(label=_("从哪天起不在校"), widget=DayInput())
    words = forms.CharField(
        label=_("了解到的情况"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("他人反映的，写清是谁、哪天说的。反映人只有学校领导和上级看得到。"),
    )
