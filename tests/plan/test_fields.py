"""The reference of plans' and directories' fields is what the models say, all of it, in Vietnamese, with examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from conftest import REPOSITORY
from soket.plan.fields import entries, models, reference, title_of
from soket.plan.source import PlanSource
from soket.plan.strict import Strict

PAGE = REPOSITORY / "docs" / "plan-fields.md"
FIELDS = [(model, name) for model in models() for name in model.model_fields]


def vietnamese(text: str) -> bool:
    return not text.isascii()


def named(model: type[Strict], name: str) -> str:
    return f"{model.__name__}.{name}"


def test_the_page_is_what_the_models_say() -> None:
    told = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    assert told == reference(), "run `soket plan fields --out docs/plan-fields.md`"


def test_every_model_has_a_title_of_its_own() -> None:
    titles = [title_of(model) for model in models()]
    wanting = [model.__name__ for model, title in zip(models(), titles, strict=True) if not vietnamese(title)]
    assert not wanting, f"say `class {wanting[0]}(Strict, title='…')` in {wanting[0]}'s module, in Vietnamese"
    assert len({*titles}) == len(titles), [each for each in titles if titles.count(each) > 1]


def test_every_field_says_in_vietnamese_what_it_is() -> None:
    wanting = [
        f"{model.__module__}: {named(model, name)}"
        for model, name in FIELDS
        if not vietnamese(model.model_fields[name].description or "")
    ]
    assert not wanting, f"say `Field(…, description='…', examples=['…'])`, in Vietnamese, of: {', '.join(wanting)}"


def test_every_field_has_an_example_unless_a_table_says_how_it_is_made() -> None:
    wanting = [
        f"{model.__module__}: {named(model, name)}"
        for model, name in FIELDS
        for entry in [entries(model)[[*model.model_fields].index(name)]]
        if not entry.example and "](#" not in entry.value
    ]
    assert not wanting, f"give `Field(…, examples=['…'])`, as it is written in YAML, to: {', '.join(wanting)}"


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_examples_are_what_the_model_takes(model: type[Strict], tmp_path: Path) -> None:
    for entry, (name, field) in zip(entries(model), model.model_fields.items(), strict=True):
        if entry.example:
            file = tmp_path / "example.yaml"
            file.write_text(f"{entry.name}: {entry.example}\n", encoding="utf-8")
            value = PlanSource(file).data[entry.name]
            made: TypeAdapter[Any] = TypeAdapter(Annotated[field.annotation, Field(), *field.metadata])
            try:
                made.validate_python(value)
            except ValidationError as error:
                pytest.fail(f"the example of {model.__module__}: {named(model, name)} is none: {error}")


def test_fields_in_lists_and_alternatives_are_found() -> None:
    assert {"Plan", "Directory", "BlockTaking", "StandIn", "SpreadRule", "StageDates"} <= {
        model.__name__ for model in models()
    }


def test_links_lead_to_tables() -> None:
    told = reference()
    for model in models():
        title = title_of(model)
        assert told.count(f"## {title}\n") == 1
    anchors = {title_of(model).lower().replace(" ", "-").replace(",", "") for model in models()}
    linked = {part.partition(")")[0] for part in told.split("](#")[1:]}
    assert linked <= anchors
