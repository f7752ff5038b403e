"""Settings, all of them from the environment (table in the README)."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from xstatic.pkg import leaflet_markercluster

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))


def _secret_key() -> str:
    """SECRET_KEY from the environment; outside production, else the one that `make run` keeps under var/."""
    kept = VAR_DIR / "secret_key"
    key = env.str("SECRET_KEY", "") or ("" if HTTPS or not kept.is_file() else kept.read_text().strip())
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. In production (HTTPS=1) export a long random one; "
            "elsewhere `make run` makes one and keeps it in var/secret_key."
        )
    return key


def _allowed_hosts() -> list[str]:
    """ALLOWED_HOSTS from the environment; production names its hosts, elsewhere the machine itself is enough."""
    hosts = env.list("ALLOWED_HOSTS", default=[] if HTTPS else ["127.0.0.1", "localhost", "[::1]"])
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. In production (HTTPS=1) export the names of the site, "
            "separated by commas, the public one first: ALLOWED_HOSTS=guide.example.org"
        )
    return hosts


# --- host: HTTPS=1 is production ----------------------------------------------
DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
_own_address = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if HTTPS else "http://127.0.0.1:8000"
SITE_URL = env.str("SITE_URL", _own_address).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

# --- the region that this installation serves ---------------------------------
REGION = env.str("REGION", "24")
SITE_NAME = env.str("SITE_NAME", "Exercer en Centre-Val de Loire")
TILE_URL = env.str("TILE_URL", "")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", "")
ZONING_MAP_URL = env.str(
    "ZONING_MAP_URL",
    "https://www.centre-val-de-loire.ars.sante.fr/index.php/zonage-medecin-en-centre-val-de-loire",
)

# --- Django -----------------------------------------------------------------
INSTALLED_APPS = [
    "guide.portal.apps.PortalConfig",
    "guide.editorial",
    "guide.desk",
    "aids",
    "structures",
    "guide.backoffice",
    "guide.territories",
    "guide.core",
    "leaflet",
    "django_htmx",
    "csp",
    "axes",
    "django_prose_editor",
    "whitenoise.runserver_nostatic",
    "guide.portal.apps.GuideAdminConfig",
    "guide.portal.apps.AccountsConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guide.core.typography.in_french",
    "axes.middleware.AxesMiddleware",  # last: answers in the place of a login that is locked
]
ROOT_URLCONF = "guide.portal.urls"
WSGI_APPLICATION = "guide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guide.portal.frame.site",
            ],
            "libraries": {"frame": "guide.portal.frame"},
        },
    },
]

# --- accounts: a login that fails too often waits ---------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# The pair: a stranger cannot lock an editor out from elsewhere, nor one colleague a whole office behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "guide.core.http.client_address"
AXES_LOCKOUT_CALLABLE = "guide.portal.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # failures alone are kept, and who logged in from where is nobody's business
AXES_ENABLE_ADMIN = False

# --- data -------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'guide.sqlite3'}")}
# Opening a connection costs more than the one query of a 304, on SQLite too.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer (WAL); writers queue instead of failing (busy timeout, immediate transactions).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"ne-pas-repondre@{ALLOWED_HOSTS[0].lstrip('.')}")
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
FIXTURES_DIR = BASE_DIR / "fixtures"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", 100)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- language -----------------------------------------------------------------
LANGUAGE_CODE = "fr"
LOCALE_PATHS = [BASE_DIR / "guide" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Paris")
USE_I18N = True
USE_TZ = True

# --- static files ---------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("leaflet.markercluster", leaflet_markercluster.BASE_DIR),
]
STATICFILES_FINDERS = [
    "guide.portal.static_files.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "guide.portal.static_files.StaticStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- security -------------------------------------------------------------------
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
_tile_host = [f"{TILE_URL.split('/')[0]}//{TILE_URL.split('/')[2]}"] if TILE_URL.startswith("https://") else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # 'self' and not 'none': Firefox judges the <use> of a sprite by default-src; what it opens is shut below.
        "default-src": [SELF],
        "frame-src": [NONE],
        "media-src": [NONE],
        "object-src": [NONE],
        "worker-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_tile_host],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- maps -------------------------------------------------------------------------
LEAFLET_CONFIG = {
    "TILES": [("Fond de carte", TILE_URL, {"attribution": TILE_ATTRIBUTION})] if TILE_URL else [],
    "MIN_ZOOM": 6,
    "MAX_ZOOM": 17,
}

# --- logs: to the console, where the service manager picks them up ------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": ["console"], "propagate": False}},
}
