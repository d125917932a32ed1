"""Which part of a plan may do which act."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from soket.plan.stages import StageKind
from soket.plan.strict import Slug, Strict

# The leader is one of a block of units, the owner of a stage.
Part = Literal["lead", "receiver", "drafter", "appraiser", "standing", "operator", "leader", "owner"]
Parts = Annotated[tuple[Part, ...], Field(min_length=1)]

# The parts that stages give: who owns one of a kind plays it.
OF_STAGES = {"drafter": StageKind.DRAFT, "appraiser": StageKind.APPRAISE}

# What nobody else can do instead: the questions that the Airflow UI asks, by the kind of stage that asks them.
QUESTIONS = {StageKind.APPRAISE: "appraisal", StageKind.CONFER: "conference_format"}


class Roles(Strict, title="Cơ quan nào giữ phần việc nào"):
    """Which office plays which part."""

    lead: Slug = Field(description="Chủ trì: hướng dẫn, theo dõi, đôn đốc", examples=["bt_tuyen_giao"])
    receiver: Slug = Field(description="Nhận báo cáo của đơn vị", examples=["ubnd_tinh"])
    standing: Slug = Field(description="Quyết định: lùi hạn, hủy việc đã ghi", examples=["van_phong"])
    operator: Slug = Field(description="Vận hành hệ thống", examples=["van_phong"])
    signer: Slug | None = Field(
        None,
        description="Ký tài liệu hội nghị, bảng kê lưu trữ; không ghi là cơ quan chủ trì giai đoạn",
        examples=["van_phong"],
    )


class Rights(Strict, title="Phần việc nào được làm thao tác nào"):
    """The parts that may do each act; what an act is, `soket.record.decisions` says by the same name."""

    extension: Parts = Field(("lead", "operator"), description="Gia hạn cho một đơn vị", examples=["[lead, operator]"])
    exemption: Parts = Field(("lead",), description="Miễn báo cáo cho một đơn vị", examples=["[lead]"])
    nil_return: Parts = Field(
        ("lead", "operator"),
        description="Ghi nhận đơn vị không phát sinh nội dung báo cáo",
        examples=["[lead, operator]"],
    )
    review: Parts = Field(
        ("lead", "operator"),
        description="Kết luận thay hệ thống về hồ sơ cần cán bộ xem",
        examples=["[lead, operator]"],
    )
    retry: Parts = Field(("lead", "operator"), description="Chấm lại hồ sơ", examples=["[lead, operator]"])
    link_renewal: Parts = Field(
        ("lead", "operator"),
        description="Đổi đường dẫn riêng của một đơn vị, cơ quan",
        examples=["[lead, operator]"],
    )
    promise: Parts = Field(
        ("lead", "receiver", "standing", "operator", "leader"),
        description="Ghi đã gọi, đơn vị hẹn ngày gửi",
        examples=["[lead, leader]"],
    )
    urging: Parts = Field(("lead", "operator"), description="Gửi thư nhắc một đơn vị ngay", examples=["[lead]"])
    message: Parts = Field(
        ("lead", "receiver", "standing", "operator", "leader"),
        description="Trao đổi với đơn vị, ghi ý kiến nội bộ về đơn vị",
        examples=["[lead, leader]"],
    )
    request_refusal: Parts = Field(
        ("lead", "operator"), description="Không đồng ý gia hạn cho một đơn vị", examples=["[lead]"]
    )
    postponement: Parts = Field(("standing",), description="Lùi hạn cả giai đoạn", examples=["[standing]"])
    reopening: Parts = Field(
        ("lead", "operator"), description="Mở lại giai đoạn đã khép", examples=["[lead, operator]"]
    )
    mute: Parts = Field(
        ("lead", "operator"), description="Tạm ngừng thư nhắc, đôn đốc một đơn vị", examples=["[lead, operator]"]
    )
    undo: Parts = Field(
        ("lead", "standing", "operator"),
        description="Hủy thao tác đã ghi, nếu chính phần việc ấy được làm thao tác đó",
        examples=["[lead, standing, operator]"],
    )
    appraisal: Parts = Field(("owner",), description="Đồng ý trình hoặc trả lại dự thảo", examples=["[owner]"])
    conference_format: Parts = Field(("owner",), description="Chọn hình thức hội nghị", examples=["[owner]"])

    commendation: Parts = Field(
        ("standing",), description="Quyết định biểu dương, khen thưởng theo danh sách đề nghị", examples=["[standing]"]
    )

    opinion: Parts = Field(
        ("standing", "appraiser"),
        description="Ghi ý kiến trả lời các việc đã trình xin ý kiến",
        examples=["[standing, appraiser]"],
    )

    def of(self, act: str) -> tuple[Part, ...]:
        """Return the parts that may do an act, by its name in the plan."""
        parts: tuple[Part, ...] = getattr(self, act)
        return parts
