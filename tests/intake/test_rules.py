from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from intake.plans import FORM, YEARS, make_plan
from intake.turns import PlainValidator
from reading import corpus
from soket.faults import MESSAGES, fault
from soket.intake.comparisons import SaidBefore, Usual
from soket.intake.form_rules import rules_of
from soket.intake.rules import Stack
from soket.intake.table import find_tables
from soket.intake.validation import Check, Frame, UnfitFrameError, ValidationFailedError, Validator
from soket.plan.model import Plan, Severity
from soket.reading.findings import Sheet


def stack_of(plan: Plan, random: Random, submissions: int) -> Stack:
    """A stack of tables in which about every tenth cell is wrong, blank or no number."""
    form = next(form for form in plan.forms if form.code == FORM)
    stack = Stack()
    for number in range(submissions):
        lines: list[tuple[object, ...]] = []
        for line in corpus.rows({"CT05": (100, 120, 140)}):
            cells = [float(cell) if isinstance(cell, int) else cell for cell in line]
            for column in range(2, len(cells)):
                if lines and random.random() < 0.1:
                    cells[column] = random.choice([None, "-", "?", -1.0, 1e9, 0.0, 12.5])
            if lines and random.random() < 0.1:
                cells[2:] = [None] * (len(cells) - 2)
            lines.append(tuple(cells))
        (table,) = find_tables(form, "a.xlsx", [Sheet("", 1, 1, tuple(lines))])  # type: ignore[arg-type]
        stack.add((f"huyen_{number}", 1 + number % 2), form, table)
    at = [("CT05", year) for year in YEARS]
    stack.usual = {
        submission: dict.fromkeys(at, Usual(90, 150, 3 + index % 3)) for index, submission in enumerate(stack.tables)
    }
    last = SaidBefore({("CT05", 2019): 100.0, ("CT05", 2020): 0.0})
    stack.last_reported = {unit: last for unit, _ in stack.tables}
    return stack


def test_great_expectations_finds_what_plain_arithmetic_finds(small_plan: Plan) -> None:
    frame = stack_of(small_plan, Random(7), 60).frame()
    with Validator() as validator:
        found = validator.run(frame)
    expected = PlainValidator().run(frame)
    assert {name: (each.looked_at, sorted(each.broken)) for name, each in found.items()} == {
        name: (each.looked_at, sorted(each.broken)) for name, each in expected.items()
    }
    assert all(each.broken for each in expected.values()), "some check was never broken, and so not compared"


def frame_of(value: Any, *, expects: Any = "between") -> Frame:
    """A frame of one value and one check."""
    checks = (Check("x", "R-1", "critical", expects, ("x",), {"min_value": 0}),)
    return Frame([(("a", 1), 2021)], [FORM], {"x": [value]}, checks)


def test_what_a_run_cannot_evaluate_is_the_frames_fault_and_the_next_run_has_a_process_of_its_own() -> None:
    with Validator() as validator:
        for _ in range(2):
            with pytest.raises(UnfitFrameError, match="twelve"):
                validator.run(frame_of("twelve"))
        assert validator.run(frame_of(-1.0))["x"].broken == ((("a", 1), 2021),)


def test_a_process_answers_frame_after_frame() -> None:
    with Validator() as validator:
        assert validator.run(frame_of(-1.0))["x"].broken
        process = validator._process
        assert not validator.run(frame_of(1.0))["x"].broken
        assert validator._process is process


def test_what_fails_on_a_plain_frame_too_is_the_pipelines_failure() -> None:
    with Validator() as validator, pytest.raises(ValidationFailedError, match="no expectation is called miracle"):
        validator.run(frame_of("twelve", expects="miracle"))


def test_a_process_that_is_killed_is_the_pipelines_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "python"
    dying.write_text("#!/bin/sh\nkill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    with Validator() as validator, pytest.raises(ValidationFailedError, match="ended with -9"):
        validator.run(frame_of(1.0))


def test_a_plain_frame_has_each_form_and_year_once_and_nothing_of_a_unit(small_plan: Plan) -> None:
    frame = stack_of(small_plan, Random(7), 60).frame()
    plain = frame.plain()
    assert plain.rows == [(("", 0), year) for year in YEARS]
    assert (plain.forms, plain.checks) == ([FORM] * 3, frame.checks)
    assert set(plain.columns) <= set(frame.columns)
    assert all(values == [1.0] * 3 for values in plain.columns.values())


def test_nothing_to_check_needs_no_run() -> None:
    with Validator() as validator:
        assert validator.run(Frame((), (), {}, ())) == {}


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_a_sentence_for_people(code: str) -> None:
    message = MESSAGES[code]
    assert message.text[0].isupper() or message.text[0] in "«{"
    assert message.text.endswith((".", "»."))
    assert message.severity is Severity.INFO or message.advice


def test_a_fault_quotes_what_was_found() -> None:
    found = fault("SL-01", "a.xlsx", "ô D7", found="1,234", one="1,234", other="1.234")
    assert found.message == "Số «1,234» đọc được theo hai cách: 1,234 hoặc 1.234."


def test_a_target_to_go_down_to_is_checked_from_above() -> None:
    form = next(each for each in make_plan().forms if each.code == FORM)
    indicator = next(each for each in form.indicators if each.code == "CT05")
    assert indicator.target is not None
    down = indicator.model_copy(update={"target": indicator.target.model_copy(update={"at_most": True})})
    found = {}
    for each in (indicator, down):
        (rule,) = (
            each
            for each in rules_of(form.model_copy(update={"indicators": (each,), "rules": ()}))
            if each.code == "T-CT05"
        )
        found[rule.about.rpartition(" đạt ")[2]] = rule.check.limits
    assert found == {"mục tiêu 500": {"min_value": 500}, "mục tiêu không quá 500": {"max_value": 500}}
