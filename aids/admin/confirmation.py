"""A save that changes the verdict of a golden case is first shown, and kept once it is confirmed."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from aids.exchange.export import faults_of
from aids.golden import Difference, fingerprint
from aids.golden_checks import GoldenWatch
from aids.models import Aid, GoldenCase
from guide.backoffice.admin.bases import PublishedContentAdmin

CONFIRMED, REVISE = "_confirmed", "_revise"


class NotKept(Exception):
    """The write is taken back: faults forbid it, or differences wait for a confirmation."""

    def __init__(self, differences: Sequence[Difference] = (), faults: Iterable[str] = ()):
        super().__init__()
        self.differences, self.faults = differences, list(faults)


class RevisableForm(forms.ModelForm):
    """A form that comes back from the confirmation as it was typed, without being saved."""

    def clean(self):
        """Stop the save when the editor asked to go back."""
        if REVISE in self.data:
            raise forms.ValidationError("Rien n'a été enregistré. Reprenez votre saisie, puis enregistrez à nouveau.")
        return super().clean()


class GoldenConfirmedAdmin(PublishedContentAdmin):
    """Saves in one transaction; raised out of it, NotKept leaves the database as it was."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; or, when the save is not kept, the page that says what it would change."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.golden_watch = GoldenWatch()
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotKept as stopped:
            return self._confirmation(request, object_id, stopped)

    def revert_view(self, request, object_id, version):
        """A return to a version; or, when it is not kept, the page that says what it would change."""
        if REVISE in request.POST:
            return HttpResponseRedirect(reverse(f"admin:{self._base}_history", args=[object_id]))
        request.golden_watch = GoldenWatch() if request.method == "POST" else None
        try:
            return super().revert_view(request, object_id, version)
        except NotKept as stopped:
            return self._confirmation(request, object_id, stopped)

    def save_related(self, request, form, formsets, change):
        """Last of the writes: compare what they did to the golden cases."""
        super().save_related(request, form, formsets, change)
        self.check_golden(request, self.aid_of(form.instance))

    def check_reverted(self, request, sheet):
        """A return to a version is compared as a save is."""
        super().check_reverted(request, sheet)
        self.check_golden(request, sheet)

    def check_golden(self, request, aid: Aid) -> None:
        """Take the write back when the aid could not be exported, or when golden cases wait for a confirmation."""
        if faults := faults_of(aid):
            raise NotKept(faults=map(str, faults))
        differences = request.golden_watch.differences()
        if differences and request.POST.get(CONFIRMED) != fingerprint(differences):
            raise NotKept(differences)

    def aid_of(self, obj) -> Aid:
        """The aid that a row of this page belongs to."""
        return obj

    def _confirmation(self, request, object_id, stopped: NotKept) -> TemplateResponse:
        kept = [(n, v) for n, values in request.POST.lists() for v in values if n not in _NOT_KEPT]
        context = {
            **self.admin_site.each_context(request),
            "title": "Ce que votre modification change",
            "opts": self.opts,
            "original": self.get_object(request, object_id) if object_id else None,
            "fields": kept,
            "faults": stopped.faults,
            "changed": stopped.differences,
            "changed_cases": len({found.case for found in stopped.differences}),
            "case_count": GoldenCase.objects.count(),
            "confirmed": CONFIRMED,
            "revise": REVISE,
            "fingerprint": fingerprint(stopped.differences),
        }
        return TemplateResponse(request, "admin/aids/confirm_golden.html", context)


_NOT_KEPT = frozenset({"csrfmiddlewaretoken", CONFIRMED, REVISE})
