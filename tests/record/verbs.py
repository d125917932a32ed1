"""The verbs of kinds, each said of one stage of the plan of Resolution 06."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

from soket.record.workspace import Workspace
from soket.stages import appraise, collect, confer, draft, publish


class Of:
    """A kind's verbs, of one stage."""

    def __init__(self, module: ModuleType, stage: str) -> None:
        self.module = module
        self.stage = stage

    def __getattr__(self, name: str) -> Callable[..., Any]:
        verb = getattr(self.module, name)
        if isinstance(verb, type):
            return verb

        @wraps(verb)
        def said(workspace: Workspace, *given: Any, **more: Any) -> Any:
            return verb(workspace, workspace.plan.stage(self.stage), *given, **more)

        return said


unit_reports = Of(collect, "unit_reports")
ubnd_draft = Of(draft, "ubnd_draft")
vptu_appraisal = Of(appraise, "vptu_appraisal")
conference = Of(confer, "conference")
communications = Of(publish, "communications")
