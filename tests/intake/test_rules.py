from __future__ import annotations

from random import Random
from typing import Any

import pytest

from intake import corpus
from intake.plans import FORM, YEARS
from intake.turns import PlainValidator
from soket.intake.comparisons import Usual
from soket.intake.findings import Sheet
from soket.intake.messages import MESSAGES, fault
from soket.intake.rules import Stack
from soket.intake.table import find_tables
from soket.intake.validation import Check, Frame, ValidationFailedError, Validator
from soket.plan.model import Plan, Severity


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
    stack.last_reported = {unit: {("CT05", 2019): 100.0, ("CT05", 2020): 0.0} for unit, _ in stack.tables}
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


def test_what_a_run_cannot_evaluate_is_the_pipelines_failure() -> None:
    columns: dict[str, Any] = {"x": ["twelve"]}
    with Validator() as validator, pytest.raises(ValidationFailedError, match="twelve"):
        validator.run(
            Frame(
                [(("a", 1), 2021)],
                [FORM],
                columns,
                (Check("x", "R-1", "critical", "between", ("x",), {"min_value": 0}),),
            )
        )


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
