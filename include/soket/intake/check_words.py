"""What the runs of the plan's rules found, in words: what is one thing stands in one line, and figures have names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from soket.intake.check_runs import BrokenAt, CheckResult, CheckRun
from soket.intake.validation import Check
from soket.plan.model import Severity
from soket.plan.periods import PeriodId, say_periods
from soket.plan.words import SEVERITIES
from soket.text import format_moment, format_number


@dataclass(frozen=True)
class Found:
    """What breaks one rule, or one that a form has for many indicators, in one run."""

    title: str
    looked_at: int
    broken: int
    shown: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RuleLine:
    """One rule over all runs, with how often it was looked at and broken."""

    code: str
    about: str
    severity: str
    looked_at: int
    broken: int


def say_made(run: CheckRun) -> str:
    """Return by whom a run was made and when it was asked again; "" of one by Great Expectations at once."""
    by_arithmetic = "Lúc chấm, Great Expectations không chạy được; quy tắc được kiểm bằng phép tính thường"
    if run.by == "arithmetic":
        return f"{by_arithmetic}, chờ Great Expectations kiểm lại."
    if run.again is None:
        return ""
    asked = f"{by_arithmetic}. Great Expectations kiểm lại lúc {format_moment(run.again.at)}"
    if not run.again.unlike:
        return f"{asked}, kết quả như nhau."
    codes = {result.check.name: result.check.code for result in run.results}
    unlike = dict.fromkeys(codes.get(name, name) for name in run.again.unlike)
    return f"{asked}, thấy khác ở {', '.join(unlike)}; kết quả dưới đây là của lần kiểm lại, kết luận đã gửi không đổi."


def found_in(run: CheckRun, units: Mapping[str, str]) -> list[Found]:
    """Return what breaks the rules of a run."""
    grouped: defaultdict[tuple[str, str, str], list[CheckResult]] = defaultdict(list)
    for result in run.results:
        if result.broken:
            grouped[result.check.code, result.check.severity, _expected(result.check)].append(result)
    return [_found(results, expected, units) for (_, _, expected), results in grouped.items()]


def _found(results: Sequence[CheckResult], expected: str, units: Mapping[str, str]) -> Found:
    check = results[0].check
    about = check.about if len(results) == 1 else expected
    alike: defaultdict[tuple[str, int, tuple[PeriodId, ...], str], list[str]] = defaultdict(list)
    for result in results:
        for unit, number, years, said in _by_figures(result):
            alike[unit, number, years, said].append(_indicator(result.check))
    return Found(
        title=f"{check.code} ({SEVERITIES[Severity(check.severity)].phrase}): {about}",
        looked_at=sum(result.looked_at for result in results),
        broken=sum(result.broken for result in results),
        shown=sum(len(result.places) for result in results),
        lines=tuple(
            f"{units.get(unit, unit)}, lần {number}, {say_years(years)}: {said}"
            + (f" ({', '.join(indicators)})" if len(results) > 1 else "")
            for (unit, number, years, said), indicators in alike.items()
        ),
    )


def _by_figures(result: CheckResult) -> list[tuple[str, int, tuple[PeriodId, ...], str]]:
    """Return the places of a result, those of one submission with the same figures together."""
    years: defaultdict[tuple[str, int, str], list[PeriodId]] = defaultdict(list)
    for place in result.places:
        years[place.unit, place.number, say_figures(result.check, place)].append(place.year)
    return [(unit, number, tuple(each), said) for (unit, number, said), each in years.items()]


def say_figures(check: Check, place: BrokenAt) -> str:
    """Return the figures that break a rule, each with what it is."""
    values = ["trống" if value is None else format_number(value) for value in place.values]
    if len(values) == 1:
        return values[0]
    return "; ".join(f"{name} {value}" for name, value in zip(_names(check), values, strict=True))


def say_column(check: Check) -> str:
    """Return what the one column of a check holds: its indicator's code and, where the rule tells it, its name."""
    name = check.about.partition("«")[2].partition("»")[0]
    code = check.columns[0].split("/")[1]
    return f"{code} «{name}»" if name else code


def _names(check: Check) -> list[str]:
    """Return what the figures of a check are: those of indicators have the indicators' codes."""
    match check.expects:
        case "ratio":
            return ["ghi", "năm trước"]
        case "restated":
            return ["ghi", "đợt trước"]
        case "spread":
            return ["ghi", "mức dưới của khối", "mức trên của khối"]
    return [column.rpartition("/")[2] for column in check.columns]


def say_years(years: Sequence[PeriodId]) -> str:
    """Return years, or parts of them, in words."""
    if all(isinstance(year, int) for year in years):
        return f"năm {', '.join(map(str, years))}"
    return say_periods(list(years))


def rules_in(runs: Iterable[CheckRun]) -> list[RuleLine]:
    """Return each rule, those that a form has for many indicators as one, over all runs; the most broken first."""
    looked, broken = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    abouts: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for run in runs:
        for result in run.results:
            rule = result.check.code, _expected(result.check), SEVERITIES[Severity(result.check.severity)].phrase
            abouts[rule].add(result.check.about)
            looked[rule] += result.looked_at
            broken[rule] += result.broken
    lines = [
        RuleLine(
            code, _about(expected, abouts[code, expected, severity]), severity, looked[code, expected, severity], count
        )
        for (code, expected, severity), count in broken.items()
    ]
    return sorted(lines, key=lambda line: (-line.broken, line.code, line.about))


def _about(expected: str, abouts: Collection[str]) -> str:
    """Return what one rule is about or, of many indicators', what it expects of how many."""
    return next(iter(abouts)) if len(abouts) == 1 else f"{expected} ({len(abouts)} chỉ tiêu)"


def _indicator(check: Check) -> str:
    """Return the indicator that a check is of: it is named by form, indicator and code."""
    return check.name.split("/")[1] if check.name.count("/") == 2 else check.name


def _expected(check: Check) -> str:
    """Return what a rule expects, without the indicator that it is of."""
    return check.about.partition("» ")[2] or check.about
