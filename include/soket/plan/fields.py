"""The reference of what may stand in files of plans, directories, lexicons and editions, made from their models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import EmailStr
from pydantic.fields import FieldInfo

from soket.plan.directory import Directory
from soket.plan.editions import FormEdition
from soket.plan.model import Plan
from soket.plan.strict import SLUG, Strict
from soket.plan.taken import BlockTaking
from soket.plan.themes import Lexicon
from soket.plan.words import AGGREGATES, DUTIES, LADDER_STEPS, NATURES, SCOPES, SEVERITIES, TONES
from soket.text import Word, format_number

Model = type[Strict]

_PLAIN: dict[Any, str] = {
    str: "chữ",
    int: "số nguyên",
    float: "số",
    bool: "`true` hoặc `false`",
    date: "ngày",
    time: "giờ",
    EmailStr: "địa chỉ thư",
}
_TABLES: tuple[Mapping[Any, Word], ...] = (DUTIES, SEVERITIES, LADDER_STEPS, TONES, AGGREGATES, NATURES, SCOPES)
_PAGE = """# Các mục của tệp kế hoạch, danh bạ và bộ chủ đề

Trang này lập từ chính mô hình mà hệ thống đọc tệp, bằng `soket plan fields --out docs/plan-fields.md`; đừng sửa tay.

- Tệp kế hoạch: `.yaml` trong `include/plans/`, hoặc trong thư mục nêu ở biến môi trường `SOKET_PLANS`; danh bạ: trong
  `include/directory/`, hoặc thư mục nêu ở `SOKET_DIRECTORY`. Kiểm tra: `soket plan check TỆP`, `soket directory check
  TÊN`. Bộ chủ đề: trong `include/themes/`, hoặc thư mục nêu ở `SOKET_THEMES`; `soket plan check` kiểm tra cùng kế
  hoạch nêu tên nó. Thể thức văn bản: trong `include/forms/`, hoặc thư mục nêu ở `SOKET_FORMS`. Thư mục, tên tệp:
  [hướng dẫn vận hành](huong-dan-van-hanh.md).
- **Chữ** có dấu hai chấm kèm dấu cách, hoặc chỉ gồm chữ số, thì đặt trong nháy kép. **Mã** gồm chữ thường không dấu,
  chữ số, gạch dưới, mở đầu bằng chữ; mã ghi “viết như ví dụ” thì có cách viết riêng: chỉ tiêu `CT01`, `CT01.2`,
  `CT01.2.1`, quy tắc `KG-CT01` viết hoa. **Ngày** viết năm-tháng-ngày: `2030-11-05`. **Giờ** đặt trong nháy kép:
  `"07:30"`. **Số** viết liền, dấu chấm cho phần lẻ: `6300`, `0.5`.
- Sửa kế hoạch khi đợt đang chạy thì điều gì xảy ra: [sửa kế hoạch khi đợt đang chạy](plan-changes.md).
- Mục không có trong trang này là lỗi: viết nhầm tên thì `soket plan check` nêu tên gần nhất.
"""


@dataclass(frozen=True)
class FieldEntry:
    """One thing that may stand in a file."""

    name: str
    required: bool
    default: str  # as it is written; "" where none needs telling
    value: str  # what is written there
    description: str
    example: str  # as it is written; "" where the value has a table of its own


def models() -> list[Model]:
    """Return the models of plans, directories and lexicons, each behind the one that first leads to it."""
    found: list[Model] = []
    for root in (Plan, BlockTaking, Directory, Lexicon, FormEdition):
        _find(root, found)
    return found


def entries(model: Model) -> list[FieldEntry]:
    """Return what may stand in a model's place, in order."""
    return [
        FieldEntry(
            field.alias or name,
            field.is_required(),
            _default(field),
            _value(field.annotation, field.metadata),
            field.description or "",
            str(field.examples[0]) if field.examples else "",
        )
        for name, field in model.model_fields.items()
    ]


def reference() -> str:
    """Return the whole reference as Markdown."""
    return "\n".join([_PAGE, *(_section(model) for model in models())])


def title_of(model: Model) -> str:
    """Return what a model is called."""
    return str(model.model_config.get("title", ""))


def _find(model: Model, found: list[Model]) -> None:
    if model not in found:
        found.append(model)
        for field in model.model_fields.values():
            for inner in _models_in(field.annotation):
                _find(inner, found)


def _models_in(annotation: Any) -> Iterator[Model]:  # noqa: ANN401 - a type
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _section(model: Model) -> str:
    lines = [f"## {title_of(model)}", "", "| Mục | Bắt buộc | Ghi gì | Ý nghĩa | Ví dụ |", "|---|---|---|---|---|"]
    for each in entries(model):
        required = "có" if each.required else f"không; không ghi là `{each.default}`" if each.default else "không"
        example = f"`{each.name}: {each.example}`" if each.example else ""
        cells = (f"`{each.name}`", required, each.value, each.description, example)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join([*lines, ""])


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(str, value))}]"
    return str(value) if isinstance(value, str | int | float) else ""


def _value(annotation: Any, metadata: list[Any]) -> str:  # noqa: ANN401 - a type
    """Return what is written for a type, with its bounds."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = [each.metadata if isinstance(each, FieldInfo) else [each] for each in parts[1:]]
        return _value(parts[0], sum(inner, metadata))
    if origin in (Union, UnionType):
        return " hoặc ".join(_value(part, metadata) for part in parts if part is not NoneType)
    if origin is tuple:
        return f"danh sách {_value(parts[0], [])}{_bounds(metadata)}"
    if origin is dict:
        return f"các dòng «{_value(parts[0], [])}: {_value(parts[1], [])}»"
    if origin is Literal:
        return _choices(parts)
    if issubclass(annotation, Enum):
        return _choices([each.value for each in annotation])
    if issubclass(annotation, Strict):
        title = title_of(annotation)
        return f"[{title}](#{title.lower().replace(' ', '-').replace(',', '')})"
    patterns = (
        [pattern for each in metadata if (pattern := getattr(each, "pattern", None))] if annotation is str else []
    )
    if patterns:
        return "mã" if patterns == [SLUG] else "mã, viết như ví dụ"
    return f"{_PLAIN[annotation]}{'' if annotation is str else _bounds(metadata)}"


def _choices(values: Any) -> str:  # noqa: ANN401 - of enums or literals
    words = next((table for table in _TABLES if {*table} == {*values}), None)
    said = {each: f" ({words[each].about('đánh giá').label})" if words else "" for each in values}
    return ", ".join(f"`{each}`{said[each]}" for each in values)


def _bounds(metadata: list[Any]) -> str:
    said = []
    for each in metadata:
        match each:
            case MinLen(least):
                said.append(f"ít nhất {least}")
            case Ge():
                said.append(f"từ {format_number(float(str(each.ge)))}")
            case Gt():
                said.append(f"lớn hơn {format_number(float(str(each.gt)))}")
            case Le():
                said.append(f"nhiều nhất {format_number(float(str(each.le)))}")
    return f" ({', '.join(said)})" if said else ""
