"""What a directory's parts call each other, and what is odd in one that can be used all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.references import check_unit_names, names, select, twice, unknown

_ADDRESSES = ("offices.*.contact.email", "units.*.contact.email", "units.*.head.email")

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


def foreign(address: str, domains: Sequence[str]) -> str | None:
    """Return what is said of an address outside a directory's official domains; None where it is inside."""
    domain = address.rpartition("@")[2].casefold()
    if not domains or any(domain == each or domain.endswith(f".{each}") for each in domains):
        return None
    return f"địa chỉ thư «{address}» ngoài tên miền công vụ ({', '.join(domains)})"


def foreign_addresses(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find addresses outside the official domains."""
    domains = [name for _, name in names(data, "mail_domains.*")]
    for pattern in _ADDRESSES:
        for path, address in names(data, pattern):
            if words := foreign(address, domains):
                yield UnplacedFault(path, words, "Thay bằng địa chỉ công vụ, hoặc thêm tên miền vào «mail_domains».")


def shared_mailboxes(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find addresses of two bodies: a plan that asks both would mix up their mail."""
    first: dict[str, DataPath] = {}
    for pattern in _ADDRESSES:
        for path, address in names(data, pattern):
            earlier = first.setdefault(address.casefold(), path)
            if earlier[:2] != path[:2]:
                message = f"hộp thư «{address}» dùng chung cho hai nơi"
                yield UnplacedFault(path, message, "Mỗi nơi một hộp thư, để thư không lẫn.", first=earlier)


def missing_heads(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find units without a head: no plan can ask them."""
    for path, unit in select(data, "units.*"):
        if unit.get("head") is None:
            words = f"«{unit['code']}» chưa có thủ trưởng (head)"
            yield UnplacedFault(path, words, "Kế hoạch chưa giao việc cho đơn vị này được.")


DOUBTS = (foreign_addresses, shared_mailboxes, missing_heads)
