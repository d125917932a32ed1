"""Acts of officials, entered through Airflow's trigger form: each writes one decision."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, Param

from soket.orchestration.house import House
from soket.orchestration.operation import Operation
from soket.plan.model import StageName

DOC = """### Xử lý của người vận hành

Bấm **Trigger**, điền mẫu. Mỗi lần là một quyết định được lưu lại với lý do, người cho phép, số văn bản; muốn sửa thì ra
quyết định mới.

**Khi có bước màu đỏ**: nhật ký nêu mục điền chưa đúng; bấm Trigger lại với mục đã sửa.
"""

OUTCOMES = {"accepted": "Tiếp nhận", "returned": "Trả lại"}

ACTS = {
    "extension": "Gia hạn cho một đơn vị",
    "exemption": "Miễn báo cáo cho một đơn vị",
    "nil_return": "Ghi nhận đơn vị không có nội dung báo cáo",
    "review": "Kết luận bộ hồ sơ đã chuyển cán bộ xem",
    "retry": "Chấm lại ngay hồ sơ hệ thống chưa chấm được",
    "postponement": "Lùi thời hạn của một giai đoạn",
    "reopening": "Mở lại một giai đoạn",
}


class RecordAct(Operation):
    """Hands the form to the domain."""

    def call_arguments(self, context: Any) -> dict[str, Any]:  # noqa: ANN401 - Airflow's context
        """Return the form, the run that carries it, and who filled it in."""
        run = context["dag_run"]
        form = {key: value for key, value in context["params"].items() if key != "campaign" and value not in ("", None)}
        return {"form": form, "entry": run.run_id, "account": getattr(run, "triggering_user_name", None) or ""}


def build(house: House) -> DAG:
    """Return the actions DAG of a plan."""
    plan = house.plan
    units = {unit.code: unit.name for unit in plan.units}
    stages = {stage.value: plan.stages[stage].title for stage in StageName}
    dag = house.dag(
        "actions",
        "Xử lý của người vận hành",
        DOC,
        schedule=None,
        max_active_runs=4,
        params={
            "act": Param("extension", enum=list(ACTS), values_display=ACTS, title="Việc cần làm"),
            "unit": Param(None, type=["null", "string"], enum=[None, *units], values_display=units, title="Đơn vị"),
            "stage": Param(
                None, type=["null", "string"], enum=[None, *stages], values_display=stages, title="Giai đoạn"
            ),
            "last_day": Param(None, type=["null", "string"], format="date", title="Hạn mới: hết ngày"),
            "number": Param(None, type=["null", "integer"], minimum=1, title="Lần nộp"),
            "outcome": Param(
                None, type=["null", "string"], enum=[None, *OUTCOMES], values_display=OUTCOMES, title="Kết quả xem xét"
            ),
            "reason": Param("", type="string", title="Lý do"),
            "granted_by": Param("", type="string", title="Người cho phép"),
            "document_number": Param(None, type=["null", "string"], title="Số văn bản"),
            "campaign": Param(None, type=["null", "string"], title="Đợt (bỏ trống: đợt đang mở)"),
        },
    )
    with dag:
        record = RecordAct(
            task_id="record_act",
            task_display_name="Ghi quyết định",
            doc_md="Kiểm tra mẫu và lưu một quyết định.",
            plan=plan.id,
            operation="soket.campaign.actions:record_act",
            retries=0,
        )
        record >> house.answers()
    return dag
