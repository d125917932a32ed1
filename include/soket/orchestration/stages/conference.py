"""The review conference: its format, its papers, its invitations."""

from __future__ import annotations

from airflow.sdk import DAG, Label, Param, task

from soket.orchestration.approvals import AskAgain, Question, fork
from soket.orchestration.house import APPRAISED, INVITED, House
from soket.orchestration.runs import workspace_of
from soket.plan.model import StageName
from soket.record.words import FORMATS
from soket.stages import conference
from soket.stages.act_blanks import REASON

OPTIONS: dict[str, str] = {word.label: option for option, word in FORMATS.items()}


def build(house: House) -> DAG:
    """Return the conference DAG of a plan."""
    plan = house.plan
    plan_id = plan.id
    organiser = plan.office(plan.roles.appraiser)
    dag = house.dag(
        StageName.CONFERENCE,
        "4. Hội nghị",
        house.stage_doc(
            StageName.CONFERENCE,
            f"{organiser.name} chọn hình thức (trực tiếp, trực tuyến, hoãn đến ngày khác); lập chương trình, giấy "
            "mời, danh sách đại biểu, tài liệu, danh sách đề nghị biểu dương; kiểm tra đủ điều kiện; gửi giấy mời kèm "
            "lịch hẹn.",
            "- Câu trả lời chưa đủ (ngày không đúng dạng, đã qua) thì không bước nào đỏ: câu hỏi được đặt lại, nêu rõ "
            "vì sao.\n"
            "- “Kiểm tra đủ điều kiện” (`check_readiness`): nêu rõ còn thiếu gì; bổ sung rồi **Clear**.",
        ),
        schedule=house.woken_by(house.stage_timetable(StageName.CONFERENCE), house.asset(APPRAISED)),
    )
    with dag:
        opened = house.step(
            "open_round",
            "Nhận báo cáo đã thẩm định",
            conference.open_round,
            doc="Báo cáo chưa được phê duyệt thì dừng; phê duyệt sẽ đánh thức.",
        )

        @task.branch(
            task_id="ask_or_apply", task_display_name="Đã chọn hình thức chưa?", doc_md="Đã chọn thì không hỏi lại."
        )
        def ask_or_apply(**context: object) -> str:
            """Ask only where the record holds no decision on the format yet."""
            return "recorded" if conference.format_on_record(workspace_of(plan_id, context)) else "choose_format"

        @task.branch(
            task_id="recorded",
            task_display_name="Ghi được chưa?",
            doc_md="Theo hình thức đã ghi trong hồ sơ.",
            trigger_rule="none_failed_min_one_success",
        )
        def recorded(**context: object) -> str:
            """Go on with the format on the record, and nothing else."""
            return "prepare_papers" if conference.format_on_record(workspace_of(plan_id, context)) else "ask_again"

        ask = fork(ask_or_apply())
        choose = Question(
            task_id="choose_format",
            task_display_name="Chọn hình thức hội nghị",
            doc_md=f"Chờ {organiser.name} trả lời trên giao diện (Required Actions); lưu hình thức, ngày, địa điểm.",
            plan=plan_id,
            offices=plan.offices_of("conference_format"),
            subject=f"Hình thức hội nghị: {plan.short_title}",
            asks=conference.format_question,
            files=conference.record_format,
            answers=OPTIONS,
            params={
                "day": Param("", type="string", title="Ngày họp (nếu hoãn: ngày họp mới), dạng NĂM-THÁNG-NGÀY"),
                "place": Param("", type="string", title="Địa điểm hoặc đường truyền"),
                "reason": Param(None, type=["null", "string"], maxLength=REASON.longest, title=REASON.title),
                "document_number": Param(None, type=["null", "string"], title="Số văn bản (nếu có)"),
            },
        )
        filed = fork(recorded())
        again = AskAgain(
            task_id="ask_again",
            task_display_name="Hỏi lại",
            doc_md="Câu trả lời chưa đủ, hoặc không có: đặt lại câu hỏi ở lần chạy sau.",
            plan=plan_id,
            stage=StageName.CONFERENCE,
            act="conference_format",
        )
        papers = house.step(
            "prepare_papers",
            "Lập tài liệu hội nghị",
            conference.prepare_papers,
            doc="Chương trình, giấy mời, lịch hẹn, danh sách đại biểu, danh sách đề nghị biểu dương.",
        )
        ready = house.step(
            "check_readiness",
            "Kiểm tra đủ điều kiện",
            conference.check_readiness,
            doc="Báo cáo đã phê duyệt, đủ tài liệu, ngày họp còn ở phía trước.",
        )
        invitations = house.step(
            "send_invitations",
            "Gửi giấy mời",
            conference.send_invitations,
            doc="Mỗi nơi được mời một thư kèm giấy mời, chương trình và lịch hẹn.",
            mails=True,
            outlets=[house.asset(INVITED)],
        )
        opened >> ask
        ask >> Label("chưa") >> choose >> filed
        ask >> Label("rồi") >> filed
        filed >> Label("chưa đủ") >> again
        filed >> Label("rồi") >> papers >> ready >> Label("đủ") >> invitations
    return dag
