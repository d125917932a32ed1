"""House rules of DAGs, whatever the plan."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG, Asset, AssetAll, AssetAny, BaseOperator
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import TimeRestriction

from conftest import REPOSITORY
from soket.orchestration.approvals import Question
from soket.orchestration.operation import RegisterSensor, Step
from soket.orchestration.timetables import CampaignTimetable, WhileOpenTimetable
from soket.plan.model import Plan
from soket.stack.airflow_components import Scheduler
from soket.stages.conditions import CONDITIONS

Dags = dict[str, DAG]

STAGES = ("unit_reports", "ubnd_draft", "vptu_appraisal", "conference", "communications")
EVERY = {*STAGES, "intake", "monitor", "provisional", "actions"}


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


def test_each_plan_has_its_dags(dags: Dags, plan: Plan) -> None:
    assert {dag for dag in dags if dag.startswith(f"{plan.id}.")} == {f"{plan.id}.{name}" for name in EVERY}


def test_names_are_vietnamese(dags: Dags) -> None:
    for dag in dags.values():
        assert is_vietnamese(dag.dag_display_name), dag.dag_id
        assert is_vietnamese(dag.description), dag.dag_id
        for group in dag.task_group_dict.values():
            assert group.is_root or is_vietnamese(group.group_display_name), f"{dag.dag_id}: {group.group_id}"
    assert not faults(dags, lambda task: is_vietnamese(task.task_display_name))


def test_each_step_waits_in_the_queue_of_its_job_at_the_store(dags: Dags) -> None:
    for dag in dags.values():
        _, name, *_ = dag.dag_id.split(".")
        job = name if name in ("intake", "monitor") else "papers"
        assert {task.queue for task in dag.tasks} == {job}
        assert job in Scheduler.jobs


def test_documentation_is_vietnamese(dags: Dags) -> None:
    for dag in dags.values():
        assert is_vietnamese(dag.doc_md), dag.dag_id
    assert not faults(dags, lambda task: task.doc_md is None or is_vietnamese(task.doc_md))


def test_documentation_says_what_to_do_when_a_step_is_red(dags: Dags) -> None:
    for dag in dags.values():
        assert "bước màu đỏ" in (dag.doc_md or ""), dag.dag_id


def test_documentation_says_what_a_pink_step_is_and_who_may_press_what_is_shown(dags: Dags) -> None:
    for dag in dags.values():
        by_hand = dag.dag_id.endswith(".actions")
        assert ("màu hồng**: mẫu bị từ chối" in (dag.doc_md or "")) is by_hand, dag.dag_id
        for told in ("màu hồng**: lượt này không có việc", "**Làm lại** và các nút bật tắt, xóa: người vận hành bấm"):
            assert (told in (dag.doc_md or "")) is not by_hand, dag.dag_id


def test_what_the_operator_is_told_of_is_called_in_vietnamese(dags: Dags) -> None:
    names = {alert.name for dag in dags.values() for alert in dag.deadline or ()}
    assert names == {"quá hạn giai đoạn 24 giờ", "quá hạn giai đoạn 72 giờ", "sau 30 phút"}


def test_documentation_speaks_of_steps_that_exist(dags: Dags) -> None:
    import re

    for dag in dags.values():
        known = {task.task_id for task in dag.tasks}
        for name in re.findall(r"`([a-z_]+)(…)?`", dag.doc_md or ""):
            found = any(task.startswith(name[0]) if name[1] else task == name[0] for task in known)
            assert found, f"{dag.dag_id} speaks of {name[0]}"


def test_documentation_gives_steps_the_name_on_the_screen_beside_their_id(dags: Dags) -> None:
    import re

    for dag in dags.values():
        shown = {task.task_id: task.task_display_name for task in dag.tasks}
        for name in re.findall(r"`([a-z_]+)`", dag.doc_md or ""):
            assert f"“{shown[name]}” (`{name}`)" in (dag.doc_md or ""), f"{dag.dag_id}: {name}"


def test_the_runbook_gives_every_step_the_name_on_the_screen_beside_its_id(dags: Dags) -> None:
    runbook = (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")
    acting = [task for _, task in tasks(dags) if task.operator_name != "Rẽ nhánh" and "gate_" not in task.task_id]
    for task in acting:
        assert f"“{task.task_display_name}” (`{task.task_id}`)" in runbook


def test_the_guide_speaks_of_backfills_in_the_words_of_the_dialog() -> None:
    guide = (REPOSITORY / "docs" / "huong-dan-van-hanh.md").read_text(encoding="utf-8")
    words = json.loads((REPOSITORY / "include" / "locales" / "vi" / "components.json").read_text(encoding="utf-8"))
    dialog = words["backfill"]
    for word in ("dateRange", "missingRuns", "missingAndErroredRuns", "allRuns", "run", "selectLabel"):
        assert dialog[word] in guide, word


def test_what_stands_under_a_box_is_vietnamese(dags: Dags) -> None:
    names = {"Bước", "Chờ", "Ghi", "Hỏi", "Rẽ nhánh"}
    for dag in dags.values():
        written = DagSerialization.from_dict(DagSerialization.to_dict(dag))  # what the UI reads
        assert {task.operator_name for task in written.tasks} <= names, dag.dag_id


def test_somebody_answers_for_every_task(dags: Dags, plan: Plan) -> None:
    offices = {office.short_name for office in plan.offices}
    assert not faults(dags, lambda task: task.owner in offices)


def test_steps_are_tried_again_but_those_that_refuse_what_people_filled_in(dags: Dags) -> None:
    never = {name.partition(": ")[2] for name, task in tasks(dags) if task.retries == 0}
    assert never == {"record_act"}
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


@pytest.mark.parametrize("stage", STAGES)
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
    if stage != "communications":  # it comes back on the last morning, to archive
        assert openings == expected


def test_intake_runs_for_as_long_as_a_campaign_lasts(dags: Dags, plan: Plan) -> None:
    dag = DagSerialization.from_dict(DagSerialization.to_dict(dags[f"{plan.id}.intake"]))
    assert isinstance(dag.timetable, WhileOpenTimetable)
    assert [(span.at, span.until) for span in dag.timetable.spans] == [
        (each.start, each.end) for each in plan.campaigns
    ]


def test_every_wait_is_carried_by_name_through_the_database(dags: Dags) -> None:
    waits = [task.wait for _, task in tasks(dags) if isinstance(task, RegisterSensor)]
    waits += [task.waits_for for _, task in tasks(dags) if isinstance(task, Step) and task.waits_for]
    assert {wait.condition for wait in waits} == set(CONDITIONS)
    for wait in waits:
        inspect.signature(CONDITIONS[wait.condition]).bind(None, None, **wait.arguments)


def assets_of(condition: Any) -> Iterator[Asset]:
    if isinstance(condition, Asset):
        yield condition
    elif isinstance(condition, AssetAny | AssetAll):
        for part in condition.objects:
            yield from assets_of(part)


def test_what_stages_announce_is_grouped_by_plan(dags: Dags) -> None:
    announced = {(each.group, dag) for dag, made in dags.items() for task in made.tasks for each in task.outlets}
    assert announced
    assert all(dag.startswith(f"{group}.") for group, dag in announced)


def test_what_a_stage_announces_wakes_another(dags: Dags, plan: Plan) -> None:
    announced = {(outlet.name, dag.dag_id) for dag in dags.values() for task in dag.tasks for outlet in task.outlets}
    awaited = {
        (asset.name, dag.dag_id)
        for dag in dags.values()
        for asset in assets_of(getattr(dag.timetable, "asset_condition", None))
    }
    assert {name for name, _ in announced} == {name for name, _ in awaited}
    arrows = {
        (before.partition(".")[2], name.partition("/")[2], after.partition(".")[2])
        for name, before in announced
        for asset, after in awaited
        if asset == name and name.startswith(f"{plan.id}/")
    }
    assert arrows == {
        ("unit_reports", "bao-cao-cua-cac-don-vi", "ubnd_draft"),
        ("intake", "du-thao-bao-cao-tong-hop-phai-lam-lai", "ubnd_draft"),
        ("vptu_appraisal", "du-thao-bao-cao-tong-hop-phai-lam-lai", "ubnd_draft"),
        ("ubnd_draft", "du-thao-bao-cao-tong-hop", "vptu_appraisal"),
        ("vptu_appraisal", "tham-dinh-trinh-thuong-truc-tinh-uy", "conference"),
        ("conference", "hoi-nghi-so-ket-cap-tinh", "communications"),
    }


def test_only_questions_to_people_wait_without_a_trigger(dags: Dags, plan: Plan) -> None:
    questions = {task.task_id: task for _, task in tasks(dags) if isinstance(task, Question)}
    assert set(questions) == {"appraise", "choose_format"}
    accounts = {office.account for office in plan.offices if office.account}
    for question in questions.values():
        assert {user["id"] for user in question.assigned_users} <= accounts
        assert question.defaults is None  # silence never approves
    assert not questions["appraise"].params.get_param("reason").schema.get("minLength")
    assert questions["appraise"].params.get_param("reason").schema["type"] == ["null", "string"]
    assert {user["id"] for user in questions["appraise"].assigned_users} == {"vptu"}


def test_campaigns_open_at_once_have_dags_of_their_own(dags_at: Callable[..., Dags], tmp_path: Path) -> None:
    small = (REPOSITORY / "tests" / "plan" / "small.yaml").read_text(encoding="utf-8")
    second = small.index('  - code: "2023"')
    campaign = small[second:].replace("2023-", "2021-").replace("communications:", "# communications:")
    (tmp_path / "small.yaml").write_text(small[:second] + campaign, encoding="utf-8")
    found = dags_at(plans=tmp_path)
    both = ["unit_reports", "ubnd_draft", "vptu_appraisal", "conference", "intake", "monitor", "provisional"]
    names = [*both, "communications", "actions", *(f"{name}.2" for name in both)]
    assert set(found) == {f"small.{name}" for name in names}
    assets = [
        {each.name for each in dag.timetable.asset_condition.objects}
        for dag in (found["small.ubnd_draft"], found["small.ubnd_draft.2"])
    ]
    assert assets == [
        {"small/bao-cao", "small/du-thao-phai-lam-lai"},
        {"small/bao-cao.2", "small/du-thao-phai-lam-lai.2"},
    ]
    assert "song song 2" in str(found["small.ubnd_draft.2"].dag_display_name)
