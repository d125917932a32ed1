"""A draft: from what it rests on to a working draft, and on to the official one."""

from __future__ import annotations

from airflow.sdk import DAG, Label

from soket.orchestration.house import House
from soket.orchestration.operation import RegisterSensor
from soket.plan.model import Stage
from soket.stages import conditions, draft


def build(house: House, stage: Stage) -> DAG:
    """Return the DAG of a stage that drafts."""
    plan = house.plan
    drafter, earlier = plan.office(stage.owner), plan.draft_of(stage)
    dag = house.stage_dag(
        stage,
        f"Tổng hợp báo cáo được nhận thành dự thảo làm việc kèm phụ lục, gửi {drafter.name}; chờ dự thảo chính "
        "thức; kiểm tra rồi chuyển thẩm định. Dự thảo bị trả lại hoặc có báo cáo tiếp nhận sau thì mở vòng mới.",
        "- “Tổng hợp dự thảo làm việc” (`consolidate`): xem nhật ký; bấm **Làm lại** thì văn bản được làm lại "
        "tại chỗ.\n"
        "- “Chờ dự thảo chính thức” (`wait_for_official_draft`): chờ tệp .docx, .doc hoặc .odt trong thư mục của "
        f"{drafter.short_name}.",
    )
    with dag:
        reports = RegisterSensor(
            task_id="wait_for_reports",
            task_display_name=f"Chờ dự thảo trước: {earlier.title}" if earlier else "Chờ giai đoạn báo cáo khép lại",
            doc_md="Mở khi các giai đoạn trước đã xong và đã đến ngày mở giai đoạn này.",
            plan=plan.id,
            wait=conditions.until(conditions.inputs_there, stage=stage.id),
        )
        opened = house.step(
            "open_round",
            "Mở vòng dự thảo",
            draft.open_round,
            stage=stage,
            doc="Vòng đầu; vòng mới khi bị trả lại, có báo cáo tiếp nhận sau, được mở lại. Không có việc thì thôi.",
        )
        consolidate = house.step(
            "consolidate",
            "Tổng hợp dự thảo làm việc",
            draft.consolidate,
            stage=stage,
            doc="Số liệu chung, bảng theo đơn vị, biểu đồ, nội dung theo đề cương. Chưa có báo cáo nào thì chờ.",
            waits_for=conditions.until(conditions.report_counted, stage=stage.id),
            mails=True,
        )
        official = RegisterSensor(
            task_id="wait_for_official_draft",
            task_display_name="Chờ dự thảo chính thức",
            doc_md=f"Mở khi {drafter.name} thả tệp dự thảo chính thức vào thư mục của mình.",
            plan=plan.id,
            wait=conditions.until(conditions.official_draft_dropped, stage=stage.id),
        )
        check = house.step(
            "check_official_draft",
            "Kiểm tra dự thảo chính thức",
            draft.check_official_draft,
            stage=stage,
            doc="Lưu bản chính thức của vòng này; tệp không đọc được thì báo lại và chờ tệp khác.",
            waits_for=conditions.until(conditions.official_draft_dropped, stage=stage.id),
            mails=True,
            outlets=house.outlets(stage),
        )
        reports >> opened >> consolidate >> Label(f"gửi {drafter.short_name}") >> official >> check
    return dag
