"""Forms of critical flags: very few fields, and only one of them must be filled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.flows.protection.raising import Reportable
from notoneless.places.queries.people import PersonFacts
from notoneless.protection.services import NewConcerned, NewFlag, NewStep
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import Ground, StepKind
from notoneless.rules.protection.situations import CONDITIONS, Situation, doubt_about
from notoneless.web.protection.words import CONCERNED, DOUBTS, GROUNDS, SITUATIONS

Choice = tuple[str, str | Promise]
GUARDIAN = "guardian:"
LONG, SHORT = 4000, 200


def _words(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


def _line(label: Any, *, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=SHORT,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ConcernedFields(forms.Form):
    """Whom it concerns: kinds, known guardians by name, one member of staff."""

    concerned = forms.MultipleChoiceField(
        label=_("可能与谁有关"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以多选；不选就是“不清楚”。选中的工作人员看不到这份报告。"),
    )
    person = forms.ChoiceField(
        label=_("是哪一位工作人员（知道就选）"),
        required=False,
        help_text=_("家长如果也在学校工作，请在这里再选他的名字。"),
    )
    who = _line(_("是谁，怎么称呼（可不填）"))

    def offer(self, guardians: Iterable[tuple[UUID, str, str]], people: list[PersonFacts]) -> None:
        """Offer the people whom this reader may name."""
        named: list[Choice] = [
            (f"{GUARDIAN}{key}", f"{name} · {relation}" if relation else name)
            for key, name, relation in guardians
        ]
        kinds: list[Choice] = [(str(kind), words) for kind, words in CONCERNED.items()]
        concerned, person = self.fields["concerned"], self.fields["person"]
        assert isinstance(concerned, forms.MultipleChoiceField)  # noqa: S101  # tells mypy
        assert isinstance(person, forms.ChoiceField)  # noqa: S101
        concerned.choices = [*named, *kinds]
        if people:
            person.choices = [("", _("（不选）")), *((str(p.id), p.name) for p in people)]
        else:
            del self.fields["person"]

    def people(self) -> tuple[NewConcerned, ...]:
        """Those concerned; empty when nobody was named."""
        said, words = self.cleaned_data["concerned"], self.cleaned_data["who"].strip()
        person = self.cleaned_data.get("person")
        found = [
            NewConcerned(ConcernedKind.GUARDIAN, guardian_id=UUID(each.removeprefix(GUARDIAN)))
            if each.startswith(GUARDIAN)
            else NewConcerned(ConcernedKind(each), words=words)
            for each in said
            if not (person and each == ConcernedKind.STAFF)
        ]
        if person:
            found.append(NewConcerned(ConcernedKind.STAFF, person_id=UUID(person), words=words))
        if words and not any(each.words for each in found):
            found.append(NewConcerned(ConcernedKind.UNKNOWN, words=words))
        return tuple(found)


class RaiseForm(ConcernedFields):
    """The report. Only the situation must be chosen, and the child described where no file is."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    child = forms.UUIDField(required=False, widget=forms.HiddenInput)
    situation = forms.ChoiceField(label=_("是哪种情况"), widget=forms.RadioSelect)
    child_words = _words(
        _("是哪个孩子"),
        rows=2,
        hint=_(
            "姓名、班级、住处、长相，知道什么写什么。这里不会替您查找，也不会告诉您有没有这个孩子。"
        ),
    )
    facts = _words(
        _("看到、听到了什么"),
        hint=_("照原样写，不追问孩子，不下结论。可以先空着，交了以后再补。"),
    )
    police_called = forms.BooleanField(label=_("已经打过110"), required=False)
    receipt = _line(_("报警回执号（可以后补）"))
    field_order = (
        "child_words",
        "situation",
        "facts",
        "concerned",
        "person",
        "who",
        "police_called",
        "receipt",
    )

    def __init__(
        self,
        *args: Any,
        about: Reportable | None,
        people: list[PersonFacts],
        today: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(about.guardians if about else (), people)
        situation = self.fields["situation"]
        assert isinstance(situation, forms.ChoiceField)  # noqa: S101  # tells mypy
        situation.choices = _situations(about, today=today)
        if about:
            del self.fields["child_words"]
        else:
            self.fields["child_words"].required = True

    def flag(self) -> NewFlag:
        said = self.cleaned_data
        return NewFlag(
            id=said["id"],
            situation=Situation(said["situation"]),
            facts=said["facts"].strip(),
            child_id=said["child"],
            child_words=said.get("child_words", "").strip(),
            concerned=self.people(),
            police_called=said["police_called"],
            receipt=said["receipt"].strip(),
        )


def _situations(about: Reportable | None, *, today: Any) -> list[Choice]:
    """All situations; what the child's file speaks against stands late, with a word of it."""
    sure: list[Choice] = []
    doubted: list[Choice] = []
    for situation, words in SITUATIONS.items():
        doubt = (
            doubt_about(Situation(situation), born_on=about.born_on, sex=about.sex, on=today)
            if about and Situation(situation) in CONDITIONS
            else None
        )
        if doubt is None:
            sure.append((str(situation), words))
        else:
            doubted.append((str(situation), f"{words}（{DOUBTS[doubt]}）"))
    *sure, other = sure
    return [*sure, *doubted, other]


class ConcernedForm(ConcernedFields):
    """An officer names somebody more."""

    def __init__(self, *args: Any, people: list[PersonFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer((), people)
        self.fields["concerned"].help_text = _(
            "只能增加，不能去掉。选中的工作人员立刻看不到这份报告。"
        )


class StepForm(forms.Form):
    """More facts, or one step that was taken."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=[
            (kind.value, kind.value)
            for kind in (
                StepKind.ADDED,
                StepKind.SEEN,
                StepKind.POLICE,
                StepKind.SUPERIOR,
                StepKind.DEPARTMENT,
            )
        ],
        widget=forms.HiddenInput,
    )
    words = _words(_("说明"), rows=2)
    receipt = _line(_("报警回执号"))

    def __init__(self, *args: Any, kind: StepKind | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{kind}_%s")
        super().__init__(*args, **kwargs)
        shown = kind or self.data.get("kind", "")
        if shown != StepKind.POLICE:
            del self.fields["receipt"]
        if shown == StepKind.SEEN:
            del self.fields["words"]
        elif shown == StepKind.ADDED:
            self.fields["words"].required = True
            self.fields["words"].label = _("补充看到、听到的情况")
        elif shown == StepKind.POLICE:
            self.fields["words"].label = _("哪个派出所、什么时候、谁接的警（可不填）")
        elif shown:
            self.fields["words"].required = True
            self.fields["words"].label = _("告诉了谁、什么时候")

    def step(self) -> NewStep:
        said = self.cleaned_data
        return NewStep(
            said["id"],
            StepKind(said["kind"]),
            words=said.get("words", "").strip(),
            receipt=said.get("receipt", "").strip(),
        )


class ProposeForm(forms.Form):
    """One officer's grounds for closing."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("为什么可以结束"),
        choices=[(str(ground), words) for ground, words in GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    words = _words(_("依据：文书、回执、核实经过"), required=True)

    def step(self) -> NewStep:
        said = self.cleaned_data
        return NewStep(
            said["id"],
            StepKind.PROPOSED,
            words=said["words"].strip(),
            ground=Ground(said["ground"]).value,
        )


class AnswerForm(forms.Form):
    """A second officer's answer."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    proposal = forms.UUIDField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label=_("您的意见"),
        choices=[("yes", _("同意结束")), ("no", _("不同意，继续处理"))],
        widget=forms.RadioSelect,
    )
    words = _words(_("您核对了什么"), required=True, rows=2)

    def step(self) -> NewStep:
        said = self.cleaned_data
        kind = StepKind.CLOSED if said["agrees"] == "yes" else StepKind.REFUSED
        return NewStep(said["id"], kind, words=said["words"].strip(), answers=said["proposal"])
