"""Plans of other flows, made of the small one, and a campaign of any of them played as its DAGs would run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from conftest import Desk
from record.builders import answer, drop, submit
from record.story import Story
from soket.plan.loader import load
from soket.plan.model import Campaign, Duty, Plan, Stage, StageKind
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, appraise, collect, conditions, confer, draft, publish

CALLED = {"starts": "07:30", "chair": "Chủ trì", "line_test": "14:00"}  # what not every plan says of a conference

SMALL = Path(__file__).parents[1] / "plan" / "small.yaml"


def a_stage(name: str, kind: str, owner: str = "van_phong", **more: Any) -> dict[str, Any]:
    """Return a stage as a plan's file has it."""
    told = {"title": f"Việc {name}", "owner": owner, "receiver": "van_phong", "delivers": "Sản phẩm", "source": "II"}
    return {"id": name, "kind": kind, **told, **more}


def make_plan(folder: Path, stages: Sequence[Mapping[str, Any]], dates: Mapping[str, Any]) -> Plan:
    """Return the small plan with other stages, dated in its first campaign."""
    return load(write_plan(folder, stages, dates))


def story_of_several() -> Story:
    """Return the campaign of the small plan with more districts, chapter by chapter."""
    plan = several_units()
    return Story(plan, plan.campaigns[0])


def several_units(more: int = 8) -> Plan:
    """Return the small plan with more districts, and offices that have the accounts of the plan of Resolution 06."""
    data = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    (model,) = (each for each in data["units"] if each["code"] == "h_mot")
    for at in range(more):
        data["units"].append({**model, "code": f"h_{at}", "name": f"Huyện {chr(ord('A') + at)}", "aliases": []})
    for office, account in zip(data["offices"], ("tuyen_giao", "vptu"), strict=True):
        office["account"] = account
    return Plan.model_validate(data)


def write_plan(folder: Path, stages: Sequence[Mapping[str, Any]], dates: Mapping[str, Any], **changes: Any) -> Path:
    """Write the small plan with other stages, dated in its first campaign; return the file.

    Where nothing is published, there is no press.
    """
    data = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    if not any(stage["kind"] == "publish" for stage in stages):
        data["units"] = [unit for unit in data["units"] if unit["block"] != "bao"]
        data["blocks"] = [block for block in data["blocks"] if block["code"] != "bao"]
    first, _ = data["campaigns"]
    data |= {"stages": list(stages), "campaigns": [{**first, "stages": dates}], **changes}
    file = folder / "flow.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def by(opens: str, last: str) -> dict[str, Any]:
    """Return a stage's dates in November 2021, by day: `by("05", "10")`."""
    return {"opens": yaml.safe_load(f"2021-11-{opens}"), "by": yaml.safe_load(f"2021-11-{last}")}


