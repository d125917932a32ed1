"""Intake: from files in the inbox to verdicts and answers, batch by batch, for as long as the campaign lasts."""

from __future__ import annotations

import os
from typing import Any

from airflow.sdk import DAG, Label

from soket.intake import batch
from soket.orchestration.house import House
from soket.orchestration.operation import Operation
from soket.orchestration.runs import workspace_of
from soket.orchestration.triggers import DropTrigger, poll_seconds
from soket.record.workspace import Workspace
from soket.stages import collect, draft
from soket.store.store import StoredObject

_TURNS = 20  # of one run, so that what follows it has its turn, too
_BEHIND = 10  # as `nice` counts: one who waits for a verdict gets the processor, and so does what is idle

DOC = """### Tiếp nhận báo cáo

Chạy liên tục trong suốt đợt: chờ tệp mới trong kho; lập biên nhận; kiểm tra an toàn, đọc, chấm cả loạt một lần; trả lời
từng đơn vị bằng thư (tiếp nhận, hoặc trả lại kèm phiếu nêu mọi lỗi).

**Khi có bước màu đỏ**

- “Chờ tệp, lập biên nhận, chấm, trả lời” (`judge`): lỗi của hệ thống, không phải của đơn vị (tệp hỏng chỉ thành phiếu
  trả lại). Xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước; tệp đã nhận vẫn còn nguyên. Máy chủ thư không nhận
  thì không đỏ: thư nằm trong hộp chờ và tự được gửi lại trong vài phút.
"""


class TakeIn(Operation):
    """Waits, deferred, for a drop or mail to send again; takes in and answers what is there, then what came meanwhile.

    All of it is one step: who waits for an answer waits for one start of a task, and not for the scheduler's turn to
    look at this run; who drops while another batch is judged waits for no run to begin.
    """

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Wait in the triggerer: one LIST a poll for all units."""
        campaign = workspace_of(self.plan, context).campaign.code
        self.defer(trigger=DropTrigger(self.plan, campaign, poll_seconds()), method_name="execute_complete")

    def execute_complete(self, context: Any, event: str) -> str:  # noqa: ANN401 - Airflow's context
        """Say what was found, and take it in."""
        self.log.info("%s", event)
        return super().execute(context)

    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Take in what is there until a look at the inbox shows nothing new."""
        notes: list[str] = []
        seen: frozenset[StoredObject] = frozenset()
        for _ in range(_TURNS):
            listed = frozenset(workspace.store.list(workspace.keys.inbox))
            if notes and listed <= seen:
                break
            seen = listed
            try:
                notes.append(super().call(workspace, context))
            finally:
                self._deliver(workspace)
        return " ".join(notes)


def take_in(workspace: Workspace) -> str:
    """Take in what is there, and answer it; very much of it, at the lowest claim to the processor."""
    taken = batch.process(workspace, step_back=_step_back)
    return f"{taken} {collect.answer_units(workspace)}"


def _step_back() -> None:
    os.nice(_BEHIND)


def build(house: House) -> DAG:
    """Return the intake DAG of a plan."""
    dag = house.dag("intake", "Tiếp nhận báo cáo", DOC, schedule=house.while_open(), awaited=True)
    with dag:
        judge = TakeIn(
            task_id="judge",
            task_display_name="Chờ tệp, lập biên nhận, chấm, trả lời",
            doc_md="Màu tím: đang chờ; một lần liệt kê kho cho mọi đơn vị, thư trong hộp chờ mà đến lúc gửi lại thì "
            "cũng đi tiếp. Có tệp mới: biên nhận, kiểm tra an toàn, đọc, đối chiếu quy tắc cho cả loạt; lưu "
            "kết luận của từng đơn vị, mỗi kết luận một thư: tiếp nhận, chuyển cán bộ xem, trả lại kèm phiếu. "
            "Lúc chấm có tệp mới thì chấm tiếp.",
            plan=house.plan.id,
            operation=take_in,
        )
        if drafts := house.drafts_on_reports():
            amended = house.step(
                "announce_amendments",
                "Báo có báo cáo tiếp nhận sau bản tổng hợp",
                draft.announce_amendments,
                doc="Khi có báo cáo được nhận sau lúc dự thảo đã tổng hợp: đánh dấu dự thảo cần làm lại.",
                outlets=[*map(house.redo, drafts)],
            )
            judge >> Label("nếu dự thảo đã tổng hợp") >> amended
    return dag
