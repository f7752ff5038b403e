"""A small region for the tests of pages: places with contours, structures, figures and zonings."""

from guide.territories.enums import TerritoryKind
from guide.territories.models import Contour, PostalCode
from guide.territories.positions import project
from tests.factories import DepartmentFactory, IndicatorFactory, IndicatorValueFactory, RegionFactory, TerritoryFactory


def contour(territory):
    west, south, east, north = territory.bbox
    corners = [project(west, south), project(east, south), project(east, north)]
    path = "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"
    Contour.objects.create(territory=territory, full="{}", simplified="{}", path_fine=path, path_coarse=path)
    return territory


class Country:
    """Centre-Val de Loire with the Indre, one EPCI, one bassin de vie and La Châtre, its pole."""

    def __init__(self):
        self.france = TerritoryFactory(kind=TerritoryKind.COUNTRY, code="FR", name="France", slug="france")
        self.region = contour(RegionFactory(slug="centre-val-de-loire"))
        self.department = contour(DepartmentFactory(code="36", name="Indre", slug="indre", inside=[self.region]))
        self.epci = contour(self.area(TerritoryKind.EPCI, "243600236", "CC de la Châtre", "cc-de-la-chatre"))
        self.basin = contour(self.area(TerritoryKind.LIVING_AREA, "36046", "La Châtre", "bassin-de-vie-la-chatre"))
        self.commune = self.add_commune("36046", "La Châtre", "la-chatre-36046")
        PostalCode.objects.create(code="36400", commune=self.commune)

    def area(self, kind, code, name, slug):
        return TerritoryFactory(kind=kind, code=code, name=name, slug=slug, inside=[self.region, self.department])

    def add_commune(self, code, name, slug):
        outers = [self.region, self.department, self.epci, self.basin]
        return contour(TerritoryFactory(code=code, name=name, slug=slug, parent=self.department, inside=outers))

    def all(self):
        return [self.region, self.department, self.epci, self.basin, self.commune]

    def figure(self, territory, **fields):
        indicator = fields.pop("indicator", None) or IndicatorFactory()
        return IndicatorValueFactory(indicator=indicator, territory=territory, **fields)
