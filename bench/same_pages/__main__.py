"""What visitors get, before and after a change that must not be seen: the whole sitemap, data, 500 query strings.

Run in the folder of each version, on a database that this version loaded from the demo's files:

    python path/to/bench/same_pages record before.json.gz       # VAR_DIR or DATABASE_URL names the database
    python path/to/bench/same_pages compare before.json.gz after.json.gz

It imports nothing of the project, so that one copy reads all versions. The clock stands at NOW, which must
come after the day on which the databases were loaded. What is compared is parsed: elements with sorted attributes and
folded text, JSON, rows; what changes by nature (MASKS, headers UNTOLD) is not. Spaces alone are told apart,
because a template laid out anew may add some between elements that are boxes: look at those, they may also glue words.
"""

import argparse
import gzip
import json
import logging
import os
import sys
from itertools import zip_longest
from pathlib import Path
from urllib.parse import quote, urlsplit

from addresses import PLAIN, queries
from content import lines, without_spaces

NOW = "2026-12-15T10:00:00+00:00"
HOST = "127.0.0.1"
UNTOLD = {"ETag", "Date", "Expires", "Last-Modified", "Content-Length"}


def record(file: str) -> None:
    """Ask for everything, in process, at NOW; write {address: [status, headers, lines]}."""
    import time_machine

    sys.path.insert(0, os.getcwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide.settings")
    import django

    django.setup()
    logging.disable(logging.ERROR)
    from django.test import Client

    client = Client(SERVER_NAME=HOST, raise_request_exception=False)
    with time_machine.travel(NOW, tick=False):
        found = {address: answer(client, address) for address in PLAIN.split()}
        for index in _locations(found["/sitemap.xml"]):
            found[index] = answer(client, index)
            found |= {address: answer(client, address) for address in _locations(found[index])}
        for number, address in enumerate(queries()):
            found[address] = answer(client, address)
            if number % 5 == 0:
                found[f"htmx {address}"] = answer(client, address, {"HX-Request": "true"})
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=6) as out:
        json.dump(found, out, ensure_ascii=False)
    print(f"{len(found)} addresses, {sum(one[0] >= 500 for one in found.values())} answers of 5xx, in {file}")


def answer(client, address: str, headers: dict | None = None) -> list:
    """Status, headers that say something, and the content as lines."""
    response = client.get(quote(address, safe="/?&=%+.,:-_~'()"), headers=headers)
    body = b"".join(response) if response.streaming else response.content
    told = {name: value for name, value in sorted(response.headers.items()) if name not in UNTOLD}
    for name, mark in (("Vary", ", "), ("Content-Security-Policy", "; ")):
        if name in told:
            told[name] = mark.join(sorted(told[name].split(mark)))
    return [response.status_code, told, lines(body, told.get("Content-Type", ""))]


def _locations(sitemap: list) -> list[str]:
    """Paths named by a sitemap."""
    told = sitemap[2]
    urls = [urlsplit(told[i + 1]) for i, line in enumerate(told) if line == "<loc>"]
    return [url.path + (f"?{url.query}" if url.query else "") for url in urls]


def compare(before: str, after: str) -> int:
    """Print what differs, address by address; how many do, spaces apart."""
    old, new = (json.loads(gzip.decompress(Path(file).read_bytes())) for file in (before, after))
    different, spaced = 0, []
    for address in sorted(old.keys() | new.keys()):
        one, two = old.get(address), new.get(address)
        if one == two:
            continue
        if one and two and one[:2] == two[:2] and without_spaces(one[2]) == without_spaces(two[2]):
            spaced.append(f"{address}\n{_first(one[2], two[2])}")
            continue
        different += 1
        print(f"\n{address}")
        if not one or not two:
            print(f"  only {'after' if two else 'before'}")
            continue
        print(f"  status {one[0]} → {two[0]}") if one[0] != two[0] else None
        for name in sorted(one[1].keys() | two[1].keys()):
            if one[1].get(name) != two[1].get(name):
                print(f"  {name}: {one[1].get(name)} → {two[1].get(name)}")
        print(_first(one[2], two[2])) if one[2] != two[2] else None
    print(f"\n{len(old)} addresses before, {len(new)} after: {different} differ, {len(spaced)} more by spaces alone.")
    print("\n".join(spaced[:10]))
    return different


def _first(one: list[str], two: list[str]) -> str:
    """The first line that differs, after the two before it, and how many do."""
    pairs = list(zip_longest(one, two, fillvalue="(end)"))
    at = next(i for i, (left, right) in enumerate(pairs) if left != right)
    head = [f"    {line[:160]}" for line in one[max(0, at - 2) : at]]
    old, new = pairs[at]
    return "\n".join((*head, f"  - {old[:400]}", f"  + {new[:400]}", f"  ({len(one)} → {len(two)} nodes)"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("record", "compare"))
    parser.add_argument("files", nargs="+")
    chosen = parser.parse_args()
    sys.exit(record(*chosen.files) if chosen.mode == "record" else bool(compare(*chosen.files)))
