"""What soket is held against does the same checks, and the ratios say what was measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench.plans import CAMPAIGN, write_plan
from bench.stock.report import lines, picture, rows
from bench.stock.work import TABLE, suite_of, write_work
from conftest import REPOSITORY
from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from soket.intake.form_rules import rules_of
from soket.plan.model import Plan, RestatedRule, SpreadRule
from soket.store.keys import Keys

UNITS = 60


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return write_plan(tmp_path_factory.mktemp("plans"), UNITS)


def test_every_rule_that_one_report_can_be_held_against_alone_is_in_the_suite(plan: Plan) -> None:
    for form in plan.forms:
        alone = [
            rule.code
            for rule in rules_of(form)
            if not rule.trial and not isinstance(rule.rule, RestatedRule | SpreadRule)
        ]
        assert [each["meta"]["code"] for each in suite_of(form)] == alone


# In a process of its own, as in the stock run: Great Expectations warns of much where it is imported.
_TASK = """
import json, sys
from pathlib import Path
from bench.stock.table import broken
work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for file in sys.argv[2:]:
    found = broken(Path(file).read_bytes(), **work["forms"][work["dags"]["dag"][0]["form"]])
    print(json.dumps([(each["code"], each["severity"]) for each in found]))
"""


def test_its_task_finds_in_a_table_what_soket_finds(plan: Plan, tmp_path: Path) -> None:
    unit = plan.units[0].code
    write_work(plan, {"dag": [unit]}, "bucket", work := tmp_path / "work.json")
    tables = []
    for content in (Content.GOOD, Content.TOTAL_DIFFERS):
        drop = Drop(owner=unit, number=1, at=plan.campaign(CAMPAIGN).start, content=content)
        tables.append(tmp_path / f"{content}.xlsx")
        tables[-1].write_bytes(files_of(plan, drop, 6)[TABLE])
    command = [sys.executable, "-c", _TASK, work, *tables]
    told = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    assert [json.loads(line) for line in told.splitlines()] == [[], [["TC-CT01", "critical"]]]
    assert Keys(plan.id, CAMPAIGN).inbox_folder(unit) + TABLE in work.read_text(encoding="utf-8")


def side(*medians: float, mails: int = 60) -> list[dict[str, Any]]:
    return [
        {
            "up": 10.0,
            "armed": 50.0,
            "task_starts": [1.5, 1.5],
            "singles": [median / 2, median / 2],
            "idle_cpu": median,
            "idle_requests": round(10 * median),
            "together": {
                "first": median,
                "median": median,
                "last": median,
                "cpu": median,
                "requests": 100,
                "mails": mails,
            },
        }
        for median in medians
    ]


def measured(soket: list[dict[str, Any]], stock: list[dict[str, Any]]) -> dict[str, Any]:
    machine = {"cores": 2, "memory": "24 GiB", "system": "Linux", "python": "3.11"}
    return {"machine": machine, "date": "2026-11-28", "units": 60, "soket": soket, "stock": stock}


def test_a_ratio_is_of_medians_and_held_against_its_target() -> None:
    results = measured(side(9.0, 10.0, 30.0), side(100.0, 200.0, 210.0))
    row = rows(results)[0]
    assert row.ratio == 20
    text = "\n".join(lines(results))
    assert "| 60 drops: median verdict mail, s | 10.0 (9.0–30.0) | 200 (100–210) | 20.0 | ≥ 20 | met |" in text
    assert "| 60 drops: S3 requests | 100 | 100 | 1.0 |  |  |" in text
    assert "| idle minute: S3 requests | 100 (90–300) | 2000 (1000–2100) | 20.0 | ≥ 36 | **missed** |" in text


def test_one_drop_is_held_against_half_a_poll_and_a_start_of_a_task() -> None:
    assert "1.2 times that, of at most 1.5, met" in "\n".join(lines(measured(side(9, 10, 30), side(200))))
    assert "2.0 times that, of at most 1.5, **missed**" in "\n".join(lines(measured(side(16), side(200))))


def test_mails_that_did_not_come_are_told() -> None:
    assert "| stock: verdict mails of 60 | 59 |" in "\n".join(lines(measured(side(9), side(200, mails=59))))


def test_the_picture_names_everything_that_is_compared() -> None:
    results = measured(side(9, 10, 30), side(100, 200, 210))
    said = {each.text for each in ElementTree.fromstring(picture(results)).iter() if each.text}  # noqa: S314 - our own
    assert {row.title for row in rows(results)} <= said
