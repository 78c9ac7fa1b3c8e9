"""Forms of contacts: shape only, the rules and flows decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.listing import ContactFilter
from notoneless.flows.contacts.opening import Before
from notoneless.flows.contacts.pictures import Sent
from notoneless.rules.contacts.forms import Companion, Fault, NewContact
from notoneless.rules.contacts.kinds import Feedback, Kind, Met, Purpose, Result
from notoneless.rules.roles import Role
from notoneless.web.children.forms import ANY, DayInput
from notoneless.web.contacts.words import (
    FAULT_FIELDS,
    FAULTS,
    FEEDBACK,
    KINDS,
    MET,
    PURPOSES,
    RESULTS,
    cause_words,
)
from notoneless.web.words import ROLES

COMPANIONS = ("companion_1", "companion_2", "companion_3")
LONGEST = 2000
UNSAID = ("", pgettext_lazy("cause", "还不清楚"))


def _text(label: Any, *, rows: int = 2, most: int = LONGEST, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def _line(label: Any, *, most: int = 100, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **more)


class ContactForm(forms.Form):
    """One contact. Everything but kind and result may stay open when nobody answered."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    noted_at = forms.CharField(required=False, widget=forms.HiddenInput)
    signature = forms.CharField(
        required=False, max_length=600_000, widget=forms.HiddenInput(attrs={"data-ink": ""})
    )
    kind = forms.ChoiceField(
        label=_("方式"),
        widget=forms.RadioSelect,
        choices=[(k.value, KINDS[k]) for k in Kind],
    )
    result = forms.ChoiceField(
        label=pgettext_lazy("contact", "结果"),
        widget=forms.RadioSelect,
        choices=[(r.value, RESULTS[r]) for r in RESULTS],
    )
    met = forms.MultipleChoiceField(
        label=_("见到了谁"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(m.value, MET[m]) for m in Met],
        help_text=_("家访必填。"),
    )
    guardian_view = _text(_("监护人怎么说"))
    child_words = _text(_("孩子自己怎么说"), help_text=_("尽量用孩子的原话。加密保存。"))
    next_step = _line(_("下一步做什么"), most=200)
    next_on = forms.DateField(label=_("下一步的日期"), required=False, widget=DayInput())
    found = _text(_("了解到的情况"), rows=3)
    promise = _line(_("家长或孩子的承诺"), most=300)
    main_cause = forms.ChoiceField(label=_("主要原因"), required=False)
    causes = forms.MultipleChoiceField(
        label=_("其他原因"), required=False, widget=forms.CheckboxSelectMultiple
    )
    near = forms.MultipleChoiceField(
        label=_("同时涉及的儿童"), required=False, widget=forms.CheckboxSelectMultiple
    )
    happened_on = forms.DateField(label=_("日期"), widget=DayInput())
    hour = forms.TimeField(
        label=_("时间"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = _line(_("地点"))
    purpose = forms.ChoiceField(
        label=_("目的"), choices=[(p.value, PURPOSES[p]) for p in Purpose], required=False
    )
    companion_1 = forms.ChoiceField(label=_("同行人员一"), required=False)
    companion_2 = forms.ChoiceField(label=_("同行人员二"), required=False)
    companion_3 = forms.ChoiceField(label=_("同行人员三"), required=False)
    others = _text(
        _("其他在场的人"), most=400, help_text=_("每行一人，如：外婆 吴氏；村组长 梁某。")
    )
    witness = _line(_("见证人姓名"), most=60)
    feedback_labour = _text(FEEDBACK[Feedback.LABOUR], most=300)
    feedback_life = _text(FEEDBACK[Feedback.LIFE], most=300)
    feedback_study = _text(FEEDBACK[Feedback.STUDY], most=300)
    feedback_conduct = _text(FEEDBACK[Feedback.CONDUCT], most=300)
    feedback_school = _text(FEEDBACK[Feedback.SCHOOL], most=300)

    def __init__(self, *args: Any, before: Before, **more: Any) -> None:
        super().__init__(*args, **more)
        self.before = before
        listed = [(c, cause_words(c)) for c in before.causes]
        kept = [(c, cause_words(c)) for c in before.restricted]
        guarded = [(_("受保护的原因（只有本校可见）"), kept)] if kept else []
        self._choose("main_cause", [UNSAID, *listed, *guarded])
        self._choose("causes", [*listed, *kept])
        self._choose("near", [(str(pk), name) for pk, name in before.near])
        people = [
            (f"{c.person_id} {c.role}", f"{c.name}（{ROLES[Role(c.role)]}）")
            for c in before.colleagues
        ]
        for name in COMPANIONS:
            self._choose(name, [("", pgettext_lazy("nobody", "无")), *people])

    def _choose(self, field: str, choices: list[Any]) -> None:
        chooser = self.fields[field]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
        chooser.choices = choices
        if not choices:
            del self.fields[field]

    def new_contact(self, child_ids: Iterable[UUID]) -> NewContact:
        """What the valid form says about ``child_ids`` and those ticked beside them."""
        said = self.cleaned_data
        near = [UUID(pk) for pk in said.get("near", ())]
        main = said["main_cause"]
        causes = [main] if main else []
        causes += [c for c in said.get("causes", ()) if c not in causes]
        feedback = {f.value: said[f"feedback_{f.value}"] for f in Feedback}
        return NewContact(
            id=said["id"],
            kind=Kind(said["kind"]),
            result=Result(said["result"]),
            child_ids=tuple(dict.fromkeys([*child_ids, *near])),
            happened_on=said["happened_on"],
            hour=said["hour"].strftime("%H:%M") if said["hour"] else "",
            purpose=Purpose(said["purpose"] or Purpose.OTHER),
            place=said["place"],
            met=frozenset(Met(each) for each in said["met"]),
            companions=tuple(self._companions()),
            others=tuple(line.strip() for line in said["others"].splitlines() if line.strip()),
            child_words=said["child_words"],
            guardian_view=said["guardian_view"],
            found=said["found"],
            causes=tuple(causes),
            main_cause=main,
            promise=said["promise"],
            next_step=said["next_step"],
            next_on=said["next_on"],
            feedback={key: text for key, text in feedback.items() if text},
            witness=said["witness"],
            noted_at=moment_in(said["noted_at"]),
        )

    def _companions(self) -> Iterable[Companion]:
        seen: set[UUID] = set()
        for name in COMPANIONS:
            if chosen := self.cleaned_data.get(name):
                person, _space, role = chosen.partition(" ")
                if (key := UUID(person)) not in seen:
                    seen.add(key)
                    yield Companion(key, role)

    def tell(self, faults: Iterable[Fault]) -> None:
        """Put faults beside the fields that they are about."""
        for fault in faults:
            field = FAULT_FIELDS.get(fault)
            self.add_error(field if field in self.fields else None, str(FAULTS[fault]))


class CorrectionForm(ContactForm):
    """The same with a reason."""

    reason = forms.CharField(label=_("为什么更正"), max_length=200, min_length=2)


def as_initial(line: ContactLine, *, new_id: UUID) -> dict[str, Any]:
    """A contact as the form shows it for a correction."""
    others = {f"feedback_{key}": text for key, text in line.feedback.items()}
    people = {
        name: f"{v.person_id} {v.role}"
        for name, v in zip(COMPANIONS, line.companions, strict=False)
    }
    return (
        others
        | people
        | {
            "id": new_id,
            "kind": line.kind.value,
            "result": line.result.value,
            "met": [each.value for each in line.met],
            "guardian_view": line.guardian_view,
            "child_words": line.child_words,
            "next_step": line.next_step,
            "next_on": line.next_on,
            "found": line.found,
            "promise": line.promise,
            "main_cause": line.main_cause,
            "causes": [c for c in line.causes if c != line.main_cause],
            "happened_on": line.happened_on,
            "hour": line.hour,
            "place": line.place,
            "purpose": line.purpose.value,
            "others": "\n".join(line.others),
            "witness": line.witness,
        }
    )


def moment_in(text: str) -> datetime | None:
    """A phone's moment in ISO form with its zone; ``None`` for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.utcoffset() is not None else None


def sent_with(files: Any, signature: str) -> Sent:
    """The pictures of a request, read whole: each is bounded when it is opened."""
    single: Mapping[str, Any] = {name: files.get(name) for name in ("house_front", "paper")}
    return Sent(
        photos=tuple(each.read() for each in files.getlist("photos")[:9]),
        house_front=single["house_front"].read() if single["house_front"] else None,
        paper=single["paper"].read() if single["paper"] else None,
        signature=signature,
    )


class ContactFilterForm(forms.Form):
    """Filters of the list; what does not fit is left out."""

    whose = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("", _("我能看到的")), ("mine", _("我参加的"))],
    )
    unit = forms.ChoiceField(label=_("学校"), required=False)
    kind = forms.ChoiceField(
        label=_("方式"), required=False, choices=[ANY, *((k.value, KINDS[k]) for k in Kind)]
    )
    outcome = forms.ChoiceField(
        label=pgettext_lazy("contact", "结果"),
        required=False,
        choices=[
            ANY,
            ("reached", _("联系上的")),
            ("unreached", _("没联系上的")),
            ("in_vain", _("没有劝回的")),
            ("unclosed", _("家访待补佐证的")),
        ],
    )
    from_on = forms.DateField(label=_("从哪天起"), required=False, widget=DayInput())
    to_on = forms.DateField(label=_("到哪天（含这一天）"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, units: list[tuple[str, str]]) -> None:
        super().__init__(data)
        chooser = self.fields["unit"]
        assert isinstance(chooser, forms.ChoiceField)  # noqa: S101  # tells mypy
        chooser.choices = [ANY, *units]
        if len(units) < 2:
            del self.fields["unit"]

    def wanted(self, *, since: date | None = None) -> ContactFilter:
        """The filter that fits; ``since`` where no first day is asked for."""
        self.is_valid()
        said = self.cleaned_data
        return ContactFilter(
            is_mine=said.get("whose") == "mine",
            unit_id=UUID(said["unit"]) if said.get("unit") else None,
            kind=said.get("kind", ""),
            outcome=said.get("outcome", ""),
            from_on=said.get("from_on") or since,
            to_on=said.get("to_on"),
        )
