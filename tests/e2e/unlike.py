"""A ministry's plan beside the campaign's: no table, no conference, two drafts and appraisals, dates by block."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import docx
import yaml

from conftest import REPOSITORY
from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from demo.world import World
from e2e.live import until
from e2e.officer import fill, officer
from soket.plan.model import Plan, Stage, StageKind, Unit
from soket.record.keeping import read_register
from soket.record.records import StageRecord
from soket.record.workspace import open_workspace
from soket.stages.appraise import appraisal_on_record

CAMPAIGN = "2021"
SILENT = "bo_gddt"  # the one of its block; without it the block's own date ends the wait

_PLAN = REPOSITORY / "tests" / "plan" / "unlike" / "luat_tre_em.yaml"
_UNITS = ("bo_cong_an", SILENT, "ha_noi", "hue")


def plan_from(opens: str) -> str:
    """Return the plan with a few units, and every stage open from a day on; each ends a day after the one before."""
    data = yaml.safe_load(_PLAN.read_text(encoding="utf-8"))
    data["units"] = [unit for unit in data["units"] if unit["code"] in _UNITS]
    day = yaml.safe_load(opens)
    stages = [stage["id"] for stage in data["stages"]]
    dates = {code: {"opens": day, "by": day + timedelta(days=number)} for number, code in enumerate(stages, 1)}
    dates[stages[0]]["blocks"] = {"bo_nganh": {"before": day + timedelta(days=1)}}
    data["campaigns"] = [
        {"code": CAMPAIGN, "title": "Năm 2021", "opens": day, "closes": day + timedelta(days=10), "stages": dates}
    ]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def beside(world: World) -> World:
    """Return the ministry's campaign on the same stack."""
    return replace(world, workspace=open_workspace("luat_tre_em", CAMPAIGN), _stores={}, _users={})


def units_report(world: World) -> None:
    """Let all units but the silent one drop a report, each with its own key."""
    plan = world.workspace.plan
    for unit in plan.units:
        if unit.code != SILENT:
            for name, data in _report(plan, unit, world).items():
                world.store_of(unit.code).put(world.workspace.keys.inbox_folder(unit.code) + name, data)


def _report(plan: Plan, unit: Unit, world: World) -> dict[str, bytes]:
    return files_of(plan, Drop(owner=unit.code, number=1, at=world.now, content=Content.GOOD), seed=1)


def officials_act(world: World) -> None:
    """Let whoever drafts send what is drafted, and whoever appraises approve it at the board, stage by stage."""
    for stage in world.workspace.plan.stages:
        if stage.kind is StageKind.DRAFT:
            _sends_draft(world, stage)
        elif stage.kind is StageKind.APPRAISE:
            _approves(world, stage)


def record(world: World, stage: str, step: str) -> StageRecord | None:
    """Return what a stage has on record of a step."""
    plan = world.workspace.plan
    return read_register(world.workspace).of(plan.stage(stage)).record(step)


def _sends_draft(world: World, stage: Stage) -> None:
    until(lambda: record(world, stage.id, "working") is not None, f"«{stage.id}» has its working draft")
    working = record(world, stage.id, "working")
    assert working is not None
    document, data = docx.Document(BytesIO(world.workspace.store.get(working.products[0]))), BytesIO()
    document.add_paragraph(f"{world.workspace.plan.office(stage.owner).name} bổ sung.")
    document.save(data)
    folder = world.workspace.keys.inbox_folder(stage.owner)
    world.store_of(stage.owner).put(f"{folder}{stage.id}.docx", data.getvalue())
    until(lambda: record(world, stage.id, "done") is not None, f"the draft of «{stage.id}» is taken")


def _approves(world: World, stage: Stage) -> None:
    workspace = world.workspace
    account = workspace.plan.office(stage.owner).account or ""
    with officer(world, account) as page:
        question = f"{page.url}/questions/{stage.id}"

        def answered() -> bool:
            """Answer what is asked, and again where Airflow asks again in the same run."""
            if appraisal_on_record(workspace, stage) is None:
                page.goto(question)
                if (approve := page.get_by_role("button", name="Đồng ý trình")).is_visible():
                    fill(page, reason="Đã xem các chỗ còn lệch")
                    approve.click()
            return appraisal_on_record(workspace, stage) is not None

        until(answered, f"«{stage.id}» is approved")
    until(lambda: record(world, stage.id, "done") is not None, f"«{stage.id}» is done")
