"""Keeps beside the papers of a step what they rest on, for programs and as a page; finds the latest of each stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.plan.model import Stage
from soket.record.filing import file_again
from soket.record.products import SHORT_TRACE, SHORT_TRACE_PAGE, TRACE, TRACE_PAGE, save_products
from soket.record.register import Register
from soket.record.words import PRODUCTS
from soket.record.workspace import Workspace
from soket.text import format_date

if TYPE_CHECKING:
    from soket.documents.figures import Summary
    from soket.documents.provenance import ToldPassage
    from soket.documents.trace import Trace

_STEP, _SHORT_STEP = "traced", "traced-short"
_FILES = {_STEP: (TRACE, TRACE_PAGE), _SHORT_STEP: (SHORT_TRACE, SHORT_TRACE_PAGE)}


@dataclass(frozen=True)
class StageTrace:
    """What the papers of a stage's round rest on."""

    stage: Stage
    round: int  # 0: of a provisional draft
    trace: Trace
    page: str  # its key

    @property
    def folder(self) -> str:
        """The prefix that its papers lie under."""
        return f"{self.page.rpartition('/')[0]}/"


def trace_files(trace: Trace, *, short: bool = False) -> dict[str, bytes]:
    """Return what papers rest on as it lies beside them, for programs and as a page; nothing of what tells nothing."""
    from soket.documents.trace_page import render_trace

    kept, page = _FILES[_SHORT_STEP if short else _STEP]
    return {kept: trace.to_json(), page: render_trace(trace)} if trace.papers else {}


@contextmanager
def traced(
    workspace: Workspace, register: Register, stage: Stage, round_number: int, summary: Summary, *, short: bool = False
) -> Iterator[dict[str, bytes]]:
    """Give where papers of a summary are put, by name, while they are made; then write beside them what they rest on.

    Nothing is written where they tell nothing of anyone. What is `short` of a report rests on what that rests on, and
    has a trace apart from papers on what has come since.
    """
    from soket.documents.provenance import tracing
    from soket.documents.trace import trace_of

    papers: dict[str, bytes] = {}
    with tracing() as tracer:
        yield papers
    trace = trace_of(summary, register, tracer, papers)
    files = trace_files(trace, short=short)
    if not files:
        return
    keys = save_products(workspace, stage.id, round_number, files)
    told = "; ".join(PRODUCTS[paper.name].phrase for paper in trace.papers)
    day = format_date(trace.as_of.date())
    note = (
        f"Nguồn gốc của mọi số liệu, câu trích trong {told}, đến ngày {day}: dẫn báo cáo của {len(trace.units)} đơn vị."
    )
    step = _SHORT_STEP if short else _STEP
    file_again(workspace, register, stage.id, round_number, step, note, products=keys)


def passages_told(workspace: Workspace, register: Register, stage: Stage, round_number: int) -> tuple[ToldPassage, ...]:
    """Return what the papers of a round told of others; nothing where they have no trace."""
    from soket.documents.trace import Trace

    record = register.of(stage).record(_STEP, round_number)
    key = next((each for each in record.products if each.endswith(f"/{TRACE}")), None) if record else None
    if key is None:
        return ()
    trace = Trace.model_validate_json(workspace.store.get(key))
    return tuple(passage for paper in trace.papers for passage in paper.passages)


def latest_traces(workspace: Workspace, register: Register) -> Iterator[StageTrace]:
    """Yield the traces of the latest round of each stage that has one, else of its latest provisional draft."""
    from soket.documents.trace import Trace

    for stage in workspace.plan.stages:
        entry = register.stages.get(stage.id)
        if entry is None:
            continue
        for step, (name, page) in _FILES.items():
            rounds = [entry.record(step, number) for number in range(entry.round, 0, -1)]
            provisional = reversed(entry.provisional) if step == _STEP else ()
            record = next((each for each in (*rounds, *provisional) if each), None)
            kept = {key.rpartition("/")[2]: key for key in record.products} if record else {}
            if record and name in kept:
                trace = Trace.model_validate_json(workspace.store.get(kept[name]))
                yield StageTrace(stage, record.round, trace, kept[page])
