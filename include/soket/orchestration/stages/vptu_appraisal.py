"""The Party Committee Office's appraisal, with return and a second round."""

from __future__ import annotations

from airflow.sdk import DAG, Label, Param, task

from soket.orchestration.approvals import AskAgain, Question, fork
from soket.orchestration.house import APPRAISED, DRAFT, DRAFT_TO_REDO, House
from soket.orchestration.runs import workspace_of
from soket.plan.model import StageName
from soket.record.words import APPRAISALS
from soket.stages import vptu_appraisal
from soket.stages.act_blanks import REASON

OPTIONS: dict[str, str] = {word.label: option for option, word in APPRAISALS.items()}


def build(house: House) -> DAG:
    """Return the appraisal DAG of a plan."""
    plan = house.plan
    plan_id = plan.id
    appraiser = plan.office(plan.roles.appraiser)
    standing = plan.office(plan.roles.standing)
    dag = house.dag(
        StageName.VPTU_APPRAISAL,
        "3. Thẩm định",
        house.stage_doc(
            StageName.VPTU_APPRAISAL,
            f"Lập hồ sơ thẩm định (đối chiếu từng số liệu với báo cáo được nhận, nội dung còn thiếu, khác biệt giữa "
            f"hai dự thảo); {appraiser.name} phê duyệt hoặc trả lại kèm lý do ngay trên giao diện; phê duyệt thì trình "
            f"{standing.name}.",
            "Xem nhật ký, khắc phục, bấm **Clear** để chạy lại bước. Câu trả lời chưa đủ (trả lại mà không ghi lý do) "
            "thì không bước nào đỏ: câu hỏi được đặt lại, nêu rõ còn thiếu gì.",
        ),
        schedule=house.woken_by(house.stage_timetable(StageName.VPTU_APPRAISAL), house.asset(DRAFT)),
    )
    with dag:
        opened = house.step(
            "open_round",
            "Nhận dự thảo",
            vptu_appraisal.open_round,
            doc="Có dự thảo chính thức chưa thẩm định thì làm tiếp; không có thì dừng, dự thảo đến sẽ đánh thức.",
        )
        dossier = house.step(
            "prepare_dossier",
            "Lập hồ sơ thẩm định",
            vptu_appraisal.prepare_dossier,
            doc="Phiếu thẩm định và thư mời thẩm định.",
            mails=True,
        )

        @task.branch(task_id="ask_or_apply", task_display_name="Đã có kết quả chưa?", doc_md="Đã có thì không hỏi lại.")
        def ask_or_apply(**context: object) -> str:
            """Ask only where the record holds no appraisal of this round yet."""
            return "outcome" if vptu_appraisal.appraisal_on_record(workspace_of(plan_id, context)) else "appraise"

        @task.branch(
            task_id="outcome",
            task_display_name="Phê duyệt hay trả lại?",
            doc_md="Theo kết quả đã ghi trong hồ sơ.",
            trigger_rule="none_failed_min_one_success",
        )
        def outcome(**context: object) -> str:
            """Follow the appraisal on the record, and nothing else."""
            appraisal = vptu_appraisal.appraisal_on_record(workspace_of(plan_id, context))
            if appraisal is None:
                return "ask_again"
            return "transmit_report" if appraisal.outcome == "approved" else "return_draft"

        ask = fork(ask_or_apply())
        appraise = Question(
            task_id="appraise",
            task_display_name=f"{appraiser.short_name} thẩm định",
            doc_md=f"Chờ {appraiser.name} trả lời trên giao diện (Required Actions); lưu quyết định, lý do.",
            plan=plan_id,
            offices=plan.offices_of("appraisal"),
            subject=f"Thẩm định dự thảo báo cáo: {plan.short_title}",
            asks=vptu_appraisal.appraisal_question,
            files=vptu_appraisal.record_appraisal,
            answers=OPTIONS,
            params={
                "reason": Param(
                    None,
                    type=["null", "string"],
                    maxLength=REASON.longest,
                    title="Lý do, yêu cầu chỉnh sửa (bắt buộc khi trả lại)",
                ),
                "document_number": Param(None, type=["null", "string"], title="Số văn bản (nếu có)"),
            },
        )
        again = AskAgain(
            task_id="ask_again",
            task_display_name="Hỏi lại",
            doc_md="Câu trả lời chưa đủ, hoặc không có: đặt lại câu hỏi ở lần chạy sau.",
            plan=plan_id,
            stage=StageName.VPTU_APPRAISAL,
            act="appraisal",
        )
        result = fork(outcome())
        returned = house.step(
            "return_draft",
            "Trả lại kèm lý do",
            vptu_appraisal.return_draft,
            doc="Báo cơ quan soạn thảo; mở vòng dự thảo mới.",
            mails=True,
            outlets=[house.asset(DRAFT_TO_REDO)],
        )
        transmitted = house.step(
            "transmit_report",
            f"Trình {standing.short_name}",
            vptu_appraisal.transmit_report,
            doc="Lập công văn trình và gửi báo cáo đã thẩm định.",
            mails=True,
            outlets=[house.asset(APPRAISED)],
        )
        opened >> dossier >> ask
        ask >> Label("chưa") >> appraise >> result
        ask >> Label("rồi") >> result
        result >> Label("chưa đủ") >> again
        result >> Label("trả lại") >> returned
        result >> Label("phê duyệt") >> transmitted
    return dag
