"""Acts of officials, entered through Airflow's trigger form: each writes one decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Param
from airflow.sdk.exceptions import AirflowSkipException

from soket.orchestration.house import House
from soket.orchestration.operation import Step
from soket.plan.model import Plan
from soket.record.words import DECISIONS
from soket.record.workspace import Workspace
from soket.stages import collect
from soket.stages.act_blanks import BLANKS, REASON, Blank
from soket.stages.act_table import ACTS
from soket.stages.actions import UNITS, record_acts
from soket.stages.refusing import Actor, ActRefusedError
from soket.text import lower_first, upper_first

DOC = """### Xử lý của người vận hành

Bấm **Chạy**, điền mẫu; việc ít gặp thì mở thêm phần dưới của mẫu. Mỗi lần là một quyết định được lưu lại với lý do,
người cho phép, số văn bản; không quyết định nào bị xóa: ghi nhầm thì chọn «Hủy một quyết định đã ghi» và chép mã từ
trang Quyết định của bảng theo dõi. Đổi thời hạn thì đơn vị nhận thư ngay.

**Khi bước «Ghi quyết định» màu hồng**: mẫu bị từ chối, không có gì được ghi. Nhật ký của bước, mục XCom
«refused» và trang Quyết định của bảng theo dõi nêu vì sao, phải làm gì; bấm Chạy lại với mục đã sửa.

**Khi có bước màu đỏ**: lỗi của hệ thống, xem nhật ký; khắc phục rồi Làm lại.
"""

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
        found = record_acts(workspace, form=form, entry=run.run_id, actor=actor, entered_at=entered_at)
        return "\n".join(f"{each.entry.unit}: {each.note}" if len(found) > 1 else each.note for each in found)


def build(house: House) -> DAG:
    """Return the actions DAG of a plan."""
    plan = house.plan
    rare = ", ".join(DECISIONS[act.name].phrase for act in ACTS.values() if any(blank.rare for blank in act.blanks))
    section = upper_first(rare)  # folded until it is opened
    acts = {act.name: act.title for act in ACTS.values()}
    campaigns = {campaign.code: campaign.title for campaign in plan.campaigns}
    dag = house.dag(
        "actions",
        "Xử lý của người vận hành",
        DOC,
        by_hand=True,
        schedule=None,
        start_date=None,  # of a run before it Airflow makes no step, and calls it done: nobody would be told
        max_active_runs=4,
        awaited=True,
        params={
            "act": Param(next(iter(acts)), enum=list(acts), values_display=acts, title="Việc cần làm"),
            **{blank.name: _param(blank, plan, section if blank.rare else None) for blank in BLANKS},
            UNITS: Param(
                None,
                type=["null", "string"],
                title="Nhiều đơn vị",
                description="Thay cho một đơn vị: mã cách nhau bằng dấu phẩy; mỗi đơn vị một quyết định.",
                section=section,
            ),
            "campaign": _choice(campaigns, title="Đợt", section=section, description="Bỏ trống: đợt đang mở."),
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
        record >> house.step(
            "acknowledge",
            "Trả lời đơn vị",
            collect.answer_units,
            doc="Mỗi kết luận một thư: tiếp nhận, chuyển cán bộ xem, trả lại kèm phiếu; mỗi hạn mới một thư.",
            mails=True,
            trigger_rule="none_failed",
        )
    return dag


def _param(blank: Blank, plan: Plan, section: str | None) -> Param:
    """Return a blank of the form; one that few acts need says which."""
    needed = ", ".join(DECISIONS[act.name].phrase for act in ACTS.values() if blank in act.blanks)
    said = [f"Việc “{act.title}”: {lower_first(act.says)}." for act in ACTS.values() if act.says and blank is REASON]
    description = " ".join(filter(None, (f"Để {needed}." if blank.rare else "", blank.note, *said))) or None
    shown: dict[str, Any] = {"title": blank.title, "section": section, "description": description}
    if blank.choices:
        return _choice(blank.choices(plan), **shown)
    match blank.kind:
        case "day":
            return Param(None, type=["null", "string"], format="date", **shown)
        case "number":
            return Param(None, type=["null", "integer"], minimum=1, **shown)
        case "text":
            return Param(None, type=["null", "string"], maxLength=blank.longest, **shown)


def _choice(names: Mapping[str, str], **shown: Any) -> Param:  # noqa: ANN401 - what Airflow shows of it
    known = {"null": "(để trống)", **names}
    return Param(None, type=["null", "string"], enum=[None, *names], values_display=known, **shown)
