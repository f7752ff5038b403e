"""Factories: the only way in which tests make objects."""

from datetime import date

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from guide.backoffice.access import Role
from guide.backoffice.models import Action, DeletedSheet, LinkCheck, LinkState, Perimeter, Proposal
from guide.core.enums import ImportOutcome, RejectReason, Status, TaskState
from guide.core.french import fold
from guide.core.models import ImportReject, ImportRun, Task
from guide.territories.enums import AmenityKind, Level, RemarkKind, Scheme, TerritoryKind, TravelMode
from guide.territories.models import (
    Amenity,
    Containment,
    Contour,
    Indicator,
    IndicatorValue,
    PostalCode,
    Territory,
    TerritoryRemark,
    TravelTime,
    Zoning,
    ZoningEdition,
)
from structures.enums import IMPORTANCE, CoordinateSource, Kind
from structures.models import MAX_LIST_ORDER, DuplicatePair, Structure


class TerritoryFactory(factory.django.DjangoModelFactory):
    """A place that contains itself; pass `inside=[outer, …]` to place it in others."""

    class Meta:
        model = Territory
        skip_postgeneration_save = True

    kind = TerritoryKind.COMMUNE
    code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.LazyAttribute(lambda o: f"{fold(o.name).replace(' ', '-')}-{o.code.lower()}")
    search_name = factory.LazyAttribute(lambda o: fold(o.name))
    population = 1200
    area_km2 = 20.5
    latitude = 46.58
    longitude = 1.98
    bbox = factory.LazyAttribute(
        lambda o: None if o.latitude is None else [o.longitude - 1, o.latitude - 1, o.longitude + 1, o.latitude + 1]
    )
    source = "INSEE"
    source_date = "2026"

    @factory.post_generation
    def inside(self, create, outers, **kwargs):
        if create:
            for outer in [self, *(outers or [])]:
                Containment.objects.get_or_create(inner=self, outer=outer)


class DepartmentFactory(TerritoryFactory):
    """A department."""

    kind = TerritoryKind.DEPARTMENT
    code = factory.Sequence(lambda n: f"{n % 90 + 10}")
    name = factory.Sequence(lambda n: f"Département {n}")


class RegionFactory(TerritoryFactory):
    """A region."""

    kind = TerritoryKind.REGION
    code = "24"
    name = "Centre-Val de Loire"


class ContourFactory(factory.django.DjangoModelFactory):
    """The contour of a place: a square of half a degree."""

    class Meta:
        model = Contour

    territory = factory.SubFactory(TerritoryFactory)
    full = '{"type":"Polygon","coordinates":[[[1,46],[1.5,46],[1.5,46.5],[1,46.5],[1,46]]]}'
    simplified = factory.SelfAttribute("full")
    path_fine = "M11132-584180h5566v-8000h-5566z"
    path_coarse = factory.SelfAttribute("path_fine")


class PostalCodeFactory(factory.django.DjangoModelFactory):
    """A postal code of a commune."""

    class Meta:
        model = PostalCode

    code = factory.Sequence(lambda n: f"{36000 + n}")
    commune = factory.SubFactory(TerritoryFactory)


class StructureFactory(factory.django.DjangoModelFactory):
    """A published MSP placed at the town hall of its commune."""

    class Meta:
        model = Structure
        skip_postgeneration_save = True

    status = Status.PUBLISHED
    finess = None
    kind = Kind.MSP
    name = factory.Sequence(lambda n: f"MSP {n}")
    slug = factory.LazyAttribute(lambda o: f"{fold(o.name).replace(' ', '-')}")
    commune = factory.SubFactory(TerritoryFactory)
    search_text = factory.LazyAttribute(lambda o: fold(f"{o.name} {o.commune.name} {o.finess or ''}"))
    list_order = factory.LazyAttribute(
        lambda o: f"{IMPORTANCE.index(o.kind):02} {fold(f'{o.commune.name} {o.name}')}"[:MAX_LIST_ORDER]
    )
    latitude = factory.LazyAttribute(lambda o: o.commune.latitude)
    longitude = factory.LazyAttribute(lambda o: o.commune.longitude)
    coordinate_source = CoordinateSource.COMMUNE
    source = "Essai"
    source_date = "2026"


class DuplicatePairFactory(factory.django.DjangoModelFactory):
    """Two structures of one commune that share a telephone."""

    class Meta:
        model = DuplicatePair

    first = factory.SubFactory(StructureFactory)
    second = factory.LazyAttribute(lambda o: StructureFactory(commune=o.first.commune))
    reason = "même téléphone : 02 54 00 00 00"


class ZoningEditionFactory(factory.django.DjangoModelFactory):
    """An exhaustive FRR edition."""

    class Meta:
        model = ZoningEdition

    scheme = Scheme.FRR
    label = factory.Sequence(lambda n: f"Liste {n}")
    scope = factory.SubFactory(RegionFactory)
    exhaustive = True
    valid_from = date(2025, 7, 10)
    source = "DGCL"


class ZoningFactory(factory.django.DjangoModelFactory):
    """A commune in FRR."""

    class Meta:
        model = Zoning

    edition = factory.SubFactory(ZoningEditionFactory)
    territory = factory.SubFactory(TerritoryFactory)
    level = Level.FRR


