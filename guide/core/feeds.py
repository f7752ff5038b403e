"""The feeds of the site (Atom, RFC 4287): the same author and the same head for each."""

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed


def atom_feed(title: str, page: str, address: str) -> Atom1Feed:
    """A feed without entries: `title` follows the name of the site, `page` tells the same to readers, as paths."""
    home = settings.SITE_URL + page
    return Atom1Feed(
        title=f"{settings.SITE_NAME}\u00a0: {title}",
        link=home,
        description="",
        language="fr",
        feed_url=settings.SITE_URL + address,
        feed_guid=home,
        author_name=settings.SITE_NAME,
        author_link=f"{settings.SITE_URL}/",
    )
