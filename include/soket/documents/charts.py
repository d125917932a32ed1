"""Charts of a summary, as PNG files with Vietnamese labels."""

from __future__ import annotations

import io
import math
import textwrap
from typing import TYPE_CHECKING

from soket.documents.figures import FormSummary, Summary
from soket.plan.periods import label_of
from soket.record.tally import Progress
from soket.record.words import PROGRESS
from soket.text import format_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# In print most copies are grey: the colours differ in darkness too.
_BAR, _TARGET = "#3b6ea5", "#b03a2e"
_STANDINGS = (
    (Progress.ON_TIME, "#2e6b4f", "in_time"),
    (Progress.LATE, "#d9a441", "late"),
    (Progress.NIL, "#7a8f85", "nil"),
    (Progress.RETURNED, "#b03a2e", "returned"),
    (Progress.PENDING, "#8fb0cf", "pending"),
    (Progress.SILENT, "#d5d5d5", "silent"),
)
_PER_ROW, _MOST = 2, 6
_TITLE, _LABEL = 48, 30  # letters a line


def totals_chart(form: FormSummary) -> bytes:
    """Return small bar charts of a form's totals by year; empty where nothing adds up."""
    items = [item for item in form.indicators if item.latest is not None][:_MOST]
    if not items:
        return b""
    rows = math.ceil(len(items) / _PER_ROW)
    figure = _figure(8, 2.5 * rows)
    for position, item in enumerate(items, 1):
        axes = figure.add_subplot(rows, _PER_ROW, position)
        totals = [year.total or 0 for year in item.years]
        bars = axes.bar([str(label_of(year.year)) for year in item.years], totals, color=_BAR, width=0.6)
        labels = ["" if year.total is None else format_number(year.total) for year in item.years]
        axes.bar_label(bars, labels=labels, fontsize=8, padding=2)
        target = item.indicator.target
        if target is not None and target.value <= 3 * max(totals):  # a far target would flatten the bars
            axes.axhline(target.value, color=_TARGET, linestyle="--", linewidth=1)
            axes.text(
                0.01,
                target.value,
                f"Mục tiêu {label_of(target.year)}: {format_number(target.value)}",
                transform=axes.get_yaxis_transform(),
                color=_TARGET,
                fontsize=8,
                va="bottom",
            )
        title = f"{item.indicator.code}. {item.indicator.name} ({item.indicator.unit_of_measure})"
        axes.set_title(textwrap.fill(title, _TITLE), fontsize=9)
        axes.set_ylim(0, axes.get_ylim()[1] * 1.15)
        axes.set_yticks([])
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right", "left"]].set_visible(False)
    return _png(figure)


def standing_chart(summary: Summary) -> bytes:
    """Return one bar a block, cut by where its units stand; empty where nobody owes anything."""
    blocks = [each for each in summary.blocks if each.block is not None]
    if not blocks:
        return b""
    figure = _figure(8, 1.1 + 0.5 * len(blocks))
    axes = figure.add_subplot()
    labels = [textwrap.fill(each.block.name, _LABEL) for each in blocks if each.block is not None]
    left = [0] * len(blocks)
    for progress, colour, field in _STANDINGS:
        counts = [getattr(each, field) for each in blocks]
        bars = axes.barh(labels, counts, left=left, color=colour, label=PROGRESS[progress].label, edgecolor="white")
        axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], label_type="center", fontsize=8)
        left = [done + count for done, count in zip(left, counts, strict=True)]
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.tick_params(labelsize=9)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=len(_STANDINGS), fontsize=8, frameon=False)
    return _png(figure)


def _figure(width: float, height: float) -> Figure:
    # Not pyplot: it keeps figures in a global, and tasks run in threads.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150, metadata={"Software": None})
    return buffer.getvalue()
