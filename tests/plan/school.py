"""The plan of a school year, with the columns or the rows that a test wants in its first form."""

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


def deep_plan() -> Plan:
    """Return the plan with parts of its first indicator, and parts of those."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    form = data["forms"][0]
    whole, *others = form["indicators"]
    names = {
        "CT01.1": "Trong đó, học sinh nữ",
        "CT01.1.1": "Trong đó, nữ nội trú",
        "CT01.1.2": "nữ bán trú",
        "CT01.2": "học sinh khuyết tật",
    }
    form["indicators"] = [whole, *({**whole, "code": code, "name": name} for code, name in names.items()), *others]
    form["rules"] = [{"kind": "order", "code": "SS-CT01.1.1", "smaller": "CT01.1.1", "larger": "CT01.1"}]
    return Plan.model_validate(data)
