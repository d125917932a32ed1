"""A plan of any size, open now or from a day on: the repository's own plan, with its units multiplied."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from soket.plan.loader import load, plans_folder
from soket.plan.model import Duty, Plan

CAMPAIGN = "bench"

_SEED = 6


def write_plan(folder: Path, units: int = 0, *, name: str | None = None, opens: date | None = None) -> Plan:
    """Write a plan with so many reporting units, and one campaign that is open for a month around today.

    Without a number it has no more than its blocks and its rules that compare neighbours ask for: a dozen or so. With
    a day its campaign opens then, and letters keep the plan's hours.
    """
    source = json.loads(load(plans_folder() / "nq06_du_lich.yaml").model_dump_json(exclude_defaults=True))
    models = [unit for unit in source["units"] if unit.get("owes", Duty.REPORT) == Duty.REPORT]
    others = [unit for unit in source["units"] if unit.get("owes") == Duty.COVERAGE_PLAN]
    if not units:
        models = _few_of_each(models, [form["blocks"] for form in source["forms"]])
        units = len(models)
    source["units"] = [_unit(models[index % len(models)], index) for index in range(units)] + others
    # Opened yesterday, nothing but the unit reports is due for weeks.
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
    source["campaigns"] = [_campaign(source["campaigns"][0], opens or yesterday)]
    if opens is None:
        source["quiet"] = {"start": "00:00", "end": "00:00"}  # letters go out at whatever hour it is now
    folder.mkdir(parents=True, exist_ok=True)
    source["id"] = name or source["id"]
    path = folder / f"{name or 'bench'}.yaml"
    path.write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")
    return load(path)


def write_plans(folder: Path, plans: int, units: int) -> list[str]:
    """Write so many plans side by side, alike but for their names; return these."""
    write_plan(folder, units)
    file = folder / "bench.yaml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    names = [f"plan_{number:03}" for number in range(plans)]
    for name in names:
        (folder / f"{name}.yaml").write_text(text.replace("id: nq06_du_lich", f"id: {name}"), encoding="utf-8")
    return names


def _few_of_each(models: list[dict[str, Any]], forms: list[list[str]]) -> list[dict[str, Any]]:
    """Return six units of each form's largest block, and one of every other block."""
    of = {block: [model for model in models if model["block"] == block] for blocks in forms for block in blocks}
    largest = {max(blocks, key=lambda block: len(of[block])) for blocks in forms}
    return [model for block, found in of.items() for model in found[: 6 if block in largest else 1]]


def _unit(model: dict[str, Any], index: int) -> dict[str, Any]:
    """Return a unit like another, with a name and addresses of its own."""
    return model | {
        "code": f"unit_{index:04d}",
        "name": f"Đơn vị {index:04d}",
        "aliases": [],
        "contact": model["contact"] | {"email": f"vanthu@unit-{index:04d}.hatinh.example"},
        "head": model["head"] | {"email": f"lanhdao@unit-{index:04d}.hatinh.example"},
    }


def _campaign(model: dict[str, Any], opens: date) -> dict[str, Any]:
    """Return a campaign moved to open on a day."""
    move = opens - date.fromisoformat(model["opens"])

    def moved(day: str) -> str:
        return str(date.fromisoformat(day) + move)

    return {
        "code": CAMPAIGN,
        "title": "Đo",
        "opens": moved(model["opens"]),
        "closes": moved(model["closes"]),
        "stages": {
            stage: {name: moved(day) if isinstance(day, str) else day for name, day in dates.items()}
            for stage, dates in model["stages"].items()
        },
    }


def reports(plan: Plan) -> dict[str, dict[str, bytes]]:
    """Return a good report's files for each reporting unit, by unit and name."""
    moment = plan.campaign(CAMPAIGN).start
    return {
        unit.code: files_of(plan, Drop(owner=unit.code, number=1, at=moment, content=Content.GOOD), _SEED)
        for unit in plan.units
        if unit.owes is Duty.REPORT
    }
