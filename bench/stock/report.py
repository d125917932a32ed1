"""What soket and the stock parts took, as ratios: a table of docs/performance.md, JSON and a picture beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.report import FOLDER, put

START, END = "<!-- stock: start -->", "<!-- stock: end -->"
POLL = 5.0  # seconds, of both
ALONE = 1.5  # how many times half a poll and a task's start one drop may take


@dataclass(frozen=True)
class Row:
    """One thing measured on both, each round's, and how many times less soket is to take."""

    title: str
    soket: list[float]
    stock: list[float]
    target: float | None = None

    @property
    def ratio(self) -> float:
        """How many times more the stock took: of the medians."""
        return median(self.stock) / median(self.soket)


def rows(results: dict[str, Any]) -> list[Row]:
    """Return what is compared."""
    units = results["units"]

    def row(title: str, name: str, target: float | None = None) -> Row:
        soket, stock = ([_value(each, name) for each in results[side]] for side in ("soket", "stock"))
        return Row(title, soket, stock, target)

    return [
        row(f"{units} drops: median verdict mail, s", "together.median", 20),
        row(f"{units} drops: first verdict mail, s", "together.first"),
        row(f"{units} drops: last verdict mail, s", "together.last"),
        row(f"{units} drops: CPU s", "together.cpu", 20),
        row(f"{units} drops: S3 requests", "together.requests"),
        row("idle minute: S3 requests", "idle_requests", 36),
        row("idle minute: CPU s", "idle_cpu", 4),
        row("one drop: verdict mail, s", "singles"),
    ]


def _value(found: dict[str, Any], name: str) -> float:
    value: Any = found
    for part in name.split("."):
        value = value[part]
    number: float = median(value) if isinstance(value, list) else value
    return number


def lines(results: dict[str, Any]) -> Iterator[str]:
    """Yield the table."""
    machine = results["machine"]
    yield "{date}: {cores} cores, {memory}, {system}, Python {python}; {rounds} rounds, each on fresh stacks.".format(
        date=results["date"], rounds=len(results["soket"]), **machine
    )
    yield ""
    yield "| median of the rounds (least to most) | soket | stock parts | ratio | target | |"
    yield "|---|---:|---:|---:|---:|---|"
    for row in rows(results):
        told = "" if row.target is None else _met(row.ratio >= row.target)
        target = "" if row.target is None else f"≥ {row.target:g}"
        yield f"| {row.title} | {_shown(row.soket)} | {_shown(row.stock)} | {row.ratio:.1f} | {target} | {told} |"
    for side in ("soket", "stock"):
        if missing := [each["together"] for each in results[side] if each["together"]["mails"] != results["units"]]:
            yield f"| {side}: verdict mails of {results['units']} | {missing[0]['mails']} | | | | **missed** |"
    yield ""
    singles = [second for each in results["soket"] for second in each["singles"]]
    starts = [second for each in results["stock"] for second in each["task_starts"]]
    floor = POLL / 2 + median(starts)
    times = median(singles) / floor
    armed = median(each["armed"] for each in results["stock"])
    yield (
        f"One drop on an idle stack had its mail after {median(singles):.1f} s ({_span(singles)}). Half a poll and a "
        f"task's start ({POLL / 2:g} + {median(starts):.2f} s) are {floor:.1f} s: {times:.1f} times that, of at most "
        f"{ALONE:g}, {_met(times <= ALONE)}. All of the stock's sensors waited {armed:.0f} s after its stack was up."
    )


def _met(met: bool) -> str:
    return "met" if met else "**missed**"


def _shown(values: list[float]) -> str:
    shown = _number(median(values))
    return shown if len(set(values)) == 1 else f"{shown} ({_span(values)})"


def _span(values: list[float]) -> str:
    return f"{_number(min(values))}–{_number(max(values))}"


def _number(value: float) -> str:
    return f"{value:.0f}" if isinstance(value, int) or value >= 100 else f"{value:.1f}"


def write_report(results: dict[str, Any]) -> None:
    """Put the table and the picture into the document, the figures beside them."""
    picture_of = f"![Bars of what each took; the ratios are in the table]({FOLDER.name}/stock.svg)"
    put("\n".join([*lines(results), "", picture_of]), START, END)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "stock.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (FOLDER / "stock.svg").write_text(picture(results), encoding="utf-8")


_WIDTH, _LINE, _LEFT, _LONGEST = 760, 52, 250, 360
_COLOURS = {"soket": "#0b6e4f", "stock": "#b5651d"}


def picture(results: dict[str, Any]) -> str:
    """Return a picture: of each thing compared two bars, the longer of them always as long."""
    shown = rows(results)
    height = 40 + _LINE * len(shown)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">',
        '<g font-family="sans-serif" font-size="13">',
        "<title>soket and Airflow's stock parts, side by side</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for index, (side, title) in enumerate((("soket", "soket"), ("stock", "Airflow's stock parts"))):
        x = _LEFT + 90 * index
        parts.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{_COLOURS[side]}"/>')
        parts.append(f'<text x="{x + 18}" y="23">{title}</text>')
    for index, row in enumerate(shown):
        top = 40 + _LINE * index
        most = max(median(row.soket), median(row.stock))
        parts.append(f'<text x="{_LEFT - 12}" y="{top + 19}" text-anchor="end">{row.title}</text>')
        parts.append(
            f'<text x="{_LEFT - 12}" y="{top + 36}" text-anchor="end" fill="#555555">{row.ratio:.1f} times</text>'
        )
        for place, (side, values) in enumerate((("soket", row.soket), ("stock", row.stock))):
            long, y = max(1.0, _LONGEST * median(values) / most), top + 6 + 18 * place
            parts.append(f'<rect x="{_LEFT}" y="{y}" width="{long:.1f}" height="15" fill="{_COLOURS[side]}"/>')
            parts.append(f'<text x="{_LEFT + long + 6:.1f}" y="{y + 12}">{_shown(values)}</text>')
    return "\n".join([*parts, "</g>", "</svg>", ""])
