"""What every template knows of the site."""

from django.conf import settings

MENU = (
    ("Aides", "/aides/"),
    ("Exercer", "/exercer/"),
    ("Territoires", "/territoires/"),
    ("Structures", "/structures/"),
    ("Carte", "/carte/"),
    ("Témoignages", "/temoignages/"),
    ("Actualités", "/actualites/"),
    ("Contact", "/contact/"),
)


def site(request) -> dict:
    """Name and address of the site, the official zoning map, and the menu as (label, address, is current)."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "ZONING_MAP_URL": settings.ZONING_MAP_URL,
        "SITE_MENU": [(label, address, request.path.startswith(address)) for label, address in MENU],
    }