class Played:
    """A campaign that is played: units send in time, offices draft, appraise as told, and call conferences."""

    def __init__(self, plan: Plan, campaign: Campaign | None = None) -> None:
        campaign = campaign or plan.campaigns[0]
        self.desk = Desk(plan.in_campaign(campaign), campaign)
        self.returns: dict[str, int] = {}  # how often a stage returns a draft before it approves

    @property
    def plan(self) -> Plan:
        return self.desk.plan

    def report(self, at: str | datetime, *units: str, number: int = 1) -> None:
        """Let units send a good report; without a name, all that owe one."""
        owing = [unit.code for unit in self.plan.units if unit.owes is not Duty.COVERAGE_PLAN]
        for code in units or owing:
            submit(self.desk(at), code, number)

    def run(self, at: str | datetime) -> None:
        """Do what all DAGs together can do at a moment."""
        self.desk(at)
        before = None
        while (now := self.trail) != before:
            before = now
            for stage in self.plan.stages:
                if self.desk.now >= read_register(self.desk()).of(stage).opens:
                    for verb in _VERBS[stage.kind](self, stage):
                        self.desk(self.desk.now + timedelta(minutes=1))
                        try:
                            verb(self.desk(), stage)
                        except NothingToDoError:
                            break

    @property
    def trail(self) -> list[str]:
        """What stages have recorded, in order: "draft 1 official"."""
        register = read_register(self.desk())
        records = [record for entry in register.stages.values() for record in entry.records]
        return [f"{each.stage} {each.round} {each.step}" for each in sorted(records, key=lambda each: each.at)]

    def round_of(self, stage: Stage) -> int:
        """Return the latest round of a stage."""
        return read_register(self.desk()).of(stage).round

    def ends(self) -> list[str]:
        """Return which rounds of which stages are done, in order."""
        return [each.removesuffix(" done") for each in self.trail if each.endswith(" done")]

    def there(self, condition: Callable[..., str | None], stage: Stage, **more: str) -> bool:
        """Whether what a stage waits for is there."""
        return bool(condition(self.desk(), read_register(self.desk()), stage=stage.id, **more))

    def product(self, stage: str, round_number: int, name: str) -> bytes:
        """Return a product of a stage."""
        return self.desk.store.get(self.desk().keys.stage(stage, round_number, name))


Verbs = Iterator[Callable[[Workspace, Stage], object]]


def _collecting(played: Played, stage: Stage) -> Verbs:
    register = read_register(played.desk())
    if register.of(stage).record("opened") is None or register.reopened(stage):
        yield collect.open_stage
    blocks = {unit.block for unit in played.plan.units_of(stage)}
    if all(played.there(conditions.block_settled, stage, block=block) for block in blocks):
        yield collect.close_stage


def _drafting(played: Played, stage: Stage) -> Verbs:
    if not played.there(conditions.inputs_there, stage):
        return
    yield draft.open_round
    yield draft.consolidate
    entry = read_register(played.desk()).of(stage)
    working = entry.record("working")
    assert working is not None
    if entry.record("official") is None:
        data = played.desk.store.get(working.products[0])
        drop(played.desk(), stage.owner, f"{stage.id}-{entry.round}.docx", data)
    yield draft.check_official_draft


def _appraising(played: Played, stage: Stage) -> Verbs:
    yield appraise.open_round
    yield appraise.prepare_dossier
    if appraise.appraisal_on_record(played.desk(), stage) is None:
        returns = played.returns.get(stage.id, 0)
        played.returns[stage.id] = returns - 1
        account = played.plan.office(stage.owner).account or ""
        told = (
            answer("returned", account, reason="Bổ sung")
            if returns > 0
            else answer("approved", account, reason="Đã xem các chỗ còn lệch")
        )
        appraise.record_appraisal(played.desk(), stage, told)
    decided = appraise.appraisal_on_record(played.desk(), stage)
    assert decided is not None
    yield appraise.return_draft if decided.outcome == "returned" else appraise.transmit_report


def _conferring(played: Played, stage: Stage) -> Verbs:
    yield confer.open_round
    if confer.format_on_record(played.desk(), stage) is None:
        day = f"{max(played.desk.campaign.stages[stage.id].last_day, played.desk.now.date())}"
        account = played.plan.office(stage.owner).account or ""
        confer.record_format(played.desk(), stage, answer("online", account, day=day, place="Phòng họp", **CALLED))
    yield confer.prepare_papers
    yield confer.check_readiness
    yield confer.send_invitations


def _publishing(played: Played, _stage: Stage) -> Verbs:
    if played.desk.now >= played.desk.campaign.last_morning:
        yield publish.archive
        return
    yield publish.request_coverage
    yield publish.send_press_pack


_VERBS: dict[StageKind, Callable[[Played, Stage], Verbs]] = {
    StageKind.COLLECT: _collecting,
    StageKind.DRAFT: _drafting,
    StageKind.APPRAISE: _appraising,
    StageKind.CONFER: _conferring,
    StageKind.PUBLISH: _publishing,
}
