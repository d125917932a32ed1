"""Intake: from files in the inbox to verdicts and answers, batch by batch, for as long as the campaign lasts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psutil
from airflow.sdk import DAG, Label

from soket.intake import batch
from soket.orchestration.house import House
from soket.orchestration.operation import Step
from soket.orchestration.runs import workspace_of
from soket.orchestration.triggers import DropTrigger, poll_seconds
from soket.record.workspace import Workspace
from soket.stages import collect, draft

_BEHIND = 19  # as `nice` counts: one who waits for a verdict gets the processor, and this what is left of it

DOC = """### Tiếp nhận báo cáo

Chạy liên tục trong suốt đợt: chờ tệp mới trong kho; lập biên nhận; kiểm tra an toàn, đọc, chấm cả loạt; trả lời từng
đơn vị bằng thư (tiếp nhận, hoặc trả lại kèm phiếu nêu mọi lỗi). Đến nhiều một lúc thì chấm, trả lời nơi đến
trước rồi mới đến nơi sau.

**Khi có bước màu đỏ**

- “Chờ tệp, lập biên nhận, chấm, trả lời” (`judge`): lỗi của hệ thống, không phải của đơn vị (tệp hỏng chỉ thành phiếu
  trả lại). Xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước; tệp đã nhận vẫn còn nguyên. Máy chủ thư không nhận
  thì không đỏ: thư nằm trong hộp chờ và tự được gửi lại trong vài phút.
"""


class TakeIn(Step):
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

    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401, ARG002 - Airflow's context
        """Take in what is there; the answers to each turn go out while the next is taken in."""
        notes, sent = list[str](), list[Future[None]]()
        with ThreadPoolExecutor(1) as postman:
            try:
                for turn in take_in(workspace):
                    notes.append(turn.note)
                    sent.append(postman.submit(self._deliver, workspace))
                    if not turn.more:
                        sent[-1].result()  # before it is looked who came meanwhile
            except Exception:
                postman.submit(self._deliver, workspace).result()  # what was posted before
                raise
            for each in sent:
                each.result()
        return " ".join(notes)


def take_in(workspace: Workspace) -> Iterator[batch.TurnOfIntake]:
    """Take in what is there turn by turn, and post answers; very much of it, at the lowest claim to the processor."""
    for turn in batch.turns(workspace, step_back=_step_back):
        yield turn._replace(note=f"{turn.note} {collect.answer_units(workspace)}")


def _step_back() -> None:
    """Let others go first: this process, and those in which it has files read and rules checked."""
    this = psutil.Process()
    for each in (this, *this.children(recursive=True)):
        with suppress(psutil.Error):  # ended meanwhile
            each.nice(_BEHIND)


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
