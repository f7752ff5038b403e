"""A picture whose people took back their consent: its files, its row and what the history kept of it disappear."""

from functools import partial

from django.contrib import admin
from django.db import models, transaction

from guide.backoffice.history.models import Action, Version
from guide.backoffice.history.recording import keep
from guide.backoffice.history.snapshots import Row, read
from guide.core import content_version
from guide.core.images.models import Picture
from guide.core.images.writing import delete_files

NOTE = "photo effacée pour toujours (retrait de l'accord)"


@transaction.atomic
def erase_picture(*, picture: Picture, by) -> None:
    """Erase a picture for ever: row, original, variants, and its rows in every version of its sheet.

    The history notes who did it and when, and nothing of the picture. Files go once the transaction holds.
    """
    link = next(field for field in picture._meta.fields if isinstance(field, models.ForeignKey))
    sheet, name = getattr(picture, link.attname), picture.image.name
    for version in Version.objects.of(link.related_model, sheet).select_for_update():
        if version.before and _forget(version.before, name):
            version.save(update_fields=["before"])
    delete_files([name])
    picture.delete()
    keep(link.related_model, read(link.related_model, [sheet]), by=by, action=Action.CHANGE, note=NOTE)
    content_version.bump()


def _forget(row: Row, name: str) -> bool:
    """Take the rows of one file out of a snapshot; whether there was one."""
    found = False
    for relation, rows in row.get("children", {}).items():
        kept = [one for one in rows if one["fields"].get("image") != name]
        found = found or len(kept) < len(rows)
        row["children"][relation] = kept
    return found


class ErasingMixin(admin.ModelAdmin):
    """Of an admin page with pictures: those whose box « Effacer définitivement » is ticked go after the save."""

    def save_formset(self, request, form, formset, change):
        """Once the form is saved and its version kept, so that the version too forgets the picture."""
        super().save_formset(request, form, formset, change)
        if not issubclass(formset.model, Picture):
            return
        for one in formset.initial_forms:
            if one.cleaned_data.get("erase") and one.instance.pk:
                transaction.on_commit(partial(erase_picture, picture=one.instance, by=request.user))
