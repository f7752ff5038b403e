"""What staff call each importer. Each class of importer adds its own name when it is defined."""

_names: dict[str, str] = {}


def add(key: str, name: str) -> None:
    """Name the importer whose reports carry `key`."""
    _names[key] = name


def choices() -> list[tuple[str, str]]:
    """(key, name in French) of every importer known, in the order of the names."""
    return sorted(_names.items(), key=lambda pair: pair[1])
