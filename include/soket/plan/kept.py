"""Copies of plan files as they last were sound: who is told, and who goes on dropping, when one is faulty."""

from __future__ import annotations

from pathlib import Path

from soket.plan.check import examine
from soket.plan.fault import PlanError
from soket.plan.model import Plan


def keep(files: Path, faulty: list[PlanError], kept: Path) -> None:
    """Copy each sound plan file of a folder to where it is kept, unless it lies there already."""
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    broken = {error.faults[0].file.name for error in faulty}
    for file in (each for each in files.glob("*.yaml") if each.name not in broken):  # the others may be anything
        text, copy = file.read_bytes(), kept / file.name
        if not copy.exists() or copy.read_bytes() != text:
            draft = copy.with_suffix(".new")
            draft.write_bytes(text)
            draft.replace(copy)


def last_sound(error: PlanError, kept: Path) -> Plan | None:
    """Return the plan that a faulty file last held, None where no sound copy of it is kept."""
    copy = kept / error.faults[0].file.name
    return examine(copy)[0] if copy.is_file() else None
