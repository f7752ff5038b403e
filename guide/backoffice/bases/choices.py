"""What a foreign key or a many-to-many may point to, kept inside the perimeter of who chooses."""

from django.contrib import admin
from django.db.models import Field, Q, QuerySet

from guide.backoffice.perimeter import Path, lies_inside, reach_of, within_perimeter
from guide.core.models import Publishable

OUTSIDE = "Cette fiche est hors de votre périmètre : {}. Vous pouvez proposer une modification."


def path_of(site: admin.AdminSite, model) -> Path:
    """The perimeter path that the admin page of `model` declares; None where there is none."""
    return getattr(site._registry.get(model), "perimeter_path", None)


def offered(site: admin.AdminSite, user, field: Field) -> QuerySet:
    """What a foreign key or a many-to-many may point to, in a form or an autocompletion.

    The place of the row: inside the perimeter. A row of another model that has a perimeter: one inside it, or
    one that visitors see; the drafts of others are offered to nobody.
    """
    model = field.remote_field.model
    rows = model._default_manager.all()
    reach = reach_of(user)
    if reach.everywhere:
        return rows
    if (place := place_of(site, field)) is not None:
        if not reach.is_bounded:
            return rows
        return rows.filter(lies_inside(model, place or "pk", reach.inside()))
    path = path_of(site, model)
    if path is None:
        return rows
    own = within_perimeter(user, rows, path).order_by().values("pk")
    if not issubclass(model, Publishable):
        return rows.filter(pk__in=own)
    return rows.filter(Q(pk__in=own) | Q(pk__in=model._default_manager.live().order_by().values("pk")))


def place_of(site: admin.AdminSite, field: Field) -> str | None:
    """When `field` is the first step of its own model's path, the rest of that path ("" for the place itself)."""
    path = path_of(site, field.model)
    if not isinstance(path, str):
        return None
    first, _, rest = path.partition("__")
    return rest if first == field.name else None


def bounded(formfield, site: admin.AdminSite, user, db_field: Field):
    """The form field of a relation, with the choices that `user` may make; for pages and for inlines."""
    reach = reach_of(user)
    if formfield is None or reach.everywhere:
        return formfield
    choices = offered(site, user, db_field)
    if db_field.remote_field.limit_choices_to:
        choices = choices.complex_filter(db_field.get_limit_choices_to())
    formfield.queryset = choices
    if place_of(site, db_field) is not None and reach.is_bounded:
        formfield.required = True
        message = f"Ce choix est hors de votre périmètre : {reach.names()}."
        formfield.error_messages |= {"invalid_choice": message, "invalid_pk_value": message}
    return formfield
