"""House rules of DAGs, whatever the plan."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from airflow.sdk import DAG, Asset, AssetAll, AssetAny, BaseOperator
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import TimeRestriction

from soket.campaign.conditions import CONDITIONS
from soket.orchestration.operation import Operation
from soket.orchestration.sensors import RegisterSensor
from soket.orchestration.timetables import CampaignTimetable, WhileOpenTimetable
from soket.plan.model import Plan, StageName

Dags = dict[str, DAG]

EIGHT = {*StageName, "intake", "monitor", "actions"}


def tasks(dags: Dags) -> Iterator[tuple[str, BaseOperator]]:
    for dag in dags.values():
        for task in dag.tasks:
            yield f"{dag.dag_id}: {task.task_id}", task


def faults(dags: Dags, rule: Callable[[Any], bool]) -> list[str]:
    """Return the tasks that break a rule."""
    return [name for name, task in tasks(dags) if not rule(task)]


def is_vietnamese(text: str | None) -> bool:
    """Whether a text has letters that English lacks."""
    return bool(text) and any(letter.isalpha() and not letter.isascii() for letter in text)


def test_each_plan_has_its_eight_dags(dags: Dags, plan: Plan) -> None:
    assert {dag for dag in dags if dag.startswith(f"{plan.id}.")} == {f"{plan.id}.{name}" for name in EIGHT}


def test_names_are_vietnamese(dags: Dags) -> None:
    for dag in dags.values():
        assert is_vietnamese(dag.dag_display_name), dag.dag_id
        assert is_vietnamese(dag.description), dag.dag_id
        for group in dag.task_group_dict.values():
            assert group.is_root or is_vietnamese(group.group_display_name), f"{dag.dag_id}: {group.group_id}"
    assert not faults(dags, lambda task: is_vietnamese(task.task_display_name))


def test_documentation_is_vietnamese(dags: Dags) -> None:
    for dag in dags.values():
        assert is_vietnamese(dag.doc_md), dag.dag_id
    assert not faults(dags, lambda task: task.doc_md is None or is_vietnamese(task.doc_md))


def test_documentation_says_what_to_do_when_a_step_is_red(dags: Dags) -> None:
    for dag in dags.values():
        assert "bước màu đỏ" in (dag.doc_md or ""), dag.dag_id


def test_documentation_speaks_of_steps_that_exist(dags: Dags) -> None:
    import re

    for dag in dags.values():
        known = {task.task_id for task in dag.tasks}
        for name in re.findall(r"`([a-z_]+)(…)?`", dag.doc_md or ""):
            found = any(task.startswith(name[0]) if name[1] else task == name[0] for task in known)
            assert found, f"{dag.dag_id} speaks of {name[0]}"


def test_somebody_answers_for_every_task(dags: Dags, plan: Plan) -> None:
    offices = {office.short_name for office in plan.offices}
    assert not faults(dags, lambda task: task.owner in offices)


def test_steps_are_tried_again_but_those_that_refuse_what_people_filled_in(dags: Dags) -> None:
    never = {name.partition(": ")[2] for name, task in tasks(dags) if task.retries == 0}
    assert never == {"record_appraisal", "record_format", "record_act"}
    assert not faults(dags, lambda task: task.retries in (0, 3))


def test_schedules_of_the_past_are_not_caught_up(dags: Dags) -> None:
    assert not [dag.dag_id for dag in dags.values() if dag.catchup]


def test_runs_of_a_stage_do_not_overlap(dags: Dags) -> None:
    for dag in dags.values():
        assert dag.max_active_runs == (4 if dag.dag_id.endswith(".actions") else 1), dag.dag_id


def test_tags_are_the_plan_and_the_product(dags: Dags) -> None:
    for dag in dags.values():
        assert set(dag.tags) == {dag.dag_id.partition(".")[0], "soket"}


def test_every_dag_serialises(dags: Dags) -> None:
    for dag in dags.values():
        written = DagSerialization.to_dict(dag)
        assert DagSerialization.from_dict(written).dag_id == dag.dag_id


def plain(timetable: Any) -> Any:
    """Return the time part of a schedule that also listens to assets."""
    return getattr(timetable, "timetable", timetable)


@pytest.mark.parametrize("stage", StageName)
def test_a_stage_opens_once_a_campaign_also_after_the_scheduler_rebuilt_it(dags: Dags, plan: Plan, stage: str) -> None:
    dag = DagSerialization.from_dict(DagSerialization.to_dict(dags[f"{plan.id}.{stage}"]))
    timetable = plain(dag.timetable)
    assert isinstance(timetable, CampaignTimetable)
    openings, last = [], None
    while info := timetable.next_dagrun_info(
        last_automated_data_interval=last, restriction=TimeRestriction(None, None, True)
    ):
        last = info.data_interval
        openings.append(last.start)
    expected = [campaign.stages[stage].opening for campaign in plan.campaigns]
    assert [each for each in openings if each in expected] == expected
    if stage != StageName.COMMUNICATIONS:  # it comes back on the last morning, to archive
        assert openings == expected


def test_intake_runs_for_as_long_as_a_campaign_lasts(dags: Dags, plan: Plan) -> None:
    dag = DagSerialization.from_dict(DagSerialization.to_dict(dags[f"{plan.id}.intake"]))
    assert isinstance(dag.timetable, WhileOpenTimetable)
    assert [(span.at, span.until) for span in dag.timetable.spans] == [
        (each.start, each.end) for each in plan.campaigns
    ]


def test_every_step_names_an_operation_that_exists(dags: Dags) -> None:
    steps = [(name, task) for name, task in tasks(dags) if isinstance(task, Operation)]
    assert steps
    for name, step in steps:
        module, _, function = step.operation.partition(":")
        operation = getattr(import_module(module), function, None)
        assert callable(operation), f"{name} calls {step.operation}"
        if type(step) is Operation:
            inspect.signature(operation).bind(None, **step.arguments)
        assert step.waits_for is None or step.waits_for in CONDITIONS, name


def test_every_wait_names_a_condition_that_exists(dags: Dags) -> None:
    waits = [task for _, task in tasks(dags) if isinstance(task, RegisterSensor)]
    assert waits
    for wait in waits:
        inspect.signature(CONDITIONS[wait.condition]).bind(None, None, **wait.arguments)


def assets_of(condition: Any) -> Iterator[Asset]:
    if isinstance(condition, Asset):
        yield condition
    elif isinstance(condition, AssetAny | AssetAll):
        for part in condition.objects:
            yield from assets_of(part)


def test_what_a_stage_waits_for_is_announced_by_another(dags: Dags) -> None:
    announced = {outlet.name for _, task in tasks(dags) for outlet in task.outlets if isinstance(outlet, Asset)}
    awaited = {
        asset.name for dag in dags.values() for asset in assets_of(getattr(dag.timetable, "asset_condition", None))
    }
    assert awaited
    assert awaited <= announced


def test_only_questions_to_people_wait_without_a_trigger(dags: Dags, plan: Plan) -> None:
    questions = {task.task_id: task for _, task in tasks(dags) if type(task).__name__ == "HITLOperator"}
    assert set(questions) == {"appraise", "choose_format"}
    accounts = {office.account for office in plan.offices if office.account}
    for question in questions.values():
        assert {user["id"] for user in question.assigned_users} <= accounts
        assert question.defaults is None  # silence never approves
