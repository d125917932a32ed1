"""Edits of a plan's file while its campaign is under way: by lot, each of something else than the one before."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from soket.plan.loader import load
from soket.plan.model import Plan

Where = tuple[str, ...]  # fields and codes on the way to what was edited


class Edit(StrEnum):
    """What is edited."""

    ADDRESS = "address"  # of a unit
    DEADLINE = "deadline"  # of the reports, a day later
    LIMIT = "limit"  # of what a file may weigh
    CODE = "code, refused"  # of a unit, whose stage is open: which is refused, and edited back


@dataclass
class PlanFile:
    """The file of a plan, and what it says by now that it did not say at first."""

    path: Path
    says: dict[Where, Any] = field(default_factory=dict)
    refused: int = 0  # edits that must have been refused

    def edit(self, lot: int) -> tuple[Edit, Plan]:
        """Edit what is drawn; return what that was, and the plan as the file has it."""
        kinds = list(Edit)
        kind, rest = kinds[lot % len(kinds)], lot // len(kinds)
        said = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        units = [each for each in said["units"] if "owes" not in each]
        unit = units[rest % len(units)]
        match kind:
            case Edit.ADDRESS:
                address = f"vanthu-{len(self.says) + 1}-{lot}@{unit['contact']['email'].partition('@')[2]}"
                unit["contact"]["email"] = self.says["units", unit["code"], "contact", "email"] = address
            case Edit.DEADLINE:
                (campaign,) = said["campaigns"]
                reports = campaign["stages"]["unit_reports"]
                day = str(date.fromisoformat(reports["before"]) + timedelta(days=1))
                reports["before"] = self.says["campaigns", campaign["code"], "stages", "unit_reports", "before"] = day
            case Edit.LIMIT:
                limits = said.setdefault("limits", {})
                limits["max_file_mb"] = self.says["limits", "max_file_mb"] = limits.get("max_file_mb", 25) + 1
            case Edit.CODE:
                unit["code"] += "_khac"
                self.refused += 1
        self.path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
        return kind, load(self.path)

    def back_to(self, plan: Plan) -> Plan:
        """Take an edit back; return the plan as the file has it."""
        said = json.loads(plan.model_dump_json(exclude_defaults=True))
        self.path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
        return load(self.path)
