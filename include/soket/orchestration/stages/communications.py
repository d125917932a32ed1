"""Publicity, and the campaign's archive."""

from __future__ import annotations

from airflow.sdk import DAG

from soket.orchestration.house import INVITED, House
from soket.orchestration.timetables import Moment
from soket.plan.model import StageName
from soket.stages import communications


def build(house: House) -> DAG:
    """Return the publicity DAG of a plan."""
    plan = house.plan
    moments = [
        Moment(at, campaign.end)
        for campaign in plan.campaigns
        for at in (campaign.stages[StageName.COMMUNICATIONS].opening, campaign.last_morning)
    ]
    dag = house.dag(
        StageName.COMMUNICATIONS,
        "5. Tuyên truyền, lưu trữ",
        house.stage_doc(
            StageName.COMMUNICATIONS,
            "Đề nghị các cơ quan báo chí gửi kế hoạch tuyên truyền; khi đã mời họp thì gửi tài liệu báo chí (không "
            "đăng trước hội nghị); ngày cuối đợt thì lưu trữ toàn bộ hồ sơ kèm bảng kê mã SHA-256.",
            "Mỗi bước tự biết đã đến lúc chưa; xem nhật ký, khắc phục, bấm **Clear** để chạy lại bước.",
        ),
        schedule=house.woken_by(house.timetable(moments), house.asset(INVITED)),
    )
    with dag:
        requested = house.step(
            "request_coverage",
            "Đề nghị kế hoạch tuyên truyền",
            communications.request_coverage,
            doc="Một thư cho mỗi cơ quan báo chí.",
            mails=True,
        )
        press = house.step(
            "send_press_pack",
            "Gửi tài liệu báo chí",
            communications.send_press_pack,
            doc="Kết quả, bài học, gương tập thể, cá nhân; không đăng trước giờ hội nghị.",
            mails=True,
            trigger_rule="none_failed",
        )
        archive = house.step(
            "archive",
            "Lưu trữ hồ sơ đợt",
            communications.archive,
            doc="Bảng kê mọi tệp của đợt kèm mã SHA-256.",
            trigger_rule="none_failed",
        )
        requested >> press >> archive
    return dag
