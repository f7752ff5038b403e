"""Five walks through the code: which of our own files each one enters, in order, and the functions called there.

    python -m bench.walks               # a count for each walk, and its files
    python -m bench.walks --functions   # with the functions of each file, in the order of their first call

It works on a copy of the demo's SQLite database (VAR_DIR, or DATABASE_URL), which stays as it is.

How it counts: a file of `guide/`, `aids/` or `structures/` counts when one of its functions, methods, lambdas or
generators is called while the request is answered (`sys.setprofile`). What a process does once (imports, class
bodies, what is kept for a content version) is left out: each walk is done before on the same data, so that a page is
counted as its second visitor gets it. The answer to one request counts alone, not the form that came before it.
"""

import argparse
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = tuple(f"{ROOT / name}{os.sep}" for name in ("guide", "aids", "structures"))
PERSON = "profil=primo-installe&specialite=medecine-generale&mode=liberal&secteur=secteur-1&premiere-installation=oui"
Walk = dict[str, dict[str, None]]  # file → its functions, both in the order of their first call
Act = Callable[[], object]


def watched(act: Act) -> Walk:
    """Do it, and say where it went."""
    found: Walk = {}

    def note(frame, event, argument):
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(OWN):
            found.setdefault(str(Path(code.co_filename).relative_to(ROOT)), {})[code.co_qualname] = None

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return found


def get(client, path: str) -> Act:
    """Ask for a page that must be there."""

    def act():
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"

    return act


def post(client, path: str, values: dict) -> Act:
    """Send a form that must be accepted."""

    def act():
        response = client.post(path, values)
        assert response.status_code == 302, f"{path}: {response.status_code}"

    return act


def form_values(response, selector: str) -> dict[str, list[str]]:
    """What a browser would send back of the form that has this id or address, as it stands."""
    import html5lib

    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if selector in (one.get("id"), one.get("action")))
    found: dict[str, list[str]] = {}
    for control in (one for one in form.iter() if one.tag in ("input", "select", "textarea")):
        name, kind = control.get("name", ""), control.get("type", "text")
        if control.tag == "select":
            given = [
                option.get("value", "") for option in control.iter("option") if option.get("selected") is not None
            ]
        elif control.tag == "textarea":
            given = ["".join(control.itertext())]
        elif kind in ("submit", "button", "file") or (
            kind in ("checkbox", "radio") and control.get("checked") is None
        ):
            given = []
        else:
            given = [control.get("value", "on" if kind == "checkbox" else "")]
        if name and given and "__prefix__" not in name:
            found.setdefault(name, []).extend(given)
    return found


def list_of_structures(client) -> Walk:
    """A visitor's list."""
    act = get(client, "/structures/?departement=36")
    act()
    return watched(act)


def simulation(client) -> Walk:
    """A visitor's simulation in a commune."""
    act = get(client, f"/aides/simulateur/?{PERSON}&meme-categorie=non&commune=36046")
    act()
    return watched(act)


def row_of_finess(folder: Path) -> Walk:
    """One new establishment, read, converted, compared and written."""
    from django.core.management import call_command

    from bench.finess_import import generate

    files = [folder / "first.csv", folder / "second.csv"]
    for count, file in enumerate(files, 1):
        generate(file, count, 0)
    call_command("import_finess", files[0], apply=True, verbosity=0)
    return watched(lambda: call_command("import_finess", files[1], apply=True, verbosity=0))


def save_of_an_aid(client) -> Walk:
    """An editor changes the summary of an aid in the administration."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from aids.models import Aid

    client.force_login(User.objects.get(username="region"))  # the demo's editor of the whole region
    aid = Aid.objects.live().order_by("pk").first()
    page = reverse("admin:aids_aid_change", args=[aid.pk])
    for summary in ("Une autre phrase.", "Encore une autre phrase."):
        values = form_values(client.get(page), "aid_form") | {"summary": [summary], "_save": ["1"]}
        walk = watched(post(client, page, values))
        assert Aid.objects.get(pk=aid.pk).summary == summary
    return walk


def offered_testimonial(client) -> Walk:
    """A doctor sends a testimonial by the public form, which was opened a while ago."""
    import time_machine
    from django.utils import timezone

    page = "/temoignages/proposer/"
    opened = timezone.now() - timezone.timedelta(minutes=10)
    with time_machine.travel(opened):
        values = form_values(client.get(page), page)
    values |= {"nom": "Dr C", "texte": "Je suis arrivée en 2019. On m'a montré l'école. " * 5, "accord": "oui"}
    values |= {"departement": "36", "courriel": "c@exemple.fr"}
    post(client, page, values)()
    return watched(post(client, page, values))


def main() -> None:
    """Five walks, printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--functions", action="store_true", help="print the functions of each file")
    with_functions = parser.parse_args().functions
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy_database(folder / "copy.sqlite3")
        os.environ["EMAIL_URL"] = "memorymail://"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide.settings")
        import django

        django.setup()
        from django.test import Client

        walks = {
            "a visitor's list": list_of_structures(Client(SERVER_NAME="127.0.0.1")),
            "a simulation": simulation(Client(SERVER_NAME="127.0.0.1")),
            "a row of FINESS": row_of_finess(folder),
            "an editor's save": save_of_an_aid(Client(SERVER_NAME="127.0.0.1")),
            "a testimonial from the public form": offered_testimonial(Client(SERVER_NAME="127.0.0.1")),
        }
    for name, walk in walks.items():
        print(f"\n{name}: {len(walk)} files, {sum(map(len, walk.values()))} functions")
        for file, functions in walk.items():
            print(f"  {file}{': ' + ', '.join(functions) if with_functions else ''}")


def _copy_database(copy: Path) -> None:
    given = os.environ.get("DATABASE_URL", "").removeprefix("sqlite:///")
    source = Path(given or Path(os.environ.get("VAR_DIR", ROOT / "var")) / "guide.sqlite3")
    if not source.is_file():
        raise SystemExit(f"There is no SQLite database at {source}: `make run` or `make bench` makes one.")
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    os.environ["DATABASE_URL"] = f"sqlite:///{copy}"


if __name__ == "__main__":
    main()
