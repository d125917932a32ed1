"""Copies of plans as they last were sound: who is told, and who goes on dropping, when a file is faulty."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from soket.plan.directory import directory_file
from soket.plan.fault import PlanError
from soket.plan.file_text import yaml_files
from soket.plan.loader import load
from soket.plan.model import Plan


def keep(files: Path, faulty: list[PlanError], kept: Path) -> None:
    """Keep each sound plan of a folder: its text and its directory's for people, and for us what they come to."""
    broken = {error.file.name for error in faulty}
    for file in (each for each in yaml_files(files) if each.name not in broken):  # the others may be anything
        plan = load(file)
        _keep(kept / file.name, file.read_bytes())
        _keep(_whole(kept, file), plan.model_dump_json(exclude_unset=True).encode())
        if plan.directory:
            directory = directory_file(plan.directory)
            _keep(kept / "directory" / directory.name, directory.read_bytes())


def last_sound(error: PlanError, kept: Path) -> Plan | None:
    """Return the plan that a faulty file last held, None where no sound copy of it is kept."""
    try:
        return Plan.model_validate_json(_whole(kept, error.file).read_bytes())
    except (FileNotFoundError, ValidationError):  # what another release kept may be no plan to this one
        return None


def _whole(kept: Path, file: Path) -> Path:
    return kept / f"{file.stem}.json"


def _keep(copy: Path, content: bytes) -> None:
    if not copy.exists() or copy.read_bytes() != content:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = copy.with_suffix(".new")
        draft.write_bytes(content)
        draft.replace(copy)
