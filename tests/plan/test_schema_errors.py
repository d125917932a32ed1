from __future__ import annotations

import pytest
from pydantic_core import ErrorDetails

from soket.plan.model import Plan
from soket.plan.schema_errors import finding, nearest
from soket.plan.schema_words import PATTERNS


def patterns(schema: object) -> set[str]:
    """Return every pattern that a schema asks texts to match."""
    if isinstance(schema, list):
        return set().union(*map(patterns, schema))
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns, schema.values()))
    return set()


def test_every_pattern_of_the_model_is_explained() -> None:
    assert patterns(Plan.model_json_schema()) == set(PATTERNS)


def test_an_error_without_words_of_ours_is_told_in_vietnamese_all_the_same() -> None:
    error: ErrorDetails = {"type": "brand_new", "loc": ("place",), "msg": "Brand new", "input": 5}
    found = finding(error)
    assert found.path == ("place",)
    assert found.message == "giá trị không hợp lệ: «5»"
    assert found.hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Huyện", "huyen"), ("huyenn", "huyen"), ("HUYEN", "huyen"), ("xyz", None)],
)
def test_the_nearest_name(name: str, expected: str | None) -> None:
    assert nearest(name, ["huyen", "so"]) == expected
