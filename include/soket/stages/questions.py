"""What stages ask officials: what is asked, which answers there are, and what takes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from soket.plan.model import Stage, StageKind
from soket.plan.rights import QUESTIONS
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.register import Register
from soket.record.words import APPRAISALS, FORMATS
from soket.record.workspace import Workspace
from soket.stages.answers import Answer, QuestionText
from soket.stages.appraise import appraisal_asked, record_appraisal
from soket.stages.confer import format_asked, record_format
from soket.store.overlay import OverlayStore


@dataclass(frozen=True)
class StageQuestion:
    """A question of a kind of stage."""

    title: str
    asks: Callable[[Workspace, Stage], QuestionText]
    files: Callable[[Workspace, Stage, Answer], str]  # raises ActRefusedError
    answers: Mapping[str, str]  # label -> our word
    needs: Collection[str] = ()  # fields that no answer may leave out

    def check(self, workspace: Workspace, stage: Stage, answer: Answer) -> None:
        """Raise ActRefusedError where an answer would be refused; nothing is kept."""
        there = replace(workspace, store=OverlayStore(workspace.store, lambda: answer.at or workspace.now))
        self.files(there, stage, answer)


STAGE_QUESTIONS: Mapping[StageKind, StageQuestion] = {
    StageKind.APPRAISE: StageQuestion(
        "Thẩm định dự thảo báo cáo",
        appraisal_asked,
        record_appraisal,
        {word.label: option for option, word in APPRAISALS.items()},
    ),
    StageKind.CONFER: StageQuestion(
        "Hình thức hội nghị",
        format_asked,
        record_format,
        {word.label: option for option, word in FORMATS.items()},
        needs=("day", "place"),
    ),
}


def answered_since(register: Register, stage: Stage, since: datetime) -> Appraisal | ConferenceFormat | None:
    """Return what was decided in answer to a stage's question from a moment on."""
    found = (act for act in reversed(register.decisions) if isinstance(act, Appraisal | ConferenceFormat))
    return next((act for act in found if act.stage == stage.id and act.decided_at >= since), None)


def act_of(stage: Stage) -> str:
    """Return the act that an answer to a stage's question is."""
    return QUESTIONS[stage.kind]
