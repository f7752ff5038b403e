"""An import under way: the files as they were uploaded, and what the preview shows. All of it goes when it is over.

It is kept in the database, where any machine can read what another received. The key of an upload travels signed
(`token`); only who uploaded comes back to it, for a day.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.signing import TimestampSigner
from django.db import models

from guide.core.models import ImportRun

SIGNER = TimestampSigner(salt="guide.uploads")


class Upload(models.Model):
    """The files that an editor gave for one import, and where it stands.

    `files` is a list of {"name": its name in the delivery, or "", "file": file name, "sha256": digest}.
    `outcome`: "" not read yet, previewed, changed (previewed again, differently), refused, applied, failed.
    `fingerprint` and `verdicts`: what the preview showed of the rows, and of the golden cases.
    """

    key = models.CharField("import", max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField("déposé le", auto_now_add=True, db_index=True)
    about = models.JSONField("livraison", default=dict)
    options = models.JSONField("options", default=dict)
    accept_fewer = models.BooleanField("accepter moins de lignes", default=False)
    files = models.JSONField("fichiers", default=list)
    outcome = models.CharField("résultat", max_length=10, blank=True)
    message = models.TextField("message", blank=True)
    fingerprint = models.CharField("empreinte de l'aperçu", max_length=120, blank=True)
    verdicts = models.CharField("empreinte des cas types", max_length=64, blank=True)
    counts = models.JSONField("décompte", default=dict)
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "fichier déposé"
        verbose_name_plural = "fichiers déposés"

    def __str__(self):
        return f"{self.key} {self.pk}"

    @property
    def token(self) -> str:
        return SIGNER.sign(self.pk)

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        with TemporaryDirectory(prefix="guide-upload-") as folder:
            for file in self.files:
                with (Path(folder) / file["file"]).open("xb") as target:
                    for content in self._parts(file["file"]):
                        target.write(content)
            yield Path(folder)

    def is_whole(self) -> bool:
        return all(self._sha256(file["file"]) == file["sha256"] for file in self.files)

    def _sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        for content in self._parts(name):
            digest.update(content)
        return digest.hexdigest()

    def _parts(self, name: str) -> Iterator[bytes]:
        """The content, one part in memory at a time."""
        parts = self.parts.filter(file=name).order_by("number")
        for pk in list(parts.values_list("pk", flat=True)):
            yield bytes(UploadPart.objects.values_list("content", flat=True).get(pk=pk))


class UploadPart(models.Model):
    """A piece of an uploaded file: rows of this size fit any database, and the memory of any process."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    file = models.CharField("fichier", max_length=250)
    number = models.PositiveIntegerField("numéro")
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "morceau de fichier"
        verbose_name_plural = "morceaux de fichiers"
        constraints = [models.UniqueConstraint(fields=["upload", "file", "number"], name="portal_part_unique")]

    def __str__(self):
        return f"{self.file} {self.number}"


class PreviewPage(models.Model):
    """One page of one section of a preview (guide/portal/imports/preview_pages.py)."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pages")
    section = models.CharField("partie", max_length=20)
    number = models.PositiveIntegerField("numéro")
    lines = models.JSONField("lignes", default=list)

    class Meta:
        verbose_name = "page d'aperçu"
        verbose_name_plural = "pages d'aperçu"
        constraints = [models.UniqueConstraint(fields=["upload", "section", "number"], name="portal_page_unique")]

    def __str__(self):
        return f"{self.section} {self.number}"
