"""What every template knows of the site."""

from django.conf import settings


def site(request) -> dict[str, str]:
    """Name of the site and of its region's official zoning map."""
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, "ZONING_MAP_URL": settings.ZONING_MAP_URL}
