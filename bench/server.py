"""gunicorn with two sync workers, as in production, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS = "2"
START_SECONDS = 30


@contextmanager
def gunicorn() -> Iterator[int]:
    """Serve the bench settings; yields the port and stops the server afterwards."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}",
        "--log-level", "warning", "guide.wsgi",
    ]  # fmt: skip
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "WEB_CONCURRENCY": WORKERS,
        "GUNICORN_LOG_LEVEL": "warning",
    }
    process = subprocess.Popen(command, env=environment)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server of the benchmark did not start.")
