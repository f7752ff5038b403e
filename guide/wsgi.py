"""The application that gunicorn serves."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide.settings")

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)
_django = get_wsgi_application()


def application(environ, start_response):
    """Answer a request, read in UTF-8 whatever charset its Content-Type names.

    Pages are in UTF-8, so forms come back in it. Django would take any codec of Python, and those that decode no text
    ("hex") make every address fail before the first middleware.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)
