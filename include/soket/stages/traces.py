"""Keeps beside the papers of a step what they rest on, for programs and as a page; finds the latest of each stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.plan.model import Stage
from soket.record.keeping import file_stage_record
from soket.record.products import TRACE, TRACE_PAGE, save_products
from soket.record.register import Register
from soket.record.workspace import Workspace

if TYPE_CHECKING:
    from soket.documents.figures import Summary
    from soket.documents.trace import Trace

_STEP = "traced"


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


def trace_files(trace: Trace) -> dict[str, bytes]:
    """Return what papers rest on as it lies beside them, for programs and as a page; nothing of what tells nothing."""
    from soket.documents.trace_page import render_trace

    return {TRACE: trace.to_json(), TRACE_PAGE: render_trace(trace)} if trace.papers else {}


@contextmanager
def traced(
    workspace: Workspace, register: Register, stage: Stage, round_number: int, summary: Summary
) -> Iterator[dict[str, bytes]]:
    """Give where papers of a summary are put, by name, while they are made; then write beside them what they rest on.

    Nothing is written where they tell nothing of anyone.
    """
    from soket.documents.provenance import tracing
    from soket.documents.trace import trace_of

    papers: dict[str, bytes] = {}
    with tracing() as tracer:
        yield papers
    trace = trace_of(summary, register, tracer, papers)
    files = trace_files(trace)
    if not files:
        return
    keys = save_products(workspace, stage.id, round_number, files)
    note = f"Nguồn gốc của mọi số liệu, câu trích: báo cáo của {len(trace.units)} đơn vị được dẫn."
    file_stage_record(workspace, stage.id, round_number, _STEP, note, products=keys)


def latest_traces(workspace: Workspace, register: Register) -> Iterator[StageTrace]:
    """Yield the trace of the latest round of each stage that has one, else of its latest provisional draft."""
    from soket.documents.trace import Trace

    for stage in workspace.plan.stages:
        entry = register.stages.get(stage.id)
        rounds = [entry.record(_STEP, number) for number in range(entry.round, 0, -1)] if entry else []
        record = next((each for each in (*rounds, *reversed(entry.provisional if entry else ())) if each), None)
        kept = {key.rpartition("/")[2]: key for key in record.products} if record else {}
        if record and TRACE in kept:
            trace = Trace.model_validate_json(workspace.store.get(kept[TRACE]))
            yield StageTrace(stage, record.round, trace, kept[TRACE_PAGE])
