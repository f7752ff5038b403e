"""The form of a structure in the administration: what the database or a map would refuse is said at its field.

Whether a position can be that of a structure of its commune is a pure rule (`problem`).
"""

from collections.abc import Sequence

from django import forms

from guide.core.form_fields import HELP, ProseField
from guide.core.french import NBSP, number
from guide.territories.positions import great_circle_km
from structures.enums import CoordinateSource
from structures.models import Structure

# A site at the edge of a commune often stands in the next one: beyond this, the position or the commune is wrong.
TOO_FAR_KM = 5
# Of a commune whose box is unknown, only the centre is: the widest communes of France reach that far.
TOO_FAR_FROM_CENTRE_KM = 25

Box = Sequence[float]  # west, south, east, north, in degrees
POSITION = ("latitude", "longitude")


def distance_from(latitude: float, longitude: float, box: Box) -> float:
    """Distance in km from a point to a box; 0 inside it."""
    west, south, east, north = box
    return great_circle_km(latitude, longitude, min(max(latitude, south), north), min(max(longitude, west), east))


def problem(
    latitude: float, longitude: float, *, commune: str, box: Box | None, centre: tuple[float, float] | None
) -> str:
    """Why this position cannot be in `commune`, in French; "" when it can, or when nothing is known of the place.

    `centre` is (latitude, longitude).
    """
    limit = TOO_FAR_KM if box else TOO_FAR_FROM_CENTRE_KM
    if not box and centre:
        box = (centre[1], centre[0], centre[1], centre[0])
    if not box or distance_from(latitude, longitude, box) <= limit:
        return ""
    if -90 <= longitude <= 90 and distance_from(longitude, latitude, box) <= limit:
        return "La latitude et la longitude semblent inversées."
    far = number(round(distance_from(latitude, longitude, box)))
    return f"Cette position est à {far}{NBSP}km de {commune}. Vérifiez-la, ou changez la commune."


class StructureForm(forms.ModelForm):
    """One sheet. A position goes with its origin, and lies in or near its commune."""

    presentation = ProseField(label="Présentation", required=False, help_text=HELP)

    class Meta:
        model = Structure
        fields = []  # those of the admin page's sections
        help_texts = {
            "name": "Comme sur la plaque ou le site de la structure.",
            "slug": "Fin de l'adresse de la page. Si elle change, l'ancienne adresse mène à la nouvelle.",
            "rank": "Pour un hôpital, une clinique ou un laboratoire.",
            "address": "Numéro et rue, sans le code postal ni la commune.",
            "latitude": "En degrés, par exemple 46,58. La carte ci-dessous la remplit.",
            "longitude": "En degrés, par exemple 1,98.",
            "coordinate_source": "Laissez vide : une position placée ou déplacée ici devient « placée à la main ».",
            "phone": "Celui que la structure publie.",
            "closed_on": "La fiche reste consultable et le dit ; la structure quitte les listes et la carte.",
            "coverage": "Pour une CPTS, une équipe mobile ou un service : le territoire où elle intervient.",
            "finess": "Neuf caractères. Il relie la fiche à l'import FINESS.",
            "verified_on": "Jour où quelqu'un a vérifié la fiche auprès de la structure.",
        }

    def clean(self):
        """Check the position when it or the commune has changed, and give it its origin."""
        cleaned = super().clean()
        if "presentation" not in self.changed_data:  # an imported plain text that nobody touched stays as it is
            cleaned["presentation"] = self.initial.get("presentation", "")
        position = tuple(cleaned.get(name) for name in POSITION)
        if any(name in self.errors for name in POSITION):
            return cleaned
        if position == (None, None):
            if set(POSITION) & set(self.changed_data):
                cleaned["coordinate_source"] = ""
            return cleaned
        if None in position:
            self.add_error(POSITION[position.index(None)], "Une position a une latitude et une longitude.")
            return cleaned
        if not cleaned.get("coordinate_source"):
            cleaned["coordinate_source"] = CoordinateSource.HAND
        if {*POSITION, "commune"} & set(self.changed_data):
            self._check_position(cleaned)
        return cleaned

    def _check_position(self, cleaned) -> None:
        commune = cleaned.get("commune")
        if commune is None:
            return
        centre = None if commune.latitude is None else (commune.latitude, commune.longitude)
        message = problem(
            cleaned["latitude"], cleaned["longitude"], commune=commune.name, box=commune.bbox, centre=centre
        )
        if message:
            self.add_error("latitude", message)
