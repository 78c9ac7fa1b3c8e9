"""An office's registers and the volumes of its archive."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.documents.queries.archive import volume_seen, volumes
from notoneless.documents.queries.listing import PaperFilter, search
from notoneless.documents.queries.offices import OfficeLine, offices, registers_of
from notoneless.documents.services.archiving import NewItem, NewVolume
from notoneless.flows.documents.archive import begin_volume, put_in
from notoneless.flows.documents.registers import name_office, open_register
from notoneless.places.queries.people import posts_at
from notoneless.places.queries.units import home_path
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.roles import Capability
from notoneless.web.contacts.new import keys_in
from notoneless.web.documents.forms import ItemForm, OfficeWordForm, OpeningForm, VolumeForm
from notoneless.web.documents.tabs import paper_tabs
from notoneless.web.request import Request


@require_safe
def registers(request: Request) -> HttpResponse:
    """This year's registers of one office, its word, and where they run on from."""
    request.actor.must(Capability.SEE_CASES)
    return _registers_page(request, _office(request, request.GET.getlist("office")))


@require_POST
def office_word(request: Request, office_id: UUID) -> HttpResponse:
    """Say what the office's numbers begin with."""
    form = OfficeWordForm(request.POST)
    if not form.is_valid():
        office = _office(request, [str(office_id)])
        return _registers_page(request, office, word_form=form, status=422)
    name_office(
        request.actor,
        office_id,
        form.cleaned_data["word"],
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("机关代字已保存，从下一份文书起使用。"))
    return redirect(f"{reverse('registers')}?office={office_id}")


@require_POST
def register_opening(request: Request, office_id: UUID) -> HttpResponse:
    """Run a register on from the last number given by hand."""
    form = OpeningForm(request.POST)
    if not form.is_valid():
        office = _office(request, [str(office_id)])
        return _registers_page(request, office, opening_form=form, status=422)
    open_register(
        request.actor,
        office_id,
        kind=DocumentKind(form.cleaned_data["kind"]),
        last=form.cleaned_data["last"],
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已设置，系统从下一号编起。"))
    return redirect(f"{reverse('registers')}?office={office_id}")


@require_safe
def volume_list(request: Request) -> HttpResponse:
    """The volumes of the actor's unit and those below."""
    request.actor.must(Capability.SEE_CASES)
    context = {
        "rows": volumes(request.actor, on=request.today),
        "may_open": request.actor.may(Capability.WORK_CASES),
        "tabs": paper_tabs(request, current="volumes"),
    }
    return render(request, "documents/volumes.html", context)


def volume_new(request: Request) -> HttpResponse:
    """Open the next volume of a kind."""
    request.actor.must(Capability.WORK_CASES)
    own = {held.unit_id: held.unit_name for held in request.actor.holdings}
    units = [(str(each.id), each.name) for each in offices(request.actor, on=request.today)]
    posts = [post for unit in own for post in posts_at(unit, on=request.today)]
    keepers = {str(post.person_id): post.person_name for post in posts if post.person_id}
    data = request.POST if request.method == "POST" else None
    initial = {"year": request.today.year, "keeper": request.actor.person_id}
    form = VolumeForm(data, units=units, keepers=list(keepers.items()), initial=initial)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "documents/volume_new.html", {"form": form}, status=status)
    said = form.cleaned_data
    volume_id = begin_volume(
        request.actor,
        NewVolume(
            unit_id=UUID(said["unit"]),
            kind=ArchiveKind(said["kind"]),
            year=said["year"],
            title=said["title"],
            keeper_id=UUID(said["keeper"]),
        ),
        today=request.today,
        now=request.now,
    )
    messages.success(request, _("已立卷。"))
    return redirect("volume", volume_id)


def volume(request: Request, volume_id: UUID) -> HttpResponse:
    """One volume with its contents; something more is put in from here."""
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        item = _item(request, form)
        if item is not None:
            put_in(request.actor, volume_id, item, today=request.today, now=request.now)
            messages.success(request, _("已归入本卷。"))
            return redirect("volume", volume_id)
        form.add_error("number", _("没有找到这个文号的文书，请核对。"))
    page = volume_seen(request.actor, volume_id, on=request.today)
    at = home_path(page.line.unit_id, on=request.today)
    may = request.actor.may(Capability.WORK_CASES, at=at)
    context = {"page": page, "line": page.line, "form": form, "may_file": may}
    status = 422 if form.errors else 200
    return render(request, "documents/volume.html", context, status=status)


def _item(request: Request, form: ItemForm) -> NewItem | None:
    """What the form names; nothing where no paper has the number."""
    said = form.cleaned_data
    if not said["number"]:
        return NewItem(title=said["title"], dated_on=said["dated_on"], pages=said["pages"] or 0)
    text = said["number"].strip()
    found = search(request.actor, PaperFilter(text=text), on=request.today).rows
    match = next((row for row in found if row.number_text == text), None)
    return NewItem(document_id=match.id) if match else None


def _office(request: Request, asked: list[str]) -> OfficeLine | None:
    """The office in the address, else the actor's own; none where he reads no register."""
    lines = offices(request.actor, on=request.today)
    wanted = next(iter(keys_in(asked)), None)
    return next((each for each in lines if wanted in (None, each.id)), None)


def _registers_page(
    request: Request, office: OfficeLine | None, *, status: int = 200, **forms: Any
) -> HttpResponse:
    lines = offices(request.actor, on=request.today)
    may = office is not None and request.actor.may(
        Capability.ISSUE_PAPERS, at=home_path(office.id, on=request.today)
    )
    context = {
        "offices": lines,
        "office": office,
        "rows": registers_of(office.id, request.today.year) if office else (),
        "may_set": may,
        "word_form": OfficeWordForm(
            initial={"word": office.word if office and office.is_word_said else ""}
        ),
        "opening_form": OpeningForm(),
        "tabs": paper_tabs(request, current="registers"),
        **forms,
    }
    return render(request, "documents/registers.html", context, status=status)
