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
    round: int
    trace: Trace
    page: str  # its key


@contextmanager
def traced(
    workspace: Workspace, register: Register, stage: Stage, round_number: int, summary: Summary
) -> Iterator[dict[str, bytes]]:
    """Give where papers of a summary are put, by name, while they are made; then write beside them what they rest on.

    Nothing is written where they tell nothing of anyone.
    """
    from soket.documents.provenance import tracing
    from soket.documents.trace import trace_of
    from soket.documents.trace_page import render_trace

    papers: dict[str, bytes] = {}
    with tracing() as tracer:
        yield papers
    trace = trace_of(summary, register, tracer, papers)
    if not trace.papers:
        return
    files = {TRACE: trace.to_json(), TRACE_PAGE: render_trace(trace)}
    keys = save_products(workspace, stage.id, round_number, files)
    note = f"Nguồn gốc của mọi số liệu, câu trích: báo cáo của {len(trace.units)} đơn vị được dẫn."
    file_stage_record(workspace, stage.id, round_number, _STEP, note, products=keys)


def latest_traces(workspace: Workspace, register: Register) -> Iterator[StageTrace]:
    """Yield the trace of the latest round of each stage that has one, in the plan's order."""
    from soket.documents.trace import Trace

    for stage in workspace.plan.stages:
        entry = register.stages.get(stage.id)
        for number in range(entry.round, 0, -1) if entry else ():
            if entry and (record := entry.record(_STEP, number)):
                kept, page = record.products
                yield StageTrace(stage, number, Trace.model_validate_json(workspace.store.get(kept)), page)
                break
