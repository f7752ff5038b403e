"""What the admin pages of the editorial sheets share."""

from django.utils.text import capfirst

from guide.backoffice.bases.parts import NEVER_TYPED, section
from guide.backoffice.bases.sheet import SheetAdmin
from guide.editorial.forms import HELP, RichTextField

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
    readonly_fields = NEVER_TYPED
    autocomplete_fields = ["references"]
    prepopulated_fields = {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.rich_texts:
            return RichTextField(label=capfirst(db_field.verbose_name), required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
