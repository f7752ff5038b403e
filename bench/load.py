"""A small load generator for 127.0.0.1, one request at a time, bounded in count and in time.

Plain sockets: http.client adds as much work to each request as the constant view itself, which would make
every ratio to it look better than it is. Sync workers close each connection, and so do we.
"""

import socket
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ROUNDS = 5
MAX_REQUESTS = 60
MAX_SECONDS = 1.5


class Target(NamedTuple):
    """What to ask for: a name for the table, an address, and headers."""

    name: str
    path: str
    headers: Mapping[str, str] = {}


def ask(port: int, target: Target) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers (lower case) and body as sent, compressed or not."""
    lines = [f"GET {target.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in target.headers.items()]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        received = bytearray()
        while block := connection.recv(1 << 16):
            received += block
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    status, *fields = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    return int(status.split()[1]), headers, body


def p50(port: int, targets: Sequence[Target]) -> list[float]:
    """Median of each target in its quietest round, in milliseconds; targets take turns, round after round.

    The quietest and not the middle one: what else the machine does lengthens a long page more than a short one.
    """
    medians: list[list[float]] = [[] for _ in targets]
    for _ in range(ROUNDS):
        for target, found in zip(targets, medians, strict=True):
            found.append(statistics.median(_burst(port, target)))
    return [min(found) for found in medians]


def _burst(port: int, target: Target) -> list[float]:
    times = []
    end = time.perf_counter() + MAX_SECONDS
    while len(times) < MAX_REQUESTS and time.perf_counter() < end:
        start = time.perf_counter()
        ask(port, target)
        times.append((time.perf_counter() - start) * 1000)
    return times
