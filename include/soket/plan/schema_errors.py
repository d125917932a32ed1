"""What Pydantic finds wrong in a plan, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Plan
from soket.plan.schema_words import MOVED, WORDS, as_written, fallback
from soket.plan.signs import CURLY, as_it_looks, odd_signs, without_curly_quotes
from soket.plan.strict import Strict
from soket.text import fold, neighbours

_CHOICES = ("enum", "literal_error", "union_tag_invalid")
_NAMES = (*_CHOICES, "extra_forbidden", "string_pattern_mismatch")  # what is typed letter by letter
_TRUTHS = ("bool_type", "bool_parsing")
_SAID = {"co": "true", "dung": "true", "x": "true", "khong": "false", "sai": "false"}

_LONGEST_NAME = 100  # characters: what is longer is no misspelt name


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return the valid name that looks most like one given; None where none does."""
    if len(name) > _LONGEST_NAME:
        return None
    given = fold(as_it_looks(name))
    near = neighbours(given, tuple(valid))
    matches = get_close_matches(given, near, n=1, cutoff=0.6)
    return near[matches[0]] if matches else None


def listed(names: list[str]) -> str:
    """Return names for a hint: «a», «b»."""
    return ", ".join(f"«{name}»" for name in names)


def finding(error: ErrorDetails, model: type[Strict] = Plan) -> UnplacedFault:
    """Return one of Pydantic's errors as a finding, at the path it has in the file."""
    schema = _Schema.of(model)
    location, at_key = error["loc"], False
    if location and location[-1] == "[key]":
        location, at_key = location[:-1], True
    context = error.get("ctx", {})
    message, hint = WORDS.get(error["type"], fallback)(error["input"], context, error["msg"])
    valid = _valid_names(schema, error["type"], location, context)
    if error["type"] == "extra_forbidden" and model is Plan and (moved := MOVED.get(location)):
        return UnplacedFault(schema.data_path(location), *moved, at_key=True)
    if valid:
        hint = f"{hint} Dùng được: {listed(valid)}.".strip()
    path, given = schema.data_path(location), error["input"] if isinstance(error["input"], str) else ""
    if error["type"] == "invalid_key":
        path, at_key = (*path[:-1], as_written(error["input"])), True
    if error["type"] == "extra_forbidden":
        given, at_key = str(location[-1]), True
    elif error["type"] == "union_tag_invalid":
        path, given = (*path, "kind"), context["tag"]
    if error["type"] == "string_type" and isinstance(error["input"], list) and schema.is_code(location):
        message = "chỉ ghi một mã, đang là một danh sách"
    hint = f"{_of_signs(given, error['type'])} {hint}".strip()
    return UnplacedFault(
        path,
        message.replace("{name}", str(location[-1]) if location else ""),
        hint,
        _SAID.get(fold(given)) if error["type"] in _TRUTHS else nearest(given, valid),
        at_key=at_key,
        missing=error["type"] == "missing",
    )


def _of_signs(given: str, kind: str) -> str:
    """Return what to do about signs in a text that are not what they look like; "" where there are none."""
    if plain := without_curly_quotes(given):
        return f'Dấu nháy «{given[0]}» là của Word, không phải dấu nháy của YAML: viết "{plain}".'
    if kind == "extra_forbidden" and any(sign in given for sign in CURLY):
        return 'Dấu nháy “…” là của Word: dấu phẩy trong đó vẫn ngăn hai mục. Dùng dấu nháy thẳng: "…".'
    odd = odd_signs(given) if kind in _NAMES else ""
    return f"Trong đó {odd}: gõ lại." if odd else ""


def _valid_names(schema: _Schema, kind: str, location: DataPath, context: dict[str, Any]) -> list[str]:
    """Return the names that may stand where a wrong one does."""
    if kind == "extra_forbidden":
        return schema.fields_at(location[:-1])
    if kind in _CHOICES:
        return re.findall(r"'([^']*)'", context.get("expected", context.get("expected_tags", "")))
    return []


class _Schema:
    """What a model's schema says of a place in its data."""

    def __init__(self, model: type[Strict]) -> None:
        self._schema = model.model_json_schema()

    @staticmethod
    @cache
    def of(model: type[Strict]) -> _Schema:
        """Return a model's schema, made once."""
        return _Schema(model)

    def fields_at(self, location: DataPath) -> list[str]:
        """Return the names of the fields at a location."""
        return list(self._at(location).get("properties", {}))

    def is_code(self, location: DataPath) -> bool:
        """Whether one word of a pattern is to stand at a location."""
        return "pattern" in self._at(location)

    def data_path(self, location: DataPath) -> DataPath:
        """Return a location without the tags of alternatives, which the file does not have."""
        path: list[str | int] = []
        schema = self._schema
        for part in location:
            if "discriminator" not in schema:
                path.append(part)
            schema = self._inside(schema, part)
        return tuple(path)

    def _at(self, location: DataPath) -> dict[str, Any]:
        schema = self._schema
        for part in location:
            schema = self._inside(schema, part)
        return schema

    def _inside(self, schema: dict[str, Any], part: str | int) -> dict[str, Any]:
        """Return the schema under one part of an error's location; empty where the model has none."""
        if isinstance(part, int):
            return self._resolved(schema.get("items", {}))
        if part in schema.get("properties", {}):
            return self._resolved(schema["properties"][part])
        if "discriminator" in schema:
            return self._resolved({"$ref": schema["discriminator"]["mapping"][part]})
        return self._resolved(schema.get("additionalProperties") or {})

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow references, and the one alternative that is not null."""
        while True:
            if "$ref" in schema:
                schema = self._schema["$defs"][schema["$ref"].rpartition("/")[2]]
            elif "anyOf" in schema:
                schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
            else:
                return schema
