"""A conference: its format, its papers, its invitations."""

from __future__ import annotations

from datetime import time

from airflow.sdk import DAG, Label, Param, task

from soket.orchestration.approvals import AskAgain, Question, fork
from soket.orchestration.house import House
from soket.orchestration.runs import workspace_of
from soket.plan.model import Stage
from soket.record.decisions import ConferenceFormat
from soket.record.words import FORMATS
from soket.stages import confer
from soket.stages.act_blanks import REASON

OPTIONS: dict[str, str] = {word.label: option for option, word in FORMATS.items()}


def build(house: House, stage: Stage) -> DAG:
    """Return the DAG of a stage that calls a conference."""
    plan = house.plan
    plan_id = plan.id
    organiser = plan.office(stage.owner)
    told = plan.conference
    dag = house.stage_dag(
        stage,
        f"{organiser.name} chọn hình thức (trực tiếp, trực tuyến, hoãn đến ngày khác); lập chương trình, giấy "
        "mời, danh sách đại biểu, tài liệu, tờ trình biểu dương; kiểm tra đủ điều kiện; gửi giấy mời kèm "
        "lịch hẹn.",
        "- Câu trả lời chưa đủ (ngày không đúng dạng, đã qua; thiếu giờ, chủ trì, địa điểm, giờ thử đường truyền) "
        "thì không bước nào đỏ: câu hỏi được đặt lại, nêu rõ vì sao.\n"
        "- “Kiểm tra đủ điều kiện” (`check_readiness`): nêu rõ còn thiếu gì; bổ sung rồi **Làm lại**.",
    )
    with dag:
        opened = house.step(
            "open_round",
            "Nhận báo cáo đã thẩm định",
            confer.open_round,
            stage=stage,
            doc="Báo cáo chưa qua thẩm định thì dừng; qua rồi sẽ chạy tiếp. Lập tờ trình biểu dương.",
        )

        @task.branch(
            task_id="recorded",
            task_display_name="Ghi được chưa?",
            doc_md="Theo hình thức đã ghi trong hồ sơ.",
        )
        def recorded(**context: object) -> str:
            """Go on with the format on the record, and nothing else."""
            return "prepare_papers" if _chosen(plan_id, stage.id, context) else AskAgain.TASK_ID

        choose = Question(
            task_id="choose_format",
            task_display_name="Chọn hình thức hội nghị",
            doc_md=f"Chờ {organiser.name} trả lời trên giao diện (Việc chờ trả lời); lưu hình thức, ngày, địa điểm. "
            "Hồ sơ đã có thì không hỏi lại.",
            plan=plan_id,
            stage=stage.id,
            offices=plan.offices_of("conference_format", stage),
            subject="Hình thức hội nghị",
            decided=confer.format_on_record,
            asks=confer.format_question,
            files=confer.record_format,
            answers=OPTIONS,
            params={
                "day": Param("", type="string", title="Ngày họp (nếu hoãn: ngày họp mới), dạng NGÀY/THÁNG/NĂM"),
                "starts": Param(
                    _hour(told.starts), type="string", title="Giờ khai mạc, dạng GIỜ:PHÚT (bắt buộc, trừ khi hoãn)"
                ),
                "place": Param("", type="string", title="Địa điểm; họp trực tuyến: nơi đặt điểm cầu chính"),
                "chair": Param(told.chair or "", type="string", title="Chủ trì hội nghị (bắt buộc, trừ khi hoãn)"),
                "line_test": Param(
                    _hour(told.line_test),
                    type="string",
                    title="Giờ thử đường truyền, ngày làm việc liền trước, dạng GIỜ:PHÚT (bắt buộc khi họp trực tuyến)",
                ),
                "reply_by": Param(
                    "",
                    type="string",
                    title="Hạn báo người dự, dạng NGÀY/THÁNG/NĂM (bỏ trống: "
                    f"{told.reply_days:02} ngày làm việc trước ngày họp)",
                ),
                "reason": Param(None, type=["null", "string"], maxLength=REASON.longest, title=REASON.title),
                "document_number": Param(None, type=["null", "string"], title="Số văn bản (nếu có)"),
            },
        )
        filed = fork(recorded())
        again = AskAgain(
            plan=plan_id,
            stage=stage.id,
            act="conference_format",
        )
        papers = house.step(
            "prepare_papers",
            "Lập tài liệu hội nghị",
            confer.prepare_papers,
            stage=stage,
            doc="Kế hoạch tổ chức, giấy mời, phiếu đăng ký, chương trình, kịch bản, báo cáo tóm tắt, gợi ý thảo luận, "
            "khung phát biểu, khung thông báo kết luận, danh sách đại biểu, chỗ ngồi hoặc điểm cầu; tờ trình.",
        )
        ready = house.step(
            "check_readiness",
            "Kiểm tra đủ điều kiện",
            confer.check_readiness,
            stage=stage,
            doc="Báo cáo đã thẩm định; đủ tài liệu, giờ, địa điểm, chủ trì, giờ thử đường truyền; ngày họp chưa qua.",
        )
        invitations = house.step(
            "send_invitations",
            "Gửi giấy mời",
            confer.send_invitations,
            stage=stage,
            doc="Mỗi nơi một thư kèm giấy mời, chương trình, phiếu đăng ký, lịch hẹn; nơi thôi mời: thư rút lại.",
            mails=True,
            outlets=house.outlets(stage),
        )
        opened >> choose >> filed
        filed >> Label("chưa đủ") >> again
        filed >> Label("rồi") >> papers >> ready >> Label("đủ") >> invitations
    return dag


def _hour(hour: time | None) -> str:
    return f"{hour:%H:%M}" if hour else ""


def _chosen(plan: str, stage: str, context: object) -> ConferenceFormat | None:
    workspace = workspace_of(plan, context)
    return confer.format_on_record(workspace, workspace.plan.stage(stage))
