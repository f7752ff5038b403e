"""Plain tables on the terminal."""

from collections.abc import Iterable, Sequence


def title(text: str) -> None:
    """A section of the report."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def table(header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Print rows under a header, the first column to the left and the others to the right."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        first = line[0].ljust(widths[0])
        print("  ".join([first, *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]))


def kilobytes(size: int) -> str:
    """Bytes as kB (1,000 bytes)."""
    return f"{size / 1000:.1f}"
