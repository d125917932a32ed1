"""The plan of a school year, with the columns that a test wants in its first form."""

from __future__ import annotations

from pathlib import Path

import yaml

from soket.plan.loader import load
from soket.plan.model import Plan

FILE = Path(__file__).with_name("school.yaml")
SCHOOL = load(FILE)


def school_plan(*years: str) -> Plan:
    """Return the plan with other columns in its first form, of which the last is estimated and has a target."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    data["forms"][0]["years"] = [*years]
    data["forms"][0]["indicators"][1]["target"]["year"] = years[-1]
    data["estimated_years"] = [years[-1]]
    return Plan.model_validate(data)
