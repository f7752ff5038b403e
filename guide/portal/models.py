"""Uploads that wait for the decision of an editor."""

from guide.portal.imports.models import PreviewPage, Upload, UploadPart  # noqa: F401  Django looks for models here
