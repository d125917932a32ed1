"""What a faulty plan plainly means: taken so that its other faults are told at the same time, and never as sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import yaml

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.stages import StageKind

# Plans once had five stages, each under a name of its own, always of these kinds in this order.
_FORMER = (StageKind.COLLECT, StageKind.DRAFT, StageKind.APPRAISE, StageKind.CONFER, StageKind.PUBLISH)


def listed_stages(stages: Any) -> tuple[list[dict[str, Any]], UnplacedFault] | None:  # noqa: ANN401 - whatever it has
    """Return the stages of a plan of the former shape as they are written now, and the fault that tells how."""
    if not isinstance(stages, dict) or len(stages) != len(_FORMER):
        return None
    if not all(isinstance(name, str) and isinstance(each, dict) for name, each in stages.items()):
        return None
    listed: list[dict[str, Any]] = []
    for (name, said), kind in zip(stages.items(), _FORMER, strict=True):
        flow: dict[str, Any] = {"after": [listed[-1]["id"]]} if listed else {}
        if kind is StageKind.APPRAISE:
            flow["returns_to"] = listed[-1]["id"]
        listed.append({"id": name, "kind": str(kind), **flow, **said})
    written = "\n".join(f"    - {_in_a_line(each)}" for each in listed)
    hint = f"Thay cả mục bằng danh sách này, rồi bỏ giai đoạn không có và sửa «after»:\n  stages:\n{written}"
    return listed, UnplacedFault(("stages",), "các giai đoạn viết theo lối cũ, mỗi giai đoạn dưới tên của nó", hint)


def with_years(data: dict[str, Any], strange: Iterable[UnplacedFault]) -> dict[str, Any] | None:
    """Return a plan's data with the dates that those in strange years probably are; None where one is past guessing."""
    mended = deepcopy(data)
    for fault in strange:
        if fault.nearest is None or fault.at_key:
            return None
        *way, last = fault.path
        inner: Any = mended
        for part in way:
            inner = inner[part]
        inner[last] = date.fromisoformat(fault.nearest)
    return mended


def places_of(stages: Any) -> Iterator[tuple[DataPath, DataPath]]:  # noqa: ANN401 - whatever it has
    """Yield where each stage of the former shape is in the list, and where it stands in the file."""
    yield from ((("stages", index), ("stages", name)) for index, name in enumerate(stages))


def _in_a_line(value: Any) -> str:  # noqa: ANN401 - whatever it has
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return text.strip()
