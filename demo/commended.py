"""Whom the press note commends, held against what the script has officials decide."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx

from demo.evidence import Check, Evidence
from soket.plan.model import StageKind
from soket.record.commending import known_proposals
from soket.record.products import PRESS_NOTE
from soket.stages.commending import commended


def only_the_decided_are_commended(evidence: Evidence) -> Check:
    """Whom it was decided to commend is in the press note, and nobody else who was nominated is."""
    wrong = list(_misnamed(evidence))
    return Check("Chỉ người được quyết định biểu dương có trong thông cáo", not wrong, "; ".join(wrong))


def _misnamed(evidence: Evidence) -> Iterator[str]:
    """Yield what of the decisions is not as the script has it, and who is wrongly named, or left out, in the note."""
    workspace, register = evidence.workspace, evidence.register
    wanted = {each.proposals for each in evidence.scenario.officials.forms if each.act == "commendation"}
    decided = commended(workspace, register)
    for code in sorted(str(each) for each in wanted ^ {each.id for each in decided}):
        yield f"quyết định lệch kịch bản: {code}"
    others = [each for each in known_proposals(workspace, register).values() if each not in decided]
    for text in _notes(evidence) if wanted else ():
        yield from (f"thông cáo không nêu {each.name}" for each in decided if each.name not in text)
        yield from (f"thông cáo nêu {each.name}" for each in others if each.name in text)


def _notes(evidence: Evidence) -> Iterator[str]:
    """Yield what each press note says."""
    for stage in evidence.workspace.plan.stages_of(StageKind.PUBLISH):
        record = evidence.register.of(stage).record("press")
        for key in record.products if record else ():
            if key.endswith(PRESS_NOTE):
                yield "".join(docx.Document(BytesIO(evidence.workspace.store.get(key))).element.itertext())
