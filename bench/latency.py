"""p50 of each page as a ratio to the constant view, on gunicorn with two sync workers."""

from bench.load import Target, ask, p50
from bench.server import gunicorn
from bench.tables import table, title

CONSTANT = Target("constant view", "/bench-constant/")


def report(pages: list[Target], data: list[Target]) -> None:
    """Measure in turn and print the ratios; a ratio nearer to 1 than 1.3 is not a finding."""
    title("p50 at one connection, as a ratio to a constant view of the project (same middlewares)")
    with gunicorn() as port:
        targets = [CONSTANT, *pages, *data]
        targets += [_compressed(target) for target in pages[:2]]
        targets += [_unchanged(port, target) for target in pages[:2]]
        for target in targets:
            ask(port, target), ask(port, target)
        times = p50(port, targets)
    constant = times[0]
    table(
        ["page", "ratio", "ms here"],
        [(t.name, f"{time / constant:.1f}", f"{time:.2f}") for t, time in zip(targets, times, strict=True)],
    )


def _compressed(target: Target) -> Target:
    return Target(f"{target.name}, gzip", target.path, {"Accept-Encoding": "gzip"})


def _unchanged(port: int, target: Target) -> Target:
    """The same page asked for again with its ETag: 304."""
    _, headers, _ = ask(port, target)
    return Target(f"{target.name}, unchanged (304)", target.path, {"If-None-Match": headers.get("etag", "")})
