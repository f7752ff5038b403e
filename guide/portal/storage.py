"""Static files: hashed names, compressed once, ES module imports rewritten to the hashed names."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, without the rewriting of source maps: some packages name maps that they do not ship."""

    support_js_module_import_aggregation = True
    patterns = HashedFilesMixin.patterns[:1]
