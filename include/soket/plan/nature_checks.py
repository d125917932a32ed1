"""What is said of indicators that makes no sense: shares added up; weights, estimates and commendation of nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from soket.plan.fault import DataPath, UnplacedFault
from soket.plan.natures import is_share
from soket.plan.periods import PeriodId, read_period, say_period, say_periods
from soket.plan.references import names, select, unknown


def check_natures(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find shares that are not measured as one, counts that are, and shares that are to be added up."""
    for path, indicator in select(data, "forms.*.indicators.*"):
        if not isinstance(indicator, dict) or not isinstance(measure := indicator.get("unit_of_measure"), str):
            continue
        nature, share = indicator.get("nature"), is_share(measure)
        if nature == "share" and not share:
            yield UnplacedFault(
                (*path, "nature"),
                f"ghi là tỷ lệ («share») nhưng đơn vị tính là «{measure}»",
                "Tỷ lệ tính bằng %; số phát sinh trong kỳ thì «flow», số có đến cuối kỳ thì «stock».",
            )
        elif nature in ("flow", "stock") and share:
            yield UnplacedFault(
                (*path, "nature"), f"tính bằng «{measure}» nhưng ghi là «{nature}»", "Ghi «share», hoặc bỏ «nature»."
            )
        if share and indicator.get("aggregate") == "sum":
            yield UnplacedFault(
                (*path, "aggregate"), "tỷ lệ của các đơn vị không cộng lại được", "Ghi «mean» hoặc «none»."
            )


def check_weights(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find weights of what is no mean, and weights that are the same indicator, none of the form, or no count."""
    for path, form in select(data, "forms.*"):
        known = {each["code"]: each for _, each in select(form, "indicators.*") if _has_code(each)}
        for rest, weight in names(form, "indicators.*.weight_by"):
            here, indicator = (*path, *rest), form["indicators"][rest[1]]
            if aggregate_of(indicator) != "mean":
                hint = "Ghi «aggregate: mean», hoặc bỏ «weight_by»."
                yield UnplacedFault(here, "«weight_by» chỉ dùng cho chỉ tiêu lấy bình quân", hint)
            elif weight == indicator.get("code"):
                yield UnplacedFault(here, f"lấy bình quân «{weight}» theo chính nó", "Nêu chỉ tiêu số lượng khác.")
            elif weight not in known:
                yield unknown(here, weight, "chỉ tiêu", list(known))
            elif aggregate_of(known[weight]) != "sum":
                yield UnplacedFault(
                    here, f"«{weight}» không cộng được nên không làm trọng số", "Nêu một chỉ tiêu số lượng."
                )
        weighed = {each["code"]: each.get("weight_by") for each in known.values()}
        for own_path, own in select(data, f"campaigns.*.own.forms.{form.get('code')}" if _has_code(form) else "-"):
            left_out = {name for _, name in names(own, "without.*")}
            for rest, weight in names(own, "without.*"):
                needing = [code for code, by in weighed.items() if by == weight and code not in left_out]
                if needing:
                    yield UnplacedFault(
                        (*own_path, *rest),
                        f"đợt này không hỏi «{weight}» nhưng hỏi «{needing[0]}», lấy bình quân theo «{weight}»",
                        "Hỏi cả hai, hoặc bỏ cả hai.",
                    )


def check_estimates(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find estimates of years that no form asks for."""
    asked = _periods(data, "forms.*.years.*") | _periods(data, "campaigns.*.own.forms.*.years.*")
    yield from _not_asked(data, (), asked)
    for path, own in select(data, "campaigns.*.own"):
        yield from _not_asked(own, path, _periods(own, "forms.*.years.*") or asked)
    for path, form in select(data, "forms.*"):
        columns = _periods(form, "years.*")
        if _has_code(form):
            columns |= _periods(data, f"campaigns.*.own.forms.{form['code']}.years.*")
        for rest, indicator in select(form, "indicators.*"):
            yield from _not_asked(indicator, (*path, *rest), columns)


def check_commending(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find indicators and a period of commendation that no form asks for."""
    codes = [code for _, code in names(data, "forms.*.indicators.*.code")]
    for path, code in names(data, "commendation.indicators.*"):
        if code not in codes:
            yield unknown(path, code, "chỉ tiêu", codes)
    asked = _periods(data, "forms.*.years.*") | _periods(data, "campaigns.*.own.forms.*.years.*")
    for path, value in select(data, "commendation.since"):
        period = read_period(value)
        if period is not None and asked and period not in asked:
            hint = f"Có cột: {say_periods(sorted(asked, key=str))}."
            yield UnplacedFault(path, f"không biểu nào hỏi số liệu {say_period(period)}", hint)


def _not_asked(here: Any, path: DataPath, asked: Collection[PeriodId]) -> Iterator[UnplacedFault]:  # noqa: ANN401 - whatever the file has
    for rest, value in select(here, "estimated_years.*"):
        period = read_period(value)
        if period is not None and asked and period not in asked:
            message = f"không biểu nào hỏi số liệu {say_period(period)}, nên không có gì là số ước"
            yield UnplacedFault((*path, *rest), message, f"Có cột: {say_periods(sorted(asked, key=str))}.")


def _periods(data: Any, pattern: str) -> set[PeriodId]:  # noqa: ANN401 - whatever the file has
    return {period for _, value in select(data, pattern) if (period := read_period(value)) is not None}


def aggregate_of(indicator: dict[str, Any]) -> object:
    """Return how an indicator's figures come to one, as the file says or leaves it."""
    return indicator.get("aggregate", "mean" if is_share(indicator.get("unit_of_measure")) else "sum")


def _has_code(part: object) -> bool:
    return isinstance(part, dict) and isinstance(part.get("code"), str)


CHECKS = (check_natures, check_weights, check_estimates, check_commending)