class IndicatorFactory(factory.django.DjangoModelFactory):
    """An indicator."""

    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"indicateur-{n}")
    label = factory.Sequence(lambda n: f"Indicateur {n}")
    unit = "%"
    family = "living"


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    """A figure."""

    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    territory = factory.SubFactory(TerritoryFactory)
    year = 2022
    value = 12.5
    source = "INSEE"


class AmenityFactory(factory.django.DjangoModelFactory):
    """A station."""

    class Meta:
        model = Amenity

    kind = AmenityKind.STATION
    name = factory.Sequence(lambda n: f"Gare {n}")
    commune = factory.SubFactory(TerritoryFactory)
    source = "SNCF"
    source_date = "2025"


class TerritoryRemarkFactory(factory.django.DjangoModelFactory):
    """An asset."""

    class Meta:
        model = TerritoryRemark

    territory = factory.SubFactory(TerritoryFactory)
    kind = RemarkKind.ASSET
    text = factory.Sequence(lambda n: f"Un atout {n}")
    source = "Presse"
    year = "2025"


class TravelTimeFactory(factory.django.DjangoModelFactory):
    """An hour by train to Paris."""

    class Meta:
        model = TravelTime

    commune = factory.SubFactory(TerritoryFactory)
    from_place = factory.LazyAttribute(lambda o: o.commune.name)
    to_place = "Paris"
    mode = TravelMode.TRAIN
    minutes = factory.Sequence(lambda n: 60 + n)
    source = "Presse"
    source_date = "2025"


class UserFactory(factory.django.DjangoModelFactory):
    """A superuser of the administration."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"editeur-{n}")
    is_staff = True
    is_superuser = True


class DeletedSheetFactory(factory.django.DjangoModelFactory):
    """A structure that was deleted, in the bin."""

    class Meta:
        model = DeletedSheet

    model = "structures.structure"
    object_id = factory.Sequence(lambda n: 100_000 + n)
    action = Action.DELETE
    label = factory.Sequence(lambda n: f"MSP supprimée {n}")
    before = factory.LazyAttribute(lambda o: {"pk": o.object_id, "fields": {"name": o.label}})


class EditorFactory(UserFactory):
    """An editor of one role; pass `territories=[…]` for the perimeter."""

    class Meta:
        skip_postgeneration_save = True

    is_superuser = False

    @factory.post_generation
    def role(self, create, role, **kwargs):
        if create:
            self.groups.add(Group.objects.get(name=Role(role or Role.DEPARTMENT).label))

    @factory.post_generation
    def territories(self, create, territories, **kwargs):
        if create:
            for territory in territories or []:
                Perimeter.objects.create(user=self, territory=territory)


class ProposalFactory(factory.django.DjangoModelFactory):
    """Another telephone number for a structure."""

    class Meta:
        model = Proposal

    sheet = factory.SubFactory(StructureFactory)
    values = factory.LazyFunction(lambda: {"phone": "02 54 00 00 01"})
    before = factory.LazyFunction(lambda: {"phone": ""})
    contact = "La maison de santé"


class LinkCheckFactory(factory.django.DjangoModelFactory):
    """A dead link; pass `sheet=…` for the sheet that shows it."""

    class Meta:
        model = LinkCheck
        skip_postgeneration_save = True

    url = factory.Sequence(lambda n: f"https://exemple.org/{n}")
    state = LinkState.DEAD
    message = "Réponse 404"
    failures = 2
    failing_since = factory.LazyFunction(timezone.now)
    checked_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def sheet(self, create, sheet, **kwargs):
        if create and sheet:
            self.uses.create(sheet=sheet, field="site internet")


class TaskFactory(factory.django.DjangoModelFactory):
    """Links tried last night."""

    class Meta:
        model = Task

    kind = "links"
    state = TaskState.DONE
    run_after = factory.LazyFunction(timezone.now)
    max_attempts = 3
    message = "12 liens connus, 3 essayés."


class ImportRunFactory(factory.django.DjangoModelFactory):
    """An applied import with one kept field."""

    class Meta:
        model = ImportRun

    importer = "finess"
    outcome = ImportOutcome.APPLIED
    started_at = factory.LazyFunction(timezone.now)
    finished_at = factory.LazyFunction(timezone.now)
    file_name = "finess.csv"
    counts = factory.LazyFunction(lambda: {"created": 12, "updated": 3, "kept": 1, "rejected": 1})
    details = factory.LazyFunction(
        lambda: {
            "kept": [["360000111", "phone", "02 54 00 00 00", "02 54 99 99 99"]],
            "changes": ["MSP : créée"],
            "notices": [[3, "18005", "mairie hors du contour"]],
        }
    )


class ImportRejectFactory(factory.django.DjangoModelFactory):
    """One row left out by an import."""

    class Meta:
        model = ImportReject

    run = factory.SubFactory(ImportRunFactory)
    line = 7
    identifier = "360000999"
    reason = RejectReason.UNKNOWN_COMMUNE
    message = "code INSEE 36999 inconnu"
