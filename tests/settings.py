"""Settings of the tests: the project's own, on a throw-away key, with hostile templates."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-tests-only-tests-only-tests-only-tests")

from guide.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
# Tests read pages as templates and sheets are typed; tests/core/test_typography.py reads them as they are served.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "guide.core.typography.in_french"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
