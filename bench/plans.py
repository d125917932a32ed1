"""A plan of any size, open now: the repository's own plan, with its units multiplied."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from soket.demo.samples.sending import files_of
from soket.demo.scenario import Content, Drop
from soket.plan.loader import load, plans_folder
from soket.plan.model import Duty, Plan

CAMPAIGN = "bench"

_SEED = 6


def write_plan(folder: Path, units: int) -> Plan:
    """Write a plan with so many reporting units, and one campaign that is open for a month around today."""
    source = json.loads(load(plans_folder() / "nq06_du_lich.yaml").model_dump_json(exclude_defaults=True))
    models = [unit for unit in source["units"] if unit.get("owes", Duty.REPORT) == Duty.REPORT]
    others = [unit for unit in source["units"] if unit.get("owes") == Duty.COVERAGE_PLAN]
    source["units"] = [
        models[index % len(models)] | {"code": f"unit_{index:04d}", "name": f"Đơn vị {index:04d}", "aliases": []}
        for index in range(units)
    ] + others
    source["campaigns"] = [_campaign(source["campaigns"][0])]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench.yaml"
    path.write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")
    return load(path)


def _campaign(model: dict[str, Any]) -> dict[str, object]:
    """Return a campaign in which nothing but the unit reports is due for weeks."""
    opens, later = date.today() - timedelta(days=1), date.today() + timedelta(days=60)  # noqa: DTZ011
    dates = {
        name: {"opens": str(opens if name == "unit_reports" else later), "by": str(later + timedelta(days=5))}
        for name in model["stages"]
    }
    return {
        "code": CAMPAIGN,
        "title": "Đo",
        "opens": str(opens),
        "closes": str(later + timedelta(days=10)),
        "stages": dates,
    }


def reports(plan: Plan) -> dict[str, dict[str, bytes]]:
    """Return a good report's files for each reporting unit, by unit and name."""
    moment = plan.campaign(CAMPAIGN).start
    return {
        unit.code: files_of(plan, Drop(owner=unit.code, number=1, at=moment, content=Content.GOOD), _SEED)
        for unit in plan.units
        if unit.owes is Duty.REPORT
    }
