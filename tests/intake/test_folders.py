"""What `make corpus` runs."""

from __future__ import annotations

import os
import subprocess
import sys

from intake.folders import FIELD


def test_the_command_judges_a_case_by_the_guarded_readers_and_great_expectations() -> None:
    case = FIELD / "T01-superscript-footnote"
    command = [sys.executable, "-m", "intake.folders", str(FIELD), case.name]
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=os.environ | paths)
    assert f"right {case.name}: accepted_with_warnings" in told.stdout, told.stderr
    assert "1 of 1 are right." in told.stdout
