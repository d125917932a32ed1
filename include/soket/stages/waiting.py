"""Waiting for what the stages before deliver, in words."""

from __future__ import annotations

from dataclasses import dataclass

from soket.plan.model import Stage, StageKind
from soket.record.inputs import awaited
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.text import upper_first


@dataclass(frozen=True)
class Delivered:
    """What a stage of a kind delivers, in words."""

    lacking: str
    comes: str
    there: str
    ended: str  # of a round


DELIVERIES = {
    StageKind.COLLECT: Delivered(
        "chưa khép lại việc nhận báo cáo", "khép lại", there="đã khép lại việc nhận báo cáo", ended="khép lại"
    ),
    StageKind.DRAFT: Delivered(
        "chưa có dự thảo chính thức", "dự thảo đến", there="đã có dự thảo chính thức", ended="đã có bản chính thức"
    ),
    StageKind.APPRAISE: Delivered(
        "báo cáo chưa qua thẩm định", "thẩm định xong", there="báo cáo đã qua thẩm định", ended="đã thẩm định xong"
    ),
    StageKind.CONFER: Delivered("chưa gửi giấy mời hội nghị", "gửi", there="đã gửi giấy mời hội nghị", ended="đã họp"),
    StageKind.PUBLISH: Delivered(
        "chưa gửi tài liệu báo chí", "gửi", there="đã gửi tài liệu báo chí", ended="đã gửi tài liệu báo chí"
    ),
}


def wait_for_what_it_follows(workspace: Workspace, register: Register, stage: Stage) -> None:
    """Raise NothingToDoError where a stage that this one follows has not delivered yet; its delivery wakes this one."""
    for before in awaited(workspace.plan, register, stage):
        words = DELIVERIES[before.kind]
        raise NothingToDoError(f"{upper_first(words.lacking)}; khi {words.comes}, bước này tự chạy.")


def say_what_is_there(workspace: Workspace, stage: Stage) -> str:
    """Return what a stage goes on from, in a sentence."""
    words = [DELIVERIES[workspace.plan.stage(code).kind].there for code in stage.after]
    return f"{upper_first(', '.join(dict.fromkeys(words)))}." if words else "Đã đến ngày mở giai đoạn."
