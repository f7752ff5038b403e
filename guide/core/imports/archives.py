"""Unpacking an uploaded ZIP archive of texts: only what is expected, only inside its folder, within limits."""

import stat
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused

MAX_FILES = 5000
MAX_BYTES = 100 << 20
IGNORED = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


def unpack(path: Path, folder: Path, endings: Collection[str]) -> Path:
    """Write the files of an archive under `folder`; returns the folder that holds them, below a common first one.

    FileRefused: not an archive, a name that leaves the folder, a link, another kind of file, too many or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            files = [part for part in archive.infolist() if not part.is_dir()]
            parts = [part for part in files if IGNORED.isdisjoint(PurePosixPath(part.filename).parts)]
            _check(path, parts, endings)
            for part in parts:
                target = folder / part.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : archive illisible ou protégée.") from error
    return _root(folder)


def _check(path: Path, parts: list[zipfile.ZipInfo], endings: Collection[str]) -> None:
    for part in parts:
        name = PurePosixPath(part.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in part.filename or ":" in part.filename:
            raise _refused(path, f"nom de fichier interdit (« {part.filename[:80]} »)")
        if stat.S_ISLNK(part.external_attr >> 16):
            raise _refused(path, f"lien interdit (« {part.filename[:80]} »)")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refused(path, "compression inhabituelle, enregistrez l'archive en ZIP ordinaire")
        if name.suffix.lower() not in endings:
            raise _refused(path, f"« {part.filename[:80]} » n'est ni une fiche ni une liste ({', '.join(endings)})")
    # Declared sizes are enough: Python never reads a part beyond its own.
    if len(parts) > MAX_FILES or sum(part.file_size for part in parts) > MAX_BYTES:
        raise FileRefused(
            RefusalReason.TOO_LARGE, f"{path.name} : archive de plus de {MAX_FILES} fichiers ou de 100 Mo de textes."
        )


def _refused(path: Path, why: str) -> FileRefused:
    return FileRefused(RefusalReason.UNREADABLE, f"{path.name} : {why}.")


def _root(folder: Path) -> Path:
    """Below folders that hold one folder and nothing else, when that one holds folders or lists in its turn.

    An archive of `contenu/` and one of what it holds are the same delivery; a lone `pages/` is not stripped.
    """
    while True:
        inside = list(folder.iterdir())
        if len(inside) != 1 or not inside[0].is_dir():
            return folder
        if any(path.suffix == ".md" and path.stem.lower() != "readme" for path in inside[0].iterdir()):
            return folder
        folder = inside[0]
