import os
import subprocess
import sys
from pathlib import Path

from tests.repository.tree import ROOT


def test_each_module_imports_only_from_its_own_floor_or_lower():
    lint_imports = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert result.returncode == 0, result.stdout
