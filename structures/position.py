"""Whether a position typed or clicked by an editor can be that of a structure of its commune. Pure."""

from collections.abc import Sequence

from guide.core.french import NBSP, number
from guide.territories.distances import great_circle_km

# A site at the edge of a commune often stands in the next one: beyond this, the position or the commune is wrong.
TOO_FAR_KM = 5
# Of a commune whose box is unknown, only the centre is: the widest communes of France reach that far.
TOO_FAR_FROM_CENTRE_KM = 25

Box = Sequence[float]  # west, south, east, north, in degrees


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
    if _distance(latitude, longitude, box, centre) <= _limit(box):
        return ""
    if -90 <= longitude <= 90 and _distance(longitude, latitude, box, centre) <= _limit(box):
        return "La latitude et la longitude semblent inversées."
    far = number(round(_distance(latitude, longitude, box, centre)))
    return f"Cette position est à {far}{NBSP}km de {commune}. Vérifiez-la, ou changez la commune."


def _limit(box: Box | None) -> float:
    return TOO_FAR_KM if box else TOO_FAR_FROM_CENTRE_KM


def _distance(latitude: float, longitude: float, box: Box | None, centre: tuple[float, float] | None) -> float:
    if box:
        return distance_from(latitude, longitude, box)
    return great_circle_km(latitude, longitude, *centre) if centre else 0.0
