"""French names of the importers, by the key that the reports keep."""

_names: dict[str, str] = {}


def register(key: str, name: str) -> None:
    """Remember the name of an importer."""
    _names[key] = name


def name_of(key: str) -> str:
    """The name that staff know; the key itself for an importer that is no more."""
    return _names.get(key, key)


def choices() -> list[tuple[str, str]]:
    """(key, name), by name."""
    return sorted(_names.items(), key=lambda pair: pair[1])
