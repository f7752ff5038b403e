"""What `make mutants` found: mutants killed for each module, then those that survived, each with its change."""

import json
import subprocess
from collections import Counter
from pathlib import Path

FOLDER = Path("mutants")
MUTMUT = ".venv/bin/mutmut"
NOT_RUN = None
SURVIVED, NO_TESTS = "survived", "no test"
# Exit code of the tests of one mutant; any other (a failed test, an error, no end) is a mutant that was noticed.
MISSED = {0: SURVIVED, 5: NO_TESTS, 33: NO_TESTS}


def main() -> None:
    """Print the table, and the change of each survivor."""
    survivors = []
    print(f"{'module':<45}{'mutants':>8}{'killed':>8}{'share':>8}")
    for file in sorted(FOLDER.rglob("*.py.meta")):
        codes = json.loads(file.read_text())["exit_code_by_key"]
        ran = {name: MISSED.get(code, "killed") for name, code in codes.items() if code is not NOT_RUN}
        if not ran:
            continue
        killed = Counter(ran.values())["killed"]
        module = str(file.relative_to(FOLDER)).removesuffix(".meta")
        print(f"{module:<45}{len(ran):>8}{killed:>8}{killed / len(ran):>8.0%}")
        survivors += [name for name, found in ran.items() if found != "killed"]
    for name in survivors:
        change = subprocess.run([MUTMUT, "show", name], capture_output=True, text=True, check=True).stdout
        lines = [
            line for line in change.splitlines() if line.startswith(("-", "+")) and line[:3] not in ("---", "+++")
        ]
        print("", name, *lines, sep="\n")


if __name__ == "__main__":
    main()
