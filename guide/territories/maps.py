"""Server-drawn SVG maps: shapes from the stored paths, dots, labels; nothing computed but positions.

Units are those of `guide.territories.positions`. Dots of one kind are one path of zero-length segments, which
round caps turn into dots of a fixed size on screen (CSS); a map of 1,000 structures stays a few kilobytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guide.territories.positions import project, view_box

LABEL_SHARE = 0.038  # height of a label as a share of the width of the map: 12 px on a phone
TOWN_SHARE = 0.03
TAB_STOPS = 20  # beyond, the list under the map is the keyboard's way


@dataclass(frozen=True, slots=True)
class Shape:
    """A place on a map; without `href` it is plain land. `current` is the place that the page is about."""

    path: str
    label: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A name written at a point; `town` for a commune, else an area."""

    text: str
    x: int
    y: int
    town: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map ready to print by `territories/_svg_map.html`. `dots` are (kind, path data)."""

    name: str
    title: str
    description: str
    box: tuple[int, int, int, int]
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...] = ()
    dots: tuple[tuple[str, str], ...] = ()
    halo: str = ""
    outline: str = ""

    @property
    def view_box(self) -> str:
        return " ".join(map(str, self.box))

    @property
    def label_size(self) -> int:
        return round(self.box[2] * LABEL_SHARE)

    @property
    def town_size(self) -> int:
        return round(self.box[2] * TOWN_SHARE)

    @property
    def has_links(self) -> bool:
        """Whether shapes lead somewhere: the map is then a group of links, else a picture."""
        return any(shape.href for shape in self.shapes)

    @property
    def is_dense(self) -> bool:
        """Whether its links are too many for the tab key; the page then lists them under the map."""
        return sum(1 for shape in self.shapes if shape.href) > TAB_STOPS


def draw(
    name: str,
    title: str,
    description: str,
    bbox: Sequence[float],
    shapes: Iterable[Shape],
    *,
    outline: str = "",
    margin: float = 0.04,
) -> Drawing:
    """A map of the box [west, south, east, north] in degrees; `name` makes its identifiers unique on the page.

    The current shape is drawn last, so that its border is whole; `outline` is the path of a wider border drawn
    above the shapes; `margin` is a share of the size of the box.
    """
    ordered = sorted((shape for shape in shapes if shape.path), key=lambda shape: shape.current)
    return Drawing(name, title, description, view_box(bbox, margin), tuple(ordered), outline=outline)


def with_labels(
    drawing: Drawing, places: Iterable[tuple[str, float, float]], *, town: bool = False, limit: int | None = None
) -> Drawing:
    """The drawing with at most `limit` names at (text, longitude, latitude), none of them over an earlier one.

    Give the most important first: what is kept does not depend on the size of the screen.
    """
    kept = list(drawing.labels)
    for text, longitude, latitude in places:
        x, y = project(longitude, latitude)
        # A town's name stands above its point, where its structures are drawn.
        label = Label(text, x, y - round(drawing.town_size * 0.6) if town else y, town)
        if not any(_collide(label, other, drawing) for other in kept):
            kept.append(label)
    return replace(drawing, labels=tuple(kept[:limit]))


def _collide(one: Label, other: Label, drawing: Drawing) -> bool:
    size = drawing.town_size if one.town else drawing.label_size
    wide = (len(one.text) + len(other.text)) * size * 0.29
    return abs(one.x - other.x) < wide and abs(one.y - other.y) < size * 1.15


def with_dots(drawing: Drawing, points: Iterable[tuple[str, float, float]]) -> Drawing:
    """The drawing with dots at (kind, longitude, latitude); those outside the box and doubles are left out."""
    x0, y0, width, height = drawing.box
    by_kind = defaultdict(dict)
    for kind, longitude, latitude in points:
        x, y = project(longitude, latitude)
        if x0 <= x <= x0 + width and y0 <= y <= y0 + height:
            by_kind[kind][x, y] = None
    dots = tuple((kind, segments(spots)) for kind, spots in by_kind.items())
    halo = segments(dict.fromkeys(spot for spots in by_kind.values() for spot in spots))
    return replace(drawing, dots=dots, halo=halo)


def segments(spots: Iterable[tuple[int, int]]) -> str:
    """Path data of zero-length segments: `M12 34h0M56 78h0`."""
    return "".join(f"M{x} {y}h0" for x, y in spots)
