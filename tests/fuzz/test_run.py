from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz import run


def test_a_run_that_read_too_few_files_is_no_good_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["run", "--seconds", "0", "--keep", str(tmp_path)])
    monkeypatch.setattr(run.server, "load", lambda _: None)
    for name in ("office", "recogniser"):  # which the run takes away for good
        monkeypatch.setattr(run.programs, name, getattr(run.programs, name))
    monkeypatch.setattr(run, "seeds", lambda: {"csv": [b"a;b\n1;2\n"]})
    assert run.main() == 1
    assert "too few files" in capsys.readouterr().out


def test_a_short_run_over_the_corpus_finds_nothing(tmp_path: Path) -> None:
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.run", "--seconds", "2", "--seed", "7", "--keep", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([tests, *filter(None, [os.environ.get("PYTHONPATH")])])},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
