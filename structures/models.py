"""Care structures and what hangs on them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guide.core.images.models import Picture
from guide.core.models import Publishable, Sourced, link_to_user
from guide.territories.models import Territory
from structures.enums import CoordinateSource, DatePrecision, Kind, Ownership, PracticeMode, Rank
from structures.querysets import StructureQuerySet

# What live() reads: with these columns an index answers the counts of the filter panel alone.
VISIBILITY = ("status", "publish_at", "unpublish_at", "closed_on")


MAX_LIST_ORDER = 200


class Structure(Publishable, Sourced):
    """A place or a team of care: MSP, CPTS, hospital site… Positions are WGS84 degrees.

    `finess` is the number of the geographic entity (nofinesset), `finess_legal` the one of the legal entity.
    `list_order` sorts lists by kind, as IMPORTANCE says, then by commune and name: one index answers it.
    `None` in a yes/no field means unknown, and pages say so.
    """

    kind = models.CharField("type", max_length=24, choices=Kind.choices)
    rank = models.CharField("rang ou spécialité", max_length=16, choices=Rank.choices, blank=True)
    ownership = models.CharField("statut", max_length=20, choices=Ownership.choices, blank=True)
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("adresse de la page", max_length=140, unique=True)
    search_text = models.CharField("texte de recherche", max_length=400, db_index=True, editable=False)
    list_order = models.CharField("ordre des listes", max_length=MAX_LIST_ORDER, editable=False)
    finess = models.CharField("numéro FINESS", max_length=9, null=True, blank=True, unique=True)
    finess_legal = models.CharField("FINESS de l'entité juridique", max_length=9, blank=True, db_index=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="structures", verbose_name="commune")
    address = models.CharField("adresse", max_length=250, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    coordinate_source = models.CharField(
        "origine de la position", max_length=8, choices=CoordinateSource.choices, blank=True
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("courriel", blank=True)
    website = models.URLField("site internet", max_length=300, blank=True)
    opened_on = models.DateField("ouverture", null=True, blank=True)
    opened_precision = models.CharField(
        "précision de l'ouverture", max_length=5, choices=DatePrecision.choices, blank=True
    )
    closed_on = models.DateField("fermeture", null=True, blank=True)
    emergency = models.CharField("urgences", max_length=60, blank=True)
    maternity = models.CharField("maternité", max_length=60, blank=True)
    welcomes_interns = models.BooleanField("accueille des internes", null=True, blank=True)
    recruiting = models.BooleanField("recrute des médecins", null=True, blank=True)
    coverage = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="covered_by",
        verbose_name="périmètre couvert",
    )
    member_of = models.ManyToManyField(
        "self", through="Membership", symmetrical=False, related_name="members", verbose_name="membre de"
    )
    presentation = models.TextField("présentation", blank=True)
    missing_since = models.DateField("absente de sa source depuis", null=True, blank=True)

    history_children = ("modes", "staff", "stops", "memberships", "photos")
    history_links = ("group_links", "sources")

    objects = StructureQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "structure"
        ordering = ["search_text", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="structures_position_whole",
                condition=Q(latitude=None, longitude=None, coordinate_source="")
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    coordinate_source__gt="",
                ),
                violation_error_message="Une position demande une latitude, une longitude et son origine.",
            ),
            models.CheckConstraint(
                name="structures_dates_order",
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="La fermeture doit suivre l'ouverture.",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "kind", *VISIBILITY], name="structures_place_kind"),
            models.Index(fields=["kind", "commune", *VISIBILITY], name="structures_kind_place"),
            models.Index(fields=["latitude", "longitude"], name="structures_position"),
            models.Index(fields=["status", "list_order", "id"], name="structures_list_order"),
            models.Index(fields=["kind", "status", "list_order", "id"], name="structures_kind_order"),
            # Answers alone the counts of the editors' dashboard, for the region and for a department.
            models.Index(
                fields=["status", "verified_on", "verify_every", "unpublish_at", "commune"],
                name="structures_freshness",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("structures:detail", args=[self.slug])

    def is_closed(self, day: date | None = None) -> bool:
        return self.closed_on is not None and self.closed_on <= (day or timezone.localdate())


class StructureSource(models.Model):
    """Identity of a structure in one source. (source, external id) is unique: no import without it.

    `row_digest` is that of the row as delivered, `state_digest` that of the structure as the import left it:
    while both still hold, nothing changed on either side and the row is skipped without being converted.
    """

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="sources")
    source = models.CharField("source", max_length=40)
    external_id = models.CharField("identifiant dans la source", max_length=120)
    row_digest = models.CharField(max_length=32, editable=False, blank=True)
    state_digest = models.CharField(max_length=32, editable=False, blank=True)
    missing_since = models.DateField("absente de la livraison depuis", null=True, blank=True)

    class Meta:
        verbose_name = "identifiant dans une source"
        verbose_name_plural = "identifiants dans les sources"
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="structures_source_unique"),
        ]

    def __str__(self):
        return f"{self.source} {self.external_id}"


class StructureMode(models.Model):
    """A practice mode that the structure declares; without any, the usual modes of its kind hold."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="modes")
    mode = models.CharField("mode d'exercice", max_length=12, choices=PracticeMode.choices)

    class Meta:
        verbose_name = "mode d'exercice"
        verbose_name_plural = "modes d'exercice"
        constraints = [models.UniqueConstraint(fields=["mode", "structure"], name="structures_mode_unique")]

    def __str__(self):
        return self.get_mode_display()


