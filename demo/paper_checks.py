"""Whether the papers of a played campaign can be followed back to what the units sent."""

from __future__ import annotations

from demo.evidence import Check, Evidence
from soket.documents.trace_check import check_traces
from soket.plan.model import StageKind
from soket.stages.traces import latest_traces


def papers_trace(evidence: Evidence) -> Check:
    """Each draft has its sources beside it, and every file, figure and quote in them is in the bucket as it was."""
    workspace = evidence.workspace
    kept = list(latest_traces(workspace, evidence.register))
    places = ((workspace.keys.stage(each.stage.id, each.round), each.trace) for each in kept)
    found = check_traces(workspace.store, evidence.register, places)
    traced = {each.stage.id for each in kept}
    wrong = [
        f"{stage.title}: không có nguồn gốc"
        for stage in workspace.plan.stages_of(StageKind.DRAFT)
        if workspace.plan.draft_of(stage) is None and stage.id not in traced
    ]
    wrong += found.wrong
    told = f"{found.files} tệp, {found.figures} số, {found.quotes} câu trích"
    return Check("Số liệu, câu trích của các văn bản tra được về hồ sơ", not wrong, "; ".join(wrong[:5]) or told)
