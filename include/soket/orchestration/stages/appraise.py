"""An appraisal, with return and a second round."""

from __future__ import annotations

from airflow.sdk import DAG, Label, Param, task

from soket.orchestration.approvals import AskAgain, Question, fork
from soket.orchestration.house import House
from soket.orchestration.runs import workspace_of
from soket.plan.model import Stage
from soket.record.decisions import Appraisal
from soket.record.words import APPRAISALS
from soket.stages import appraise
from soket.stages.act_blanks import REASON

OPTIONS: dict[str, str] = {word.label: option for option, word in APPRAISALS.items()}


def build(house: House, stage: Stage) -> DAG:
    """Return the DAG of a stage that appraises."""
    plan = house.plan
    plan_id = plan.id
    appraiser = plan.office(stage.owner)
    receiver = plan.office(stage.receiver)
    dag = house.stage_dag(
        stage,
        f"Lập hồ sơ thẩm định (đối chiếu số liệu, nội dung, viện dẫn với báo cáo được nhận và kế hoạch, khác biệt giữa "
        f"hai dự thảo); {appraiser.name} đồng ý trình hoặc trả lại kèm lý do ngay trên giao diện; đồng ý thì trình "
        f"{receiver.name}.",
        "Xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước. Câu trả lời chưa đủ (trả lại, hoặc đồng ý trình khi "
        "còn ý kiến chưa tiếp thu, mà không ghi lý do) thì không bước nào đỏ: câu hỏi được đặt lại, nêu rõ thiếu gì.",
    )
    with dag:
        opened = house.step(
            "open_round",
            "Nhận dự thảo",
            appraise.open_round,
            stage=stage,
            doc="Có dự thảo chính thức chưa thẩm định thì làm tiếp; không có thì dừng, dự thảo đến sẽ đánh thức.",
        )
        dossier = house.step(
            "prepare_dossier",
            "Lập hồ sơ thẩm định",
            appraise.prepare_dossier,
            stage=stage,
            doc="Báo cáo thẩm định và thư mời thẩm định.",
            mails=True,
        )

        @task.branch(
            task_id="outcome",
            task_display_name="Đồng ý trình hay trả lại?",
            doc_md="Theo kết quả đã ghi trong hồ sơ.",
        )
        def outcome(**context: object) -> str:
            """Follow the appraisal on the record, and nothing else."""
            appraisal = _decided(plan_id, stage.id, context)
            if appraisal is None:
                return AskAgain.TASK_ID
            return "transmit_report" if appraisal.outcome == "approved" else "return_draft"

        question = Question(
            task_id="appraise",
            task_display_name=f"{appraiser.short_name} thẩm định",
            doc_md=f"Chờ {appraiser.name} trả lời trên giao diện (Việc chờ trả lời); lưu quyết định, lý do. "
            "Hồ sơ đã có kết quả thì không hỏi lại.",
            plan=plan_id,
            stage=stage.id,
            offices=plan.offices_of("appraisal", stage),
            subject="Thẩm định dự thảo báo cáo",
            decided=appraise.appraisal_on_record,
            asks=appraise.appraisal_question,
            files=appraise.record_appraisal,
            answers=OPTIONS,
            params={
                "reason": Param(
                    None,
                    type=["null", "string"],
                    maxLength=REASON.longest,
                    title="Lý do, yêu cầu chỉnh sửa (bắt buộc khi trả lại, khi còn chỗ phải sửa)",
                ),
                "document_number": Param(None, type=["null", "string"], title="Số văn bản (nếu có)"),
            },
        )
        again = AskAgain(
            plan=plan_id,
            stage=stage.id,
            act="appraisal",
        )
        result = fork(outcome())
        returned = house.step(
            "return_draft",
            "Trả lại kèm lý do",
            appraise.return_draft,
            stage=stage,
            doc="Báo cơ quan soạn thảo; mở vòng dự thảo mới.",
            mails=True,
            outlets=[house.redo(draft) for draft in house.returned_by(stage)],
        )
        transmitted = house.step(
            "transmit_report",
            f"Trình {receiver.short_name}",
            appraise.transmit_report,
            stage=stage,
            doc="Lập tờ trình và gửi báo cáo đã thẩm định.",
            mails=True,
            outlets=house.outlets(stage),
        )
        opened >> dossier >> question >> result
        result >> Label("chưa đủ") >> again
        result >> Label("trả lại") >> returned
        result >> Label("đồng ý trình") >> transmitted
    return dag


def _decided(plan: str, stage: str, context: object) -> Appraisal | None:
    workspace = workspace_of(plan, context)
    return appraise.appraisal_on_record(workspace, workspace.plan.stage(stage))
