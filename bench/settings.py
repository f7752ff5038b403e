"""The project's own settings, with one constant view added to its addresses."""

from guide.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
