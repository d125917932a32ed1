"""What Pydantic finds wrong in a plan, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from soket.plan.dates import say_wrong_date
from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.model import Plan
from soket.plan.strict import Strict
from soket.plan.syntax import as_it_looks, odd_signs
from soket.text import fold, neighbours

Words = tuple[str, str]  # message, hint

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
    message, hint = _WORDS.get(error["type"], _fallback)(error["input"], context, error["msg"])
    valid = _valid_names(schema, error["type"], location, context)
    if valid:
        hint = f"{hint} Dùng được: {listed(valid)}.".strip()
    path, given = schema.data_path(location), error["input"] if isinstance(error["input"], str) else ""
    if error["type"] == "extra_forbidden":
        given, at_key = str(location[-1]), True
    elif error["type"] == "union_tag_invalid":
        path, given = (*path, "kind"), context["tag"]
    if error["type"] in _NAMES and (odd := odd_signs(given)):
        hint = f"Trong đó {odd}: gõ lại. {hint}".strip()
    return UnplacedFault(
        path,
        message.replace("{name}", str(location[-1]) if location else ""),
        hint,
        _SAID.get(fold(given)) if error["type"] in _TRUTHS else nearest(given, valid),
        at_key=at_key,
        missing=error["type"] == "missing",
    )


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
        schema = self._schema
        for part in location:
            schema = self._inside(schema, part)
        return list(schema.get("properties", {}))

    def data_path(self, location: DataPath) -> DataPath:
        """Return a location without the tags of alternatives, which the file does not have."""
        path: list[str | int] = []
        schema = self._schema
        for part in location:
            if "discriminator" not in schema:
                path.append(part)
            schema = self._inside(schema, part)
        return tuple(path)

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


Worder = Callable[[Any, dict[str, Any], str], Words]


def _said(message: str, hint: str = "") -> Worder:
    return lambda *_: (message, hint)


def _fallback(given: Any, _: dict[str, Any], text: str) -> Words:  # noqa: ANN401 - whatever the file has
    return f"giá trị không hợp lệ: {_shown(given)} ({text})", "Xem một kế hoạch mẫu trong thư mục plans."


def _shown(given: Any) -> str:  # noqa: ANN401 - whatever the file has
    if given is None:
        return "để trống"
    if isinstance(given, dict):
        return "một nhóm mục"
    if isinstance(given, list):
        return "một danh sách"
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return f"«{text}»" if len(text) <= _LONGEST_NAME else f"«{text[:_LONGEST_NAME]}…»"


def _expects(what: str, hint: str = "") -> Worder:
    return lambda given, *_: (f"cần {what}, đang là {_shown(given)}", hint)


def _text(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if given is None:
        return "đang để trống", "Ghi nội dung, hoặc bỏ cả mục nếu không bắt buộc."
    if isinstance(given, dict | list):
        return f"cần một dòng chữ, đang là {_shown(given)}", "Nội dung có «: » thì đặt trong dấu nháy kép."
    return f"cần chữ, đang là {_shown(given)}", f'Đặt trong dấu nháy kép: "{_shown(given)[1:-1]}".'


def _date(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if isinstance(given, str | int) and not isinstance(given, bool):
        return say_wrong_date(_shown(given)[1:-1])
    return f"cần một ngày, đang là {_shown(given)}", "Ghi năm-tháng-ngày, ví dụ 2030-11-05."


def _list(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if isinstance(given, str) and given[0:1] in _DASHES:
        return f"dấu «{given[0]}» không mở đầu được một ý trong danh sách", "Dùng dấu gạch ngắn và một dấu cách: «- »."
    return f"cần một danh sách, đang là {_shown(given)}", "Mỗi ý một dòng, mở đầu bằng dấu gạch «- »."


_DASHES = frozenset("–—−•+")


_PATTERNS = {
    r"^[a-z][a-z0-9_]{1,60}$": "Mã gồm chữ thường không dấu, chữ số, gạch dưới, mở đầu bằng chữ; ví dụ h_nghi_xuan.",
    r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$": "Mã quy tắc viết như KG-CT01.",
    r"^CT\d{2}(\.\d{1,2})?$": "Mã chỉ tiêu viết như CT01 hoặc CT01.2.",
    r"^[a-z0-9][a-z0-9_-]{0,30}$": 'Mã đợt gồm chữ thường không dấu, chữ số, gạch; ví dụ "2030".',
}


def _pattern(given: Any, context: dict[str, Any], _: str) -> Words:  # noqa: ANN401 - whatever the file has
    apart = "Các mã cách nhau bằng dấu phẩy. " if ";" in given else ""
    return f"mã {_shown(given)} viết chưa đúng", apart + _PATTERNS[context["pattern"]]


def _number(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    return f"cần một số, đang là {_shown(given)}", "Ghi số liền, dấu chấm cho phần lẻ: 6300 hoặc 0.5."


def _value(given: Any, context: dict[str, Any], _: str) -> Words:  # noqa: ANN401 - whatever the file has
    if "reason" in context:  # Pydantic's own, of an address
        hint = "Mỗi mục một địa chỉ. " if isinstance(given, str) and given.count("@") > 1 else ""
        return f"địa chỉ thư không hợp lệ: {_shown(given)}", f"{hint}Viết như vanthu@donvi.example."
    return str(context["error"]), ""


_integer = _expects("số nguyên", "Ghi số liền, không có phần lẻ: 2030.")
_group = _expects("một nhóm mục «tên: nội dung»", "Xem lại chỗ thụt dòng và dấu hai chấm.")
_time = _expects("giờ và phút", 'Ghi như "07:30".')

_WORDS: dict[str, Worder] = {
    "missing": _said("thiếu mục «{name}»", "Thêm mục này."),
    "extra_forbidden": _said("không có mục nào tên «{name}»"),
    "string_type": _text,
    "string_too_short": _said("đang để trống", "Ghi nội dung, hoặc bỏ cả mục nếu không bắt buộc."),
    "string_pattern_mismatch": _pattern,
    "int_type": _integer,
    "int_parsing": _integer,
    "int_from_float": _integer,
    "float_type": _number,
    "float_parsing": _number,
    "bool_type": _expects("true hoặc false"),
    "bool_parsing": _expects("true hoặc false"),
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "time_type": _time,
    "time_parsing": _time,
    "enum": _expects("một trong các từ cho sẵn"),
    "literal_error": _expects("một trong các từ cho sẵn"),
    "union_tag_invalid": lambda _, context, __: (_unknown_rule(str(context["tag"])), ""),
    "union_tag_not_found": _said("thiếu mục «kind» (loại quy tắc)", "Thêm mục này."),
    "model_type": _group,
    "model_attributes_type": _group,
    "dict_type": _group,
    "tuple_type": _list,
    "too_short": lambda _, context, __: (
        f"cần ít nhất {context['min_length']}, đang có {context['actual_length']}",
        "Thêm cho đủ.",
    ),
    "greater_than": lambda given, context, _: (f"cần số lớn hơn {context['gt']:g}, đang là {_shown(given)}", ""),
    "greater_than_equal": lambda given, context, _: (f"cần số từ {context['ge']:g} trở lên, là {_shown(given)}", ""),
    "value_error": _value,
}


def _unknown_rule(kind: str) -> str:
    """Name a kind of rule that there is none of; a list or a mapping in its place is no kind at all."""
    return f"không có loại quy tắc «{kind}»" if kind[:1] not in "[{" else "loại quy tắc phải là một từ"
