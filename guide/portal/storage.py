"""Static files: hashed names, compressed once, imports between our own ES modules rewritten to hashed names."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; files of packages are left as they are, because some name files that they do not ship."""

    patterns = (
        HashedFilesMixin.patterns[0],
        ("js/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),
    )
