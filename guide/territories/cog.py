"""Regions and departments of France (INSEE, code officiel géographique 2025) and the boxes that hold them.

A region's own files name its departments by code only; this table gives their names, so that serving another
region is a matter of files and of the REGION setting.
"""

from dataclasses import dataclass

from guide.territories.enums import TerritoryKind

_REGIONS = """
01 Guadeloupe: 971 Guadeloupe
02 Martinique: 972 Martinique
03 Guyane: 973 Guyane
04 La Réunion: 974 La Réunion
06 Mayotte: 976 Mayotte
11 Île-de-France: 75 Paris, 77 Seine-et-Marne, 78 Yvelines, 91 Essonne, 92 Hauts-de-Seine, 93 Seine-Saint-Denis, \
94 Val-de-Marne, 95 Val-d'Oise
24 Centre-Val de Loire: 18 Cher, 28 Eure-et-Loir, 36 Indre, 37 Indre-et-Loire, 41 Loir-et-Cher, 45 Loiret
27 Bourgogne-Franche-Comté: 21 Côte-d'Or, 25 Doubs, 39 Jura, 58 Nièvre, 70 Haute-Saône, 71 Saône-et-Loire, 89 Yonne, \
90 Territoire de Belfort
28 Normandie: 14 Calvados, 27 Eure, 50 Manche, 61 Orne, 76 Seine-Maritime
32 Hauts-de-France: 02 Aisne, 59 Nord, 60 Oise, 62 Pas-de-Calais, 80 Somme
44 Grand Est: 08 Ardennes, 10 Aube, 51 Marne, 52 Haute-Marne, 54 Meurthe-et-Moselle, 55 Meuse, 57 Moselle, \
67 Bas-Rhin, 68 Haut-Rhin, 88 Vosges
52 Pays de la Loire: 44 Loire-Atlantique, 49 Maine-et-Loire, 53 Mayenne, 72 Sarthe, 85 Vendée
53 Bretagne: 22 Côtes-d'Armor, 29 Finistère, 35 Ille-et-Vilaine, 56 Morbihan
75 Nouvelle-Aquitaine: 16 Charente, 17 Charente-Maritime, 19 Corrèze, 23 Creuse, 24 Dordogne, 33 Gironde, 40 Landes, \
47 Lot-et-Garonne, 64 Pyrénées-Atlantiques, 79 Deux-Sèvres, 86 Vienne, 87 Haute-Vienne
76 Occitanie: 09 Ariège, 11 Aude, 12 Aveyron, 30 Gard, 31 Haute-Garonne, 32 Gers, 34 Hérault, 46 Lot, 48 Lozère, \
65 Hautes-Pyrénées, 66 Pyrénées-Orientales, 81 Tarn, 82 Tarn-et-Garonne
84 Auvergne-Rhône-Alpes: 01 Ain, 03 Allier, 07 Ardèche, 15 Cantal, 26 Drôme, 38 Isère, 42 Loire, 43 Haute-Loire, \
63 Puy-de-Dôme, 69 Rhône, 73 Savoie, 74 Haute-Savoie
93 Provence-Alpes-Côte d'Azur: 04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes, 13 Bouches-du-Rhône, \
83 Var, 84 Vaucluse
94 Corse: 2A Corse-du-Sud, 2B Haute-Corse
"""

