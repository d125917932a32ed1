"""Reads plans from their YAML files."""

from __future__ import annotations

import os
from pathlib import Path

import yaml
from pydantic import ValidationError

from soket.plan.model import Plan


class PlanError(Exception):
    """A plan file has faults."""


def plans_folder() -> Path:
    """Return the folder of plans."""
    return Path(os.environ.get("SOKET_PLANS") or Path(__file__).resolve().parents[2] / "plans")


def load(path: Path) -> Plan:
    """Return the plan in a file; raise PlanError."""
    try:
        return Plan.model_validate(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise PlanError(f"{path}: {error}") from error


def load_all(folder: Path | None = None) -> tuple[list[Plan], list[PlanError]]:
    """Return every plan of a folder, and the faulty ones' errors."""
    plans, faulty = [], []
    for path in sorted((folder or plans_folder()).glob("*.yaml")):
        try:
            plans.append(load(path))
        except PlanError as error:
            faulty.append(error)
    return plans, faulty
