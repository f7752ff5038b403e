"""App configuration of the portal, and the admin's own."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.auth.apps import AuthConfig
from django.utils.module_loading import module_has_submodule


class PortalConfig(AppConfig):
    """Home page and site-wide pages."""

    name = "guide.portal"
    label = "portal"
    verbose_name = "portail"


class AccountsConfig(AuthConfig):
    """Django's accounts, under the name that an editor gives them."""

    verbose_name = "Comptes"


class GuideAdminConfig(SimpleAdminConfig):
    """The admin, discovered everywhere but in django-leaflet: its admin module needs GDAL, which we do without."""

    default_site = "guide.portal.admin_site.GuideAdminSite"

    def ready(self):
        """Import the modules of each app that the administration reads: its admin, what editors may do there, and
        its background work."""
        super().ready()
        for config in apps.get_app_configs():
            for name in ("admin", "editing", "tasks"):
                if config.name != "leaflet" and module_has_submodule(config.module, name):
                    import_module(f"{config.name}.{name}")