# Chefs-lieux of departments, then of the regions that have several departments (INSEE, same edition).
_SEATS = """
01 Bourg-en-Bresse, 02 Laon, 03 Moulins, 04 Digne-les-Bains, 05 Gap, 06 Nice, 07 Privas, 08 Charleville-Mézières, \
09 Foix, 10 Troyes, 11 Carcassonne, 12 Rodez, 13 Marseille, 14 Caen, 15 Aurillac, 16 Angoulême, 17 La Rochelle, \
18 Bourges, 19 Tulle, 21 Dijon, 22 Saint-Brieuc, 23 Guéret, 24 Périgueux, 25 Besançon, 26 Valence, 27 Évreux, \
28 Chartres, 29 Quimper, 2A Ajaccio, 2B Bastia, 30 Nîmes, 31 Toulouse, 32 Auch, 33 Bordeaux, 34 Montpellier, \
35 Rennes, 36 Châteauroux, 37 Tours, 38 Grenoble, 39 Lons-le-Saunier, 40 Mont-de-Marsan, 41 Blois, \
42 Saint-Étienne, 43 Le Puy-en-Velay, 44 Nantes, 45 Orléans, 46 Cahors, 47 Agen, 48 Mende, 49 Angers, 50 Saint-Lô, \
51 Châlons-en-Champagne, 52 Chaumont, 53 Laval, 54 Nancy, 55 Bar-le-Duc, 56 Vannes, 57 Metz, 58 Nevers, 59 Lille, \
60 Beauvais, 61 Alençon, 62 Arras, 63 Clermont-Ferrand, 64 Pau, 65 Tarbes, 66 Perpignan, 67 Strasbourg, 68 Colmar, \
69 Lyon, 70 Vesoul, 71 Mâcon, 72 Le Mans, 73 Chambéry, 74 Annecy, 75 Paris, 76 Rouen, 77 Melun, 78 Versailles, \
79 Niort, 80 Amiens, 81 Albi, 82 Montauban, 83 Toulon, 84 Avignon, 85 La Roche-sur-Yon, 86 Poitiers, 87 Limoges, \
88 Épinal, 89 Auxerre, 90 Belfort, 91 Évry-Courcouronnes, 92 Nanterre, 93 Bobigny, 94 Créteil, 95 Pontoise, \
971 Basse-Terre, 972 Fort-de-France, 973 Cayenne, 974 Saint-Denis, 976 Mamoudzou
"""
_REGION_SEATS = """
11 Paris, 24 Orléans, 27 Dijon, 28 Rouen, 32 Lille, 44 Strasbourg, 52 Nantes, 53 Rennes, 75 Bordeaux, 76 Toulouse, \
84 Lyon, 93 Marseille, 94 Ajaccio
"""

# [west, south, east, north] in degrees, rounded outwards: the land of France, to tell a place from open sea.
_METROPOLE = (-5.3, 41.2, 9.7, 51.3)
_OVERSEAS = {
    "01": (-62.0, 15.7, -60.9, 16.7),
    "02": (-61.4, 14.2, -60.7, 15.0),
    "03": (-54.8, 2.0, -51.4, 6.0),
    "04": (55.1, -21.5, 56.0, -20.8),
    "06": (44.9, -13.2, 45.4, -12.5),
}


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its name and the code of its region."""

    name: str
    region: str


def _parse() -> tuple[dict[str, str], dict[str, Department]]:
    regions, departments = {}, {}
    for line in _REGIONS.strip().splitlines():
        head, _, tail = line.partition(": ")
        region, _, name = head.partition(" ")
        regions[region] = name
        for item in tail.split(", "):
            code, _, department = item.partition(" ")
            departments[code] = Department(department, region)
    return regions, departments


REGIONS, DEPARTMENTS = _parse()


def _named(lines: str) -> dict[str, str]:
    return dict(item.strip().split(" ", 1) for item in lines.split(","))


_SEATS_BY_KIND = {TerritoryKind.DEPARTMENT: _named(_SEATS), TerritoryKind.REGION: _named(_REGION_SEATS)}


def seat(kind: str, code: str) -> str:
    """Name of the chef-lieu of a department or of a region; "" for other kinds and unknown codes."""
    return _SEATS_BY_KIND.get(kind, {}).get(code, "")


def department_of(commune: str) -> str:
    """Code of a commune's department: the first three characters overseas, else the first two."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def region_of(commune: str) -> str:
    """Code of a commune's region, "" for a code that is in no department."""
    department = DEPARTMENTS.get(department_of(commune))
    return department.region if department else ""


def region_holding(kind: str, code: str) -> str:
    """Code of the region of a commune, a department or a region itself; "" for other kinds and unknown codes."""
    if kind == TerritoryKind.COMMUNE:
        return region_of(code)
    if kind == TerritoryKind.DEPARTMENT:
        return DEPARTMENTS[code].region if code in DEPARTMENTS else ""
    return code if kind == TerritoryKind.REGION and code in REGIONS else ""


def box(region: str) -> tuple[float, float, float, float]:
    """The box that holds the land around a region: metropolitan France, or the overseas department."""
    return _OVERSEAS.get(region, _METROPOLE)