class StaffMember(models.Model):
    """A profession or a medical specialty practised in the structure, with its headcount when it is known."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="staff")
    speciality = models.SlugField("profession ou spécialité", max_length=60)
    label = models.CharField("libellé", max_length=120)
    headcount = models.PositiveSmallIntegerField("effectif", null=True, blank=True)

    class Meta:
        verbose_name = "profession exercée"
        verbose_name_plural = "professions exercées"
        constraints = [models.UniqueConstraint(fields=["speciality", "structure"], name="structures_staff_unique")]

    def __str__(self):
        return self.label


class Stop(models.Model):
    """A stop of a mobile team or bus: where and when."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="stops")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name="commune")
    place = models.CharField("lieu", max_length=200, blank=True)
    schedule = models.CharField("jours et heures", max_length=200, blank=True)

    class Meta:
        verbose_name = "arrêt"
        constraints = [
            models.UniqueConstraint(fields=["structure", "commune", "place"], name="structures_stop_unique")
        ]

    def __str__(self):
        return f"{self.place} ({self.schedule})"


class Membership(models.Model):
    """A structure that belongs to a group (hospital in a GHT, MSP in a CPTS)."""

    member = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="memberships", verbose_name="membre")
    group = models.ForeignKey(
        Structure, on_delete=models.CASCADE, related_name="group_links", verbose_name="groupement"
    )
    is_support = models.BooleanField("établissement support", default=False)

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="structures_membership_unique"),
            models.CheckConstraint(name="structures_membership_not_self", condition=~Q(member=F("group"))),
        ]

    def __str__(self):
        return f"{self.member_id} dans {self.group_id}"


class DuplicatePair(models.Model):
    """Two structures that may be one (structures/duplicates.py), until an editor says that they are not."""

    first = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+", verbose_name="première fiche")
    second = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+", verbose_name="seconde fiche")
    reason = models.CharField("pourquoi", max_length=400)
    found_at = models.DateTimeField("trouvée le", auto_now_add=True)
    dismissed_at = models.DateTimeField("écartée le", null=True, blank=True)
    dismissed_by = link_to_user("écartée par")

    class Meta:
        verbose_name = "doublon possible"
        verbose_name_plural = "doublons possibles"
        ordering = ["first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="structures_duplicate_unique"),
            models.CheckConstraint(name="structures_duplicate_ordered", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self):
        return f"doublon possible {self.pk}"


class StructurePhoto(Picture):
    """A photograph of the structure, shown on its sheet in the order of `position`."""

    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta(Picture.Meta):
        verbose_name = "photo"
        ordering = ["structure", "position", "pk"]


class NearestStructure(models.Model):
    """Which structure is the nearest to the town hall of a commune, for one computed distance (structures/computed).

    The distance itself is a figure of the commune, so that pages compare it as any other.
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+", verbose_name="commune")
    indicator = models.SlugField("indicateur", max_length=80)
    structure = models.ForeignKey(Structure, on_delete=models.CASCADE, related_name="+", verbose_name="structure")

    class Meta:
        verbose_name = "structure la plus proche"
        verbose_name_plural = "structures les plus proches"
        constraints = [
            models.UniqueConstraint(fields=["territory", "indicator"], name="structures_nearest_unique"),
        ]

    def __str__(self):
        return f"{self.territory_id} {self.indicator}"


class CompletenessNote(models.Model):
    """What is known to lack in the structures of one kind: data of the region, loaded with its demo or by staff.

    `expected` is how many structures the source counts, when it says so; pages set the number known against it.
    """

    kind = models.CharField("type", max_length=24, choices=Kind.choices, unique=True)
    text = models.CharField("avertissement", max_length=400)
    expected = models.PositiveIntegerField("nombre attendu", null=True, blank=True)
    source = models.CharField("source", max_length=500)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=40, blank=True)

    class Meta:
        verbose_name = "liste incomplète"
        verbose_name_plural = "listes incomplètes"
        ordering = ["kind"]

    def __str__(self):
        return self.text
