"""Examples of mail of words between an office and a unit, of what is not judged, and of mail that lets a unit in."""

from __future__ import annotations

from datetime import timedelta

from soket.notices import compose
from soket.notices.examples.scene import register_of, workspace_at
from soket.notices.notice import Notice
from soket.plan.model import Plan, StageKind
from soket.record.decisions import OfficialMessage, RequestRefusal
from soket.record.handover import HOLDS
from soket.record.link_asks import LinkAsk
from soket.record.messages import message_of
from soket.record.one_time_codes import CodeAsk
from soket.record.requests import ExtensionRequest
from soket.record.workspace import Workspace

_PAGE = "https://nop.tinh.example/ke-hoach/dot/don-vi"


def message(plan: Plan, how: str) -> tuple[Workspace, Notice]:
    """Return what a plan's first unit is asked or refused, or what it says."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-2)
    unit, now, lead = plan.units[0].code, workspace.now, plan.office(plan.roles.lead).contact.name
    form = plan.form_of(plan.units[0])
    register = register_of(workspace)
    grounds = {"decided_at": now, "account": "", "granted_by": lead, "unit": unit}
    if how == "asked":
        words = f"Số ở {'ô' if form else 'mục'} này lấy từ nguồn nào?\nNếu là số ước thì ghi rõ."
        asked = OfficialMessage.model_validate(
            {
                **grounds,
                "id": "message-1",
                "reason": words,
                "manner": "asks",
                "number": 1,
                "about": "Biểu số liệu, ô I5" if form else f"mục {plan.outline[0].number}",
            }
        )
        register = register.model_copy(update={"decisions": (asked,)})
    elif how == "refused":
        request = ExtensionRequest(
            id="1", unit=unit, at=now, last_day=workspace.campaign.closes, reason="Thiếu người", person="Văn thư"
        )
        refusal = RequestRefusal.model_validate({**grounds, "id": "refusal-1", "reason": "Đã lùi hạn chung một lần."})
        register = register.model_copy(update={"decisions": (refusal,), "requests": (request,)})
    else:
        words = f"{'Biểu' if form else 'Báo cáo'} có tính cả nơi mới sáp nhập không?"
        said = message_of(unit, words, at=now, source="1", asks=True, person="Văn thư", number=1)
        register = register.model_copy(update={"messages": (said,)})
    return workspace, compose.message_notices(workspace, register)[0]


def access(plan: Plan, name: str) -> tuple[Workspace, Notice]:
    """Return what a plan's first unit gets to come in: its page's link or code, or the link that shows a key."""
    workspace, unit = workspace_at(plan, StageKind.COLLECT, days=-2), plan.units[0]
    if name == "access-key":
        return workspace, compose.key_notice(unit, "0" * 32, f"{_PAGE}/khoa/{'A' * 43}", workspace.now + HOLDS)
    if name == "code":
        asked = CodeAsk(unit=unit.code, id=f"{workspace.now:%Y%m%d%H}-1", browser="0" * 64, mark="0" * 32)
        return workspace, compose.code_notice(unit, asked)
    ask = LinkAsk(unit=unit.code, hour=f"{workspace.now:%Y%m%d%H}", number=1)
    return workspace, compose.link_notice(unit, ask, f"{_PAGE}/vao/vi-du")


def locked(plan: Plan) -> tuple[Workspace, Notice]:
    """Return what a unit hears that sent something after its plan's lock."""
    locking = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})})
    workspace = workspace_at(locking, StageKind.COLLECT, days=2)
    register = register_of(workspace, sent_at=workspace.now)
    return workspace, compose.verdict_notices(workspace, register)[0]


def withdrawn(plan: Plan) -> tuple[Workspace, Notice]:
    """Return what a unit hears of what it took back."""
    workspace = workspace_at(plan, StageKind.COLLECT, days=-2)
    register = register_of(workspace, sent_at=workspace.now - timedelta(minutes=12), taken_back=True)
    return workspace, compose.verdict_notices(workspace, register)[0]
