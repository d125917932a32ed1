"""Collecting reports: request letters, one gate a block, and the close."""

from __future__ import annotations

from airflow.sdk import DAG, TaskGroup

from soket.orchestration.house import House
from soket.orchestration.operation import RegisterSensor
from soket.plan.model import Stage
from soket.stages import collect, conditions


def build(house: House, stage: Stage) -> DAG:
    """Return the DAG of a stage that collects reports."""
    plan = house.plan
    dag = house.stage_dag(
        stage,
        "Gửi công văn đề nghị báo cáo kèm đề cương, biểu số liệu cho từng đơn vị; chờ từng khối; khép lại khi đủ "
        "hoặc khi hết hạn, ghi rõ đơn vị còn thiếu.",
        "- “Gửi công văn đề nghị báo cáo” (`open_stage`): xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước; "
        "chạy lại bao nhiêu lần cũng không thư nào gửi hai lần.\n"
        "- Bước mang tên một khối, trong nhóm “Chờ báo cáo theo khối” (`gate_…`): bước chờ, chỉ đỏ khi kho dữ liệu "
        "không trả lời; kiểm tra bằng `soket status`, rồi **Làm lại**.",
    )
    asked = {unit.block for unit in plan.units_of(stage)}
    with dag:
        opened = house.step(
            "open_stage",
            "Gửi công văn đề nghị báo cáo",
            collect.open_stage,
            stage=stage,
            doc="Soạn công văn, đề cương, biểu số liệu; gửi cho từng đơn vị một thư.",
            mails=True,
        )
        with TaskGroup("gates", group_display_name="Chờ báo cáo theo khối", prefix_group_id=False) as gates:
            for block in plan.blocks:
                if block.code in asked:
                    RegisterSensor(
                        task_id=f"gate_{block.code}",
                        task_display_name=block.name,
                        doc_md="Mở khi mọi đơn vị trong khối đã có báo cáo được nhận, hoặc khi hết hạn.",
                        plan=plan.id,
                        wait=conditions.until(conditions.block_settled, stage=stage.id, block=block.code),
                    )
        closed = house.step(
            "close_stage",
            "Khép lại, nêu đơn vị còn thiếu",
            collect.close_stage,
            stage=stage,
            doc="Chốt danh sách báo cáo được dùng và danh sách đơn vị còn thiếu; báo cho giai đoạn sau.",
            outlets=house.outlets(stage),
        )
        opened >> gates >> closed
    return dag
