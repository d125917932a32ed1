"""What is said of each kind of error that Pydantic finds: what is wrong, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from soket.plan.dates import say_wrong_date
from soket.plan.stages import StageKind
from soket.text import quoted

Words = tuple[str, str]  # message, hint

_LONGEST = 100  # characters shown of what stands in a file
_NUMBER = "Xem lại số này."

Worder = Callable[[Any, dict[str, Any], str], Words]


def _said(message: str, hint: str = "") -> Worder:
    return lambda *_: (message, hint)


def fallback(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    """Return what is said of an error that has no words of its own."""
    return f"giá trị không hợp lệ: {shown(given)}", "Xem mục này ở docs/plan-fields.md."


def shown(given: Any) -> str:  # noqa: ANN401 - whatever the file has
    """Return what stands in a file, short."""
    if given is None:
        return "để trống"
    if isinstance(given, dict):
        return "một nhóm mục"
    if isinstance(given, list):
        return "một danh sách"
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return f"«{text if len(text) <= _LONGEST else quoted(text, _LONGEST)}»"


def as_written(given: Any) -> str:  # noqa: ANN401 - whatever the file has
    """Return a name as it stands in the file."""
    return "" if given is None else shown(given)[1:-1]


def _expects(what: str, hint: str = "") -> Worder:
    return lambda given, *_: (f"cần {what}, đang là {shown(given)}", hint)


def _text(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if given is None:
        return "đang để trống", "Ghi nội dung, hoặc bỏ cả mục nếu không bắt buộc."
    if isinstance(given, list):
        return "cần một dòng chữ, đang là một danh sách", "Chọn một, bỏ ngoặc [ ] hoặc dấu «-»."
    if isinstance(given, dict):
        return f"cần một dòng chữ, đang là {shown(given)}", "Nội dung có «: » thì đặt trong dấu nháy kép."
    return f"cần chữ, đang là {shown(given)}", f'Đặt trong dấu nháy kép: "{shown(given)[1:-1]}".'


def _date(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if isinstance(given, str | int) and not isinstance(given, bool):
        return say_wrong_date(shown(given)[1:-1])
    return f"cần một ngày, đang là {shown(given)}", "Ghi năm-tháng-ngày, ví dụ 2030-11-05."


def _list(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    if isinstance(given, str) and given[0:1] in _DASHES:
        return f"dấu «{given[0]}» không mở đầu được một ý trong danh sách", "Dùng dấu gạch ngắn và một dấu cách: «- »."
    if isinstance(given, str) and _CODE.fullmatch(given):
        return f"cần một danh sách, đang là {shown(given)}", f"Một mục cũng đặt trong ngoặc vuông: [{given}]."
    return f"cần một danh sách, đang là {shown(given)}", "Mỗi ý một dòng, mở đầu bằng dấu gạch «- »."


_CODE = re.compile(r"\w+")
_DASHES = frozenset("–—−•+")


PATTERNS = {
    r"^[a-z][a-z0-9_]{1,60}$": "Mã gồm chữ thường không dấu, chữ số, gạch dưới, mở đầu bằng chữ; ví dụ h_nghi_xuan.",
    r"^[a-z][a-z0-9_-]{1,60}$": "Tên gồm chữ thường không dấu, chữ số, gạch, mở đầu bằng chữ; ví dụ mau-co-quan.",
    r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$": "Mã quy tắc viết như KG-CT01.",
    r"^CT\d{2}(\.\d{1,2}){0,2}$": "Mã chỉ tiêu viết như CT01, CT01.2 hoặc CT01.2.1.",
    r"^[a-z0-9][a-z0-9_-]{0,30}$": 'Mã đợt gồm chữ thường không dấu, chữ số, gạch; ví dụ "2030".',
}


def _pattern(given: Any, context: dict[str, Any], _: str) -> Words:  # noqa: ANN401 - whatever the file has
    apart = "Các mã cách nhau bằng dấu phẩy. " if ";" in given else ""
    return f"mã {shown(given)} viết chưa đúng", apart + PATTERNS[context["pattern"]]


_COMMA = re.compile(r"([-+]?\d+),(\d+)")


def _number(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    found = _COMMA.fullmatch(given.strip()) if isinstance(given, str) else None
    meant = f"Phần lẻ viết sau dấu chấm: {found[1]}.{found[2]}. " if found else ""
    return f"cần một số, đang là {shown(given)}", f"{meant}Ghi số liền, dấu chấm cho phần lẻ: 6300 hoặc 0.5."


def _value(given: Any, context: dict[str, Any], _: str) -> Words:  # noqa: ANN401 - whatever the file has
    if "reason" in context:  # Pydantic's own, of an address
        hint = "Mỗi mục một địa chỉ. " if isinstance(given, str) and given.count("@") > 1 else ""
        return f"địa chỉ thư không hợp lệ: {shown(given)}", f"{hint}Viết như vanthu@donvi.example."
    return str(context["error"]), getattr(context["error"], "hint", "Xem cách ghi mục này ở docs/plan-fields.md.")


def _stages(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    first, *_more = [*map(str, given), "bao_cao"]
    how = f"«- {{id: {first}, kind: collect, title: …}}», «- {{id: …, kind: draft, after: [{first}], title: …}}»"
    hint = (
        f"Viết lại thành danh sách: tên cũ là «id», thêm «kind» và «after» (mã các giai đoạn trước): {how}. "
        f"Loại việc (kind): {', '.join(f'«{kind}»' for kind in StageKind)}."
    )
    return "các giai đoạn viết theo lối cũ, mỗi giai đoạn dưới tên của nó", hint


def _of_stages(part: str, kind: StageKind, what: str) -> Words:
    return (
        f"«{part}» không còn ghi ở «roles»: cơ quan {what} là «owner» của giai đoạn «kind: {kind}»",
        f"Bỏ mục này; xem «owner» của từng giai đoạn {kind} ở «stages» đã đúng cơ quan chưa.",
    )


# What plans once said elsewhere, by where it stood.
MOVED: dict[tuple[str | int, ...], Words] = {
    ("roles", "drafter"): _of_stages("drafter", StageKind.DRAFT, "dự thảo báo cáo"),
    ("roles", "appraiser"): _of_stages("appraiser", StageKind.APPRAISE, "thẩm định dự thảo"),
}

_integer = _expects("số nguyên", "Ghi số liền, không có phần lẻ: 2030.")
_group = _expects("một nhóm mục «tên: nội dung»", "Xem lại chỗ thụt dòng và dấu hai chấm.")


_HOUR = re.compile(r"(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{2})?(?:\s*phút|:00)?", re.IGNORECASE)


def _time(given: Any, *_: object) -> Words:  # noqa: ANN401 - whatever the file has
    found = _HOUR.fullmatch(shown(given)[1:-1].strip())
    hour, minutes = (int(found[1]), found[2] or "00") if found else (24, "")
    meant = f"{hour:02}:{minutes}" if hour < 24 and minutes < "60" else "07:30"
    return f"cần giờ và phút, đang là {shown(given)}", f'Ghi như "{meant}", trong dấu nháy kép.'


WORDS: dict[str, Worder] = {
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
    "stages_by_name": _stages,
    "too_short": lambda _, context, __: (
        f"cần ít nhất {context['min_length']}, đang có {context['actual_length']}",
        "Thêm cho đủ.",
    ),
    "greater_than": lambda given, context, _: (f"cần số lớn hơn {context['gt']:g}, đang là {shown(given)}", _NUMBER),
    "greater_than_equal": lambda given, context, _: (
        f"cần số từ {context['ge']:g} trở lên, là {shown(given)}",
        _NUMBER,
    ),
    "less_than": lambda given, context, _: (f"cần số nhỏ hơn {context['lt']:g}, đang là {shown(given)}", _NUMBER),
    "less_than_equal": lambda given, context, _: (
        f"cần số nhiều nhất {context['le']:g}, đang là {shown(given)}",
        _NUMBER,
    ),
    "too_long": lambda _, context, __: (
        f"nhiều nhất {context['max_length']}, đang có {context['actual_length']}",
        "Bỏ bớt.",
    ),
    "finite_number": _number,
    "invalid_key": _expects(
        "tên mục là chữ", "Xem lại dấu hai chấm, chỗ thụt dòng; tên gồm chữ số thì đặt trong nháy."
    ),
    "value_error": _value,
}


def _unknown_rule(kind: str) -> str:
    """Name a kind of rule that there is none of; a list or a mapping in its place is no kind at all."""
    return f"không có loại quy tắc «{kind}»" if kind[:1] not in "[{" else "loại quy tắc phải là một từ"
