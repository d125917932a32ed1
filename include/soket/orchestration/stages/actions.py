"""Acts of officials, entered through Airflow's trigger form: each writes one decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Param
from airflow.sdk.exceptions import AirflowSkipException

from soket.orchestration.house import House
from soket.orchestration.operation import Step
from soket.plan.model import StageName
from soket.record.workspace import Workspace
from soket.stages.actions import ACTS, OUTCOMES, WORDS, record_act
from soket.stages.refusing import Actor, ActRefusedError

DOC = """### Xử lý của người vận hành

Bấm **Trigger**, điền mẫu; việc ít gặp thì mở thêm phần dưới của mẫu. Mỗi lần là một quyết định được lưu lại với lý do,
người cho phép, số văn bản; không quyết định nào bị xóa: ghi nhầm thì chọn «Hủy một quyết định đã ghi» và chép mã từ
trang Quyết định của bảng theo dõi. Đổi thời hạn thì đơn vị nhận thư ngay.

**Khi bước «Ghi quyết định» màu hồng (skipped)**: mẫu bị từ chối, không có gì được ghi. Nhật ký của bước, mục XCom
«refused» và trang Quyết định của bảng theo dõi nêu vì sao, phải làm gì; bấm Trigger lại với mục đã sửa.

**Khi có bước màu đỏ**: lỗi của hệ thống, xem nhật ký; khắc phục rồi Clear.
"""

RARE = "Lùi thời hạn, mở lại, kết luận, tạm ngừng thư của cơ quan, hủy quyết định"  # folded until it is opened


_QUEUED = timedelta(minutes=10)  # for so long a run may have waited for its turn


class RecordAct(Step):
    """Hands the form to the domain; what it refuses is skipped, with a note that says why and what to do."""

    def execute(self, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Record the act, or say why not."""
        try:
            return super().execute(context)
        except (ActRefusedError, AirflowSkipException) as refusal:  # or its run is of no campaign
            context["ti"].xcom_push(key="refused", value=str(refusal))
            self.log.warning("Từ chối: %s", refusal)
            raise AirflowSkipException(f"Từ chối: {refusal}") from None

    custom_operator_name = "Ghi"

    def call(self, workspace: Workspace, context: Any) -> str:  # noqa: ANN401 - Airflow's context
        """Enter the form, as of the run that carries it: the server wrote who filled it in, not the form."""
        run = context["dag_run"]
        form = {key: value for key, value in context["params"].items() if key != "campaign" and value not in ("", None)}
        # Whoever asks for the run may say when it is due, and would enter an act in the past.
        entered_at = run.run_after if run.start_date - run.run_after < _QUEUED else run.start_date
        actor = Actor(run.triggering_user_name or "")
        return record_act(workspace, form=form, entry=run.run_id, actor=actor, entered_at=entered_at)


def build(house: House) -> DAG:
    """Return the actions DAG of a plan."""
    plan = house.plan
    units = {unit.code: unit.name for unit in plan.units}
    offices = {office.code: office.name for office in plan.offices}
    stages = {stage.value: plan.stages[stage].title for stage in StageName}
    campaigns = {campaign.code: campaign.title for campaign in plan.campaigns}
    dag = house.dag(
        "actions",
        "Xử lý của người vận hành",
        DOC,
        schedule=None,
        start_date=None,  # of a run before it Airflow makes no step, and calls it done: nobody would be told
        max_active_runs=4,
        params={
            "act": Param("extension", enum=list(ACTS), values_display=ACTS, title="Việc cần làm"),
            "unit": _choice(units, WORDS["unit"]),
            "last_day": Param(None, type=["null", "string"], format="date", title=WORDS["last_day"]),
            "reason": Param("", type="string", title=WORDS["reason"]),
            "granted_by": Param("", type="string", title=WORDS["granted_by"]),
            "document_number": Param(None, type=["null", "string"], title=WORDS["document_number"]),
            "stage": _choice(stages, WORDS["stage"], section=RARE, description="Để lùi thời hạn, mở lại."),
            "number": Param(
                None,
                type=["null", "integer"],
                minimum=1,
                title=WORDS["number"],
                section=RARE,
                description="Để kết luận: bộ hồ sơ nào.",
            ),
            "outcome": _choice(OUTCOMES, WORDS["outcome"], section=RARE, description="Để kết luận."),
            "office": _choice(offices, WORDS["office"], section=RARE, description="Để tạm ngừng thư, thay cho đơn vị."),
            "undoes": Param(
                None,
                type=["null", "string"],
                title=WORDS["undoes"],
                section=RARE,
                description="Để hủy; chép từ trang Quyết định của bảng theo dõi.",
            ),
            "campaign": _choice(campaigns, "Đợt", section=RARE, description="Bỏ trống: đợt đang mở."),
        },
    )
    with dag:
        record = RecordAct(
            task_id="record_act",
            task_display_name="Ghi quyết định",
            doc_md="Kiểm tra mẫu và lưu một quyết định.",
            plan=plan.id,
            retries=0,
        )
        record >> house.answers()
    return dag


def _choice(names: dict[str, str], title: str, section: str | None = None, description: str | None = None) -> Param:
    shown = {"null": "(để trống)", **names}
    return Param(
        None,
        type=["null", "string"],
        enum=[None, *names],
        values_display=shown,
        title=title,
        section=section,
        description=description,
    )
