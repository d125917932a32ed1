"""The review conference: its format, its papers, its invitations."""

from __future__ import annotations

from airflow.sdk import DAG, Label, Param, task

from soket.orchestration.approvals import RecordAnswer, fork, question
from soket.orchestration.house import APPRAISED, INVITED, House
from soket.orchestration.runs import workspace_of
from soket.plan.model import StageName

OPTIONS = {"Trực tiếp": "in_person", "Trực tuyến": "online", "Hoãn": "postponed"}


def build(house: House) -> DAG:
    """Return the conference DAG of a plan."""
    plan = house.plan
    plan_id = plan.id
    organiser = plan.office(plan.roles.appraiser)
    dag = house.dag(
        StageName.CONFERENCE,
        "4. Hội nghị sơ kết",
        house.stage_doc(
            StageName.CONFERENCE,
            f"{organiser.name} chọn hình thức (trực tiếp, trực tuyến, hoãn đến ngày khác); lập chương trình, giấy "
            "mời, danh sách đại biểu, tài liệu, danh sách đề nghị biểu dương; kiểm tra đủ điều kiện; gửi giấy mời kèm "
            "lịch hẹn.",
            "- “Ghi hình thức hội nghị” (`record_format`): ngày không đúng dạng hoặc trước hôm nay thì bước này đỏ; "
            "bấm **Clear** ở bước “Chọn hình thức hội nghị” (`choose_format`) để trả lời lại.\n"
            "- “Kiểm tra đủ điều kiện” (`check_readiness`): nêu rõ còn thiếu gì; bổ sung rồi **Clear**.",
        ),
        schedule=house.woken_by(house.stage_timetable(StageName.CONFERENCE), house.asset(APPRAISED)),
    )
    with dag:
        opened = house.step(
            "open_round",
            "Nhận báo cáo đã thẩm định",
            "campaign.conference:open_round",
            doc="Báo cáo chưa được phê duyệt thì dừng; phê duyệt sẽ đánh thức.",
        )

        @task.branch(
            task_id="ask_or_apply", task_display_name="Đã chọn hình thức chưa?", doc_md="Đã chọn thì không hỏi lại."
        )
        def ask_or_apply(**context: object) -> str:
            """Ask only where the record holds no decision on the format yet."""
            from soket.campaign.conference import format_on_record

            return "record_format" if format_on_record(workspace_of(plan_id, context)) else "choose_format"

        ask = fork(ask_or_apply())
        choose = question(
            task_id="choose_format",
            title="Chọn hình thức hội nghị",
            doc=f"Chờ {organiser.name} trả lời trên giao diện (Required Actions).",
            office=organiser,
            subject=f"Hình thức hội nghị sơ kết: {plan.short_title}",
            options=OPTIONS,
            body="{{ ti.xcom_pull(task_ids='open_round') }}",
            params={
                "day": Param("", type="string", title="Ngày họp (nếu hoãn: ngày họp mới), dạng NĂM-THÁNG-NGÀY"),
                "place": Param("", type="string", title="Địa điểm hoặc đường truyền"),
                "reason": Param("", type="string", title="Lý do"),
                "document_number": Param("", type=["null", "string"], title="Số văn bản (nếu có)"),
            },
        )
        record = RecordAnswer(
            task_id="record_format",
            task_display_name="Ghi hình thức hội nghị",
            doc_md="Lưu hình thức, ngày, địa điểm, lý do, người quyết định.",
            plan=plan_id,
            operation="soket.campaign.conference:record_format",
            question_task="choose_format",
            options=OPTIONS,
            trigger_rule="none_failed_min_one_success",
            retries=0,
        )
        papers = house.step(
            "prepare_papers",
            "Lập tài liệu hội nghị",
            "campaign.conference:prepare_papers",
            doc="Chương trình, giấy mời, lịch hẹn, danh sách đại biểu, danh sách đề nghị biểu dương.",
        )
        ready = house.step(
            "check_readiness",
            "Kiểm tra đủ điều kiện",
            "campaign.conference:check_readiness",
            doc="Báo cáo đã phê duyệt, đủ tài liệu, ngày họp còn ở phía trước.",
        )
        invitations = house.step(
            "send_invitations",
            "Gửi giấy mời",
            "campaign.conference:send_invitations",
            doc="Mỗi nơi được mời một thư kèm giấy mời, chương trình và lịch hẹn.",
            mails=True,
            outlets=[house.asset(INVITED)],
        )
        opened >> ask
        ask >> Label("chưa") >> choose >> record
        ask >> Label("rồi") >> record
        record >> papers >> ready >> Label("đủ") >> invitations
    return dag
