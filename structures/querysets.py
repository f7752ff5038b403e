"""Reads of structures: small, chainable, named after the question."""

from collections.abc import Iterable
from math import cos, radians

from django.db.models import ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils import timezone

from guide.core.french import fold
from guide.core.models import PublishableQuerySet
from guide.territories.models import Containment
from guide.territories.positions import EARTH_RADIUS_KM, KM_PER_DEGREE
from structures.enums import USUAL_MODES


class StructureQuerySet(PublishableQuerySet):
    """The read layer of structures."""

    def live(self, at=None):
        """Published structures that are not closed on that day."""
        day = timezone.localdate(at) if at else timezone.localdate()
        return super().live(at).filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def with_sheet(self, at=None):
        """Published structures, closed ones included: their sheet stays reachable and says so."""
        return super().live(at)

    def of_kinds(self, kinds: Iterable[str]):
        return self.filter(kind__in=list(kinds))

    def in_territory(self, territory):
        """Structures whose commune lies in `territory` (an object or its primary key)."""
        inner = Containment.objects.filter(outer=territory).values("inner")
        return self.filter(commune__in=inner)

    def with_mode(self, modes: Iterable[str]):
        """Structures where a doctor practises in one of these modes, declared, else usual for the kind."""
        modes = set(modes)
        declared = self.model._meta.get_field("modes").related_model.objects
        usual = [kind for kind, usual_modes in USUAL_MODES.items() if modes & set(usual_modes)]
        return self.filter(
            Q(pk__in=declared.filter(mode__in=modes).values("structure"))
            | (Q(kind__in=usual) & ~Q(pk__in=declared.values("structure")))
        )

    def with_speciality(self, specialities: Iterable[str]):
        staff = self.model._meta.get_field("staff").related_model.objects
        return self.filter(pk__in=staff.filter(speciality__in=list(specialities)).values("structure"))

    def matching(self, text: str):
        """Structures whose name, commune or FINESS number holds every word of `text`."""
        query = Q()
        for word in fold(text).split()[:8]:
            query &= Q(search_text__contains=word)
        return self.filter(query)

    def in_box(self, west: float, south: float, east: float, north: float):
        return self.filter(latitude__range=(south, north), longitude__range=(west, east))

    def placed(self):
        return self.filter(latitude__isnull=False)

    def near(self, latitude: float, longitude: float, radius_km: float):
        """Structures within `radius_km` of a point, annotated with `distance_km` (great circle, haversine)."""
        d_lat = radius_km / KM_PER_DEGREE
        d_lon = d_lat / max(0.01, cos(radians(latitude)))
        box = self.in_box(longitude - d_lon, latitude - d_lat, longitude + d_lon, latitude + d_lat)
        return box.annotate(distance_km=distance_km(latitude, longitude)).filter(distance_km__lte=radius_km)


def distance_km(latitude: float, longitude: float) -> ExpressionWrapper:
    """SQL expression: great-circle distance in km from a point to each row (haversine, both databases)."""
    lat, lon = Radians(F("latitude")), Radians(F("longitude"))
    chord = Power(Sin((lat - radians(latitude)) / 2), 2) + Value(cos(radians(latitude))) * Cos(lat) * Power(
        Sin((lon - radians(longitude)) / 2), 2
    )
    expression = 2 * EARTH_RADIUS_KM * ASin(Least(Sqrt(chord), Value(1.0)))
    return ExpressionWrapper(expression, output_field=FloatField())
