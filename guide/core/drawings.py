"""The site's own drawings: files of static/img/illustrations, which editors name by their code."""

LABELS = {
    "maison-de-sante": "Maison de santé",
    "hopital": "Hôpital",
    "ville": "Ville moyenne",
    "village": "Village et clocher",
    "verger": "Verger",
    "route": "Route ouverte",
    "famille": "En famille",
    "gare": "La gare",
}


def known(code: str) -> str:
    """The code when there is such a drawing, else "": a page never asks for a file that does not exist."""
    return code if code in LABELS else ""
