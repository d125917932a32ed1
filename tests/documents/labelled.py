"""Drafts in prose whose every figure is labelled, and the figures that they are held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from soket.documents.figures import FormSummary, Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.year_figures import UnitValue, YearFigure
from soket.plan.model import Plan

from .builders import NOW, make_plan, nq06

DRAFTS = Path(__file__).parent / "drafts"
_LABELLED = re.compile(r"\{([^|}]*)\|([^|}]*)\|([^|}]*)\|([^|}]*)\|([^|}]*)\|([^|}]*)\}")


@dataclass(frozen=True)
class Label:
    """A figure as it is written, where, and what is right about it."""

    text: str
    paragraph: int
    start: int
    code: str
    verdict: str  # ok, bad, or na: not of the reports


def read(name: str) -> tuple[tuple[str, ...], list[Label]]:
    """Return a draft's paragraphs and its labels."""
    paragraphs: list[str] = []
    labels: list[Label] = []
    lines = (DRAFTS / f"draft_{name}.txt").read_text(encoding="utf-8").splitlines()
    for line in (each for each in lines if each and not each.startswith("#")):
        plain, last = "", 0
        for match in _LABELLED.finditer(line):
            plain += line[last : match.start()]
            labels.append(Label(match[1], len(paragraphs), len(plain), match[2], match[6]))
            plain += match[1]
            last = match.end()
        paragraphs.append(plain + line[last:])
    return tuple(paragraphs), labels


@cache
def world(name: str) -> tuple[Plan, Summary]:
    """Return the plan of a draft (the one in use, unless it has indicators of its own) and what its units reported."""
    data: dict[str, Any] = yaml.safe_load((DRAFTS / f"{name}.yaml").read_text(encoding="utf-8"))
    plan = _plan(data) if "indicators" in data else nq06()
    return plan, summary_of(plan, data["figures"], data.get("weights", {}))


def _plan(data: dict[str, Any]) -> Plan:
    fields = make_plan().model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    form = fields["forms"][0]
    fields["forms"] = [{**form, "years": data["years"], "indicators": data["indicators"]}]
    unit = fields["units"][0]
    fields["units"] = [{**unit, "code": code, **each} for code, each in data["units"].items()]
    fields["not_ours"] = data.get("not_ours", [])
    fields["place"] = data.get("place", "Nam Sơn")
    return Plan.model_validate(fields)


def summary_of(
    plan: Plan, figures: dict[str, dict[str, list[float]]], weights: dict[str, str] | None = None
) -> Summary:
    """Return a summary of figures: by unit, by indicator, in the order of the form's times; means weighed by others."""
    forms = tuple(
        FormSummary(
            form, (), tuple(_indicator(plan, figures, each, form.years, weights or {}) for each in form.indicators)
        )
        for form in plan.forms
    )
    return Summary(plan, plan.campaigns[0], NOW, (), (), forms, (), {}, {})


def _indicator(
    plan: Plan, figures: dict[str, dict[str, list[float]]], indicator: Any, years: Any, weights: dict[str, str]
) -> IndicatorSummary:
    found = []
    for index, year in enumerate(years):
        values = tuple(
            UnitValue(plan.unit(unit), each[indicator.code][index], 1, "so-lieu.xlsx", "C5")
            for unit, each in figures.items()
            if indicator.code in each
        )
        total = round(sum(each.value for each in values), 6)
        if weigh := weights.get(indicator.code):
            by = {each.unit.code: figures[each.unit.code][weigh][index] for each in values}
            total = sum(each.value * by[each.unit.code] for each in values) / sum(by.values()) * len(values)
        among = max(len(values), 1) if indicator.aggregate == "mean" else 1
        found.append(YearFigure(year, total / among, values, ()))
    return IndicatorSummary(indicator, tuple(found))


def placed(labels: list[Label], paragraph: int) -> Iterator[Label]:
    """Yield the labels of a paragraph."""
    yield from (each for each in labels if each.paragraph == paragraph)
