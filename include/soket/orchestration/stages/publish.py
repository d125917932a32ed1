"""Publicity, and the campaign's archive."""

from __future__ import annotations

from airflow.sdk import DAG

from soket.orchestration.house import House
from soket.plan.model import Stage
from soket.stages import publish


def build(house: House, stage: Stage) -> DAG:
    """Return the DAG of a stage that publishes."""
    dag = house.stage_dag(
        stage,
        "Đề nghị các cơ quan báo chí gửi kế hoạch tuyên truyền; khi đã mời họp thì gửi tài liệu báo chí (không "
        "đăng trước hội nghị); ngày cuối đợt thì lưu trữ toàn bộ hồ sơ kèm bảng kê mã SHA-256.",
        "Mỗi bước tự biết đã đến lúc chưa; xem nhật ký, khắc phục, bấm **Làm lại** để chạy lại bước.",
        also=lambda campaign: campaign.last_morning,
    )
    with dag:
        requested = house.step(
            "request_coverage",
            "Đề nghị kế hoạch tuyên truyền",
            publish.request_coverage,
            stage=stage,
            doc="Một thư cho mỗi cơ quan báo chí.",
            mails=True,
        )
        press = house.step(
            "send_press_pack",
            "Gửi tài liệu báo chí",
            publish.send_press_pack,
            stage=stage,
            doc="Kết quả, bài học, gương tập thể, cá nhân; không đăng trước giờ hội nghị.",
            mails=True,
            trigger_rule="none_failed",
        )
        archive = house.step(
            "archive",
            "Lưu trữ hồ sơ đợt",
            publish.archive,
            stage=stage,
            doc="Bảng kê mọi tệp của đợt kèm mã SHA-256.",
            trigger_rule="none_failed",
        )
        requested >> press >> archive
    return dag
