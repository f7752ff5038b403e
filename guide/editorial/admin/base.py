"""What the admin pages of the editorial sheets share."""

from django.utils.text import capfirst

from guide.backoffice.bases.sections import section
from guide.backoffice.bases.sheet import SheetAdmin
from guide.editorial.forms import HELP, RichTextField

WRITTEN_BY = ("created_by", "created_at", "updated_by", "updated_at")
PUBLICATION = section(
    "Publication",
    "status publish_at unpublish_at verified_on verify_every responsible missing_since "
    "created_by created_at updated_by updated_at",
    "",
    "last",
)
TEXT = section("Texte", "title slug summary body", HELP)
SOURCES = section("Sources", "references", "Celles que le texte ne cite pas déjà par leur code.")


class EditorialAdmin(SheetAdmin):
    """What every sheet shares. `rich_texts` names the fields that hold rich text."""

    perimeter_path = "territory"
    rich_texts = ("body",)
    list_display = ["title", "status", "verified_on", "updated_at"]
    list_filter = ["status"]
    list_per_page = 50
    search_fields = ["title", "summary", "slug"]
    readonly_fields = ["missing_since", *WRITTEN_BY]
    autocomplete_fields = ["references"]
    prepopulated_fields = {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Rich texts have their editor, and are cleaned when the form is read."""
        if db_field.name in self.rich_texts:
            return RichTextField(label=capfirst(db_field.verbose_name), required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
