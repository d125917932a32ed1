"""The consolidated draft of the People's Committee's party caucus."""

from __future__ import annotations

from airflow.sdk import DAG, Label

from soket.orchestration.house import DRAFT, DRAFT_TO_REDO, REPORTS, House
from soket.orchestration.sensors import RegisterSensor
from soket.plan.model import StageName
from soket.stages import conditions, ubnd_draft


def build(house: House) -> DAG:
    """Return the DAG of the consolidated draft of a plan."""
    plan = house.plan
    drafter = plan.office(plan.roles.drafter)
    dag = house.dag(
        StageName.UBND_DRAFT,
        "2. Dự thảo báo cáo",
        house.stage_doc(
            StageName.UBND_DRAFT,
            f"Tổng hợp báo cáo được nhận thành dự thảo làm việc kèm phụ lục, gửi {drafter.name}; chờ dự thảo chính "
            "thức; kiểm tra rồi chuyển thẩm định. Dự thảo bị trả lại hoặc có báo cáo bổ sung thì mở vòng mới.",
            "- “Tổng hợp dự thảo làm việc” (`consolidate`): xem nhật ký; bấm **Clear** thì văn bản được làm lại "
            "tại chỗ.\n"
            "- “Chờ dự thảo chính thức” (`wait_for_official_draft`): chờ tệp .docx, .doc hoặc .odt trong thư mục của "
            f"{drafter.short_name}.",
        ),
        schedule=house.woken_by(
            house.stage_timetable(StageName.UBND_DRAFT), house.asset(REPORTS) | house.asset(DRAFT_TO_REDO)
        ),
    )
    with dag:
        reports = RegisterSensor(
            task_id="wait_for_reports",
            task_display_name="Chờ giai đoạn báo cáo khép lại",
            doc_md="Mở khi giai đoạn báo cáo của các đơn vị đã khép lại và đã đến ngày mở giai đoạn này.",
            plan=plan.id,
            wait=conditions.until(conditions.reports_closed),
        )
        opened = house.step(
            "open_round",
            "Mở vòng dự thảo",
            ubnd_draft.open_round,
            doc="Vòng đầu; vòng mới khi bị trả lại, có báo cáo bổ sung hoặc được mở lại. Không có việc thì dừng ở đây.",
        )
        consolidate = house.step(
            "consolidate",
            "Tổng hợp dự thảo làm việc",
            ubnd_draft.consolidate,
            doc="Số liệu toàn tỉnh, bảng theo đơn vị, biểu đồ, nội dung theo đề cương. Chưa có báo cáo nào thì chờ.",
            waits_for=conditions.until(conditions.report_counted),
            mails=True,
        )
        official = RegisterSensor(
            task_id="wait_for_official_draft",
            task_display_name="Chờ dự thảo chính thức",
            doc_md=f"Mở khi {drafter.name} thả tệp dự thảo chính thức vào thư mục của mình.",
            plan=plan.id,
            wait=conditions.until(conditions.official_draft_dropped),
        )
        check = house.step(
            "check_official_draft",
            "Kiểm tra dự thảo chính thức",
            ubnd_draft.check_official_draft,
            doc="Lưu bản chính thức của vòng này; tệp không đọc được thì báo lại và chờ tệp khác.",
            waits_for=conditions.until(conditions.official_draft_dropped),
            mails=True,
            outlets=[house.asset(DRAFT)],
        )
        reports >> opened >> consolidate >> Label(f"gửi {drafter.short_name}") >> official >> check
    return dag
