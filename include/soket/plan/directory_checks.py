"""What a directory's parts call each other, and what is odd in one that can be used all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from soket.plan.fault import UnplacedFault
from soket.plan.references import check_unit_names, names, select, twice, unknown

_ONCE = (
    (("offices.*.code", "units.*.code"), "mã cơ quan, đơn vị"),
    (("offices.*.account",), "tài khoản"),
    (("groups.*.code",), "mã nhóm"),
)


def check_references(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find units of a group that there is none of, and names given twice."""
    groups = [name for _, name in names(data, "groups.*.code")]
    yield from (
        unknown(path, name, "nhóm", groups) for path, name in names(data, "units.*.group") if name not in groups
    )
    for patterns, what in _ONCE:
        places = [place for pattern in patterns for place in names(data, pattern)]
        yield from twice(places, f"{what} «{{name}}» dùng hai lần", "Mỗi nơi một tên riêng.")


def check_predecessors(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find predecessors where no directory before is named, and shares that come to more than the whole."""
    shares: dict[str, float] = defaultdict(float)
    for path, each in select(data, "units.*.predecessors.*"):
        if data.get("follows") is None:
            yield UnplacedFault(path, "chưa rõ đơn vị cũ ở danh bạ nào", "Thêm «follows: tên danh bạ trước».")
            return
        share = each.get("share") if isinstance(each, dict) else None
        if isinstance(share, int | float) and isinstance(each.get("unit"), str):
            shares[each["unit"]] += share
            if shares[each["unit"]] > 1 + 1e-9:
                message = f"các phần của «{each['unit']}» cộng lại quá 1"
                yield UnplacedFault((*path, "share"), message, "Phần là của đơn vị cũ: 0.4 là bốn mươi phần trăm.")


CHECKS = (check_references, check_unit_names, check_predecessors)
