"""What campaigns say of their own that makes no sense: names of nothing, and blocks that are asked for two forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.references import names, select, twice, unknown
from soket.plan.table_checks import OUT_OF_ORDER, out_of_order


def check_names(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find forms, blocks and units that a campaign's own content names and there are not."""
    owing = [name for pattern in ("blocks.*.code", "units.*.code") for _, name in names(data, pattern)]
    forms = [name for _, name in names(data, "forms.*.code")]
    for path, name in names(data, "campaigns.*.own.without.*"):
        if name not in owing:
            yield unknown(path, name, "khối, đơn vị", owing)
    for path, name in names(data, "campaigns.*.own.forms.@"):
        if name not in forms:
            yield replace(unknown(path, name, "biểu", forms), at_key=True)


def check_own_forms(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find indicators that a campaign's own forms name and there are not, and columns out of order."""
    forms = {form["code"]: form for _, form in select(data, "forms.*") if _has_code(form)}
    for path, own in select(data, "campaigns.*.own.forms.*"):
        codes = [code for _, code in names(forms.get(str(path[-1]), {}), "indicators.*.code")]
        for pattern, at_key in (("targets.@", True), ("without.*", False)):
            for rest, code in names(own, pattern):
                if codes and code not in codes:
                    yield replace(unknown((*path, *rest), code, "chỉ tiêu", codes), at_key=at_key)
        if out_of_order(own):
            yield UnplacedFault((*path, "years"), *OUT_OF_ORDER)


def check_own_outlines(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find sections of a campaign's own outline that share a code or a number."""
    for path, outline in select(data, "campaigns.*.own.outline"):
        for part, what in (("code", "mã mục đề cương"), ("number", "số mục đề cương")):
            places = [((*path, *rest), name) for rest, name in names(outline, f"*.{part}")]
            yield from twice(places, f"{what} «{{name}}» dùng hai lần", "Mỗi nơi một tên riêng.")


def check_blocks_of_forms(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find blocks that are asked for two forms in one campaign."""
    asked = [own for _, own in select(data, "campaigns.*.own.forms") if isinstance(own, dict)]
    whole: list[dict[str, Any] | None] = [None] if len(asked) < len(list(select(data, "campaigns.*"))) else []
    told: set[DataPath] = set()
    for own in [*whole, *asked] or [None]:
        places = [
            ((*path, *rest), name)
            for path, form in select(data, "forms.*")
            if own is None or (_has_code(form) and form["code"] in own)
            for rest, name in names(form, "blocks.*")
        ]
        for found in twice(places, "biểu số liệu cho khối «{name}» dùng hai lần", "Mỗi nơi một tên riêng."):
            if found.path not in told:
                told.add(found.path)
                yield found


def _has_code(form: Any) -> bool:  # noqa: ANN401 - whatever the file has
    return isinstance(form, dict) and isinstance(form.get("code"), str)


CHECKS = (check_names, check_own_forms, check_own_outlines, check_blocks_of_forms)
