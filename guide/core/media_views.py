"""Uploaded files to visitors, where no web server in front does it: fixed types, cached for ever, never run."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# The only files that the site writes: what is not named so is not served.
NAME = re.compile(r"photos/[0-9a-f]{32}/(?:photo|[0-9]{1,4}w)\.(jpg|webp|avif)")
TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
YEAR_SECONDS = 31_536_000


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """`/media/photos/<folder>/960w.avif`: a name is never given to another content."""
    found = NAME.fullmatch(name)
    path = Path(settings.MEDIA_ROOT) / name
    if not found or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=TYPES[found[1]])
    response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
