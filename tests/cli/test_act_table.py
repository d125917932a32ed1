"""One table of acts: form, commands, rights, words and guide know its acts and no others, and do the same with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from conftest import REPOSITORY, Desk
from orchestration.test_acts import run as run_form
from record.builders import ask_for_time, extend, first, list_proposal, owing, submit
from soket.cli import session
from soket.cli.main import app
from soket.orchestration.builder import build_dags
from soket.plan.model import Campaign, Plan, Rights
from soket.record.decisions import ActBase
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.stage_details import AppraisalOutcome
from soket.record.words import DECISIONS
from soket.stages.act_blanks import BLANKS, REASON
from soket.stages.act_table import ACTS
from soket.stages.actions import UNITS

GUIDE = (REPOSITORY / "docs" / "huong-dan-van-hanh.md").read_text(encoding="utf-8")
OF_STAGES = {"appraisal", "conference_format"}  # decided in answer to a question
OF_THE_PLAN = {"plan_change"}  # decided by whoever adjusts the plan

VALUES: dict[str, Any] = {
    "last_day": "2021-11-12",
    "stage": "ubnd_draft",
    "number": 1,
    "outcome": "returned",
    "undoes": "extension-1",
    "proposals": "BD-000001",
    "conclusion": "commended",
    "person": "Chánh Văn phòng",
    "manner": "asks",
    "about": "Biểu 01, ô I5",
    "reason": "Mưa lũ",
    "granted_by": "Đồng chí Phó Bí thư",
    "document_number": "12-CV/TU",
}


@pytest.fixture
def open_plan(plan: Plan) -> Plan:
    """The plan, in which every part may do everything."""
    everyone = ("lead", "receiver", "drafter", "appraiser", "standing", "operator")
    return plan.model_copy(update={"may": Rights(**dict.fromkeys(Rights.model_fields, everyone))})


def a_desk(plan: Plan, campaign: Campaign) -> Desk:
    """Return a campaign in which every act makes sense."""
    desk = Desk(plan, campaign)
    submit(desk("2021-11-02 09:00"), first(plan), ruling=Ruling.REFERRED)
    extend(desk(), first(plan), date(2021, 11, 9))
    ask_for_time(desk(), owing(plan)[1].code)
    list_proposal(desk(), VALUES["proposals"])
    asked = AppraisalOutcome(outcome="approved", asked=("Ban hành, hay chờ?",))
    file_stage_record(desk(), VALUES["stage"], 1, "done", "Đã trình.", details=asked)
    return desk


def decided(desk: Desk) -> dict[str, Any]:
    """Return the one act beside the extension that was there, without who entered it when."""
    (act,) = [each for each in read_register(desk()).decisions if each.id != VALUES["undoes"]]
    return act.model_dump(exclude={"id", "account", "decided_at"})


@pytest.mark.parametrize("name", ACTS)
def test_form_and_command_make_the_same_record(
    open_plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    act = ACTS[name]
    # Who has sent something owes nothing that it could promise.
    values = {
        **VALUES,
        "unit": owing(open_plan)[1].code if name in ("promise", "urging", "request_refusal") else first(open_plan),
    }
    chosen = {blank.name: values[blank.name] for blank in act.blanks if blank not in act.one_of[1:]}

    by_form, by_command = a_desk(open_plan, campaign), a_desk(open_plan, campaign)
    said, _ = run_form(monkeypatch, by_form, "tuyen_giao", act=name, **chosen)
    assert said.startswith("Đã ghi quyết định")

    arguments = [str(values[blank.name]) for blank in act.needs]
    options = {each: value for each, value in chosen.items() if each not in {blank.name for blank in act.needs}}
    for each, value in options.items():
        arguments += ["--document" if each == "document_number" else f"--{each.replace('_', '-')}", value]
    monkeypatch.setattr(session, "workspace", lambda *_: by_command())
    done = CliRunner().invoke(app, ["act", act.command, *arguments])
    assert done.exit_code == 0, done.output

    record = decided(by_form)
    assert record == decided(by_command)
    record["proposals"] = ",".join(record.get("proposals", ()))
    assert {each: str(record[each]) for each in chosen} == {each: str(value) for each, value in chosen.items()}


def test_the_form_has_the_acts_and_their_blanks(plan: Plan) -> None:
    (dag,) = [each for each in build_dags(plan) if each.dag_id.endswith(".actions")]
    assert dag.params.get_param("act").schema["enum"] == [*ACTS]
    assert [*dag.params] == ["act", *(blank.name for blank in BLANKS), UNITS, "campaign"]
    assert {blank for act in ACTS.values() for blank in act.blanks} == {*BLANKS}
    assert dag.params.get_param("reason").schema["maxLength"] == REASON.longest


def test_there_is_a_command_for_each_act_and_no_other() -> None:
    group = typer.main.get_command(app).commands["act"]  # type: ignore[attr-defined]
    assert [*group.commands] == [act.command for act in ACTS.values()]


def test_rights_and_words_know_every_act() -> None:
    assert {*Rights.model_fields} == {*ACTS} | OF_STAGES
    assert {*DECISIONS} == {*ACTS} | OF_STAGES | OF_THE_PLAN


def test_what_an_act_asks_is_what_its_decision_keeps() -> None:
    for act in ACTS.values():
        assert {*act.decision.model_fields} - {*ActBase.model_fields, "kind"} == {
            blank.name for blank in (*act.needs, *act.one_of, *act.takes)
        }


def test_the_guide_says_of_each_act_what_to_fill_in_and_its_command() -> None:
    lines = [line.replace("\\|", "|") for line in GUIDE.splitlines() if line.startswith("|")]
    rows = {line.split("|")[1].strip(): line for line in lines if "| `soket act " in line[2:]}
    assert [*rows] == [act.title for act in ACTS.values()]
    for act in ACTS.values():
        assert f"`soket act {' '.join([act.command, *(blank.metavar for blank in act.needs)])}" in rows[act.title]
        for blank in (*act.needs, *act.one_of, *act.takes):
            titles = blank.title.removesuffix(" (hết ngày)").split(", hoặc ")
            assert any(title.lower() in rows[act.title].lower() for title in titles), blank.title
