"""What a plan says of its conference: when it begins, who chairs it, in which order guests are named, who speaks."""

from __future__ import annotations

from pydantic import Field

from soket.plan.strict import Hour, Slug, Strict, Text


class ProgrammeItem(Strict, title="Mục của chương trình hội nghị"):
    """One thing of the programme, and how long it takes."""

    what: Text = Field(description="Nội dung, như in", examples=["Phát biểu khai mạc"])
    who: Text | None = Field(None, description="Ai thực hiện, như in", examples=["Chủ trì hội nghị"])
    minutes: int = Field(ge=1, le=600, description="Bao nhiêu phút", examples=["10"])
    speeches: bool = Field(False, description="Mục tham luận: liệt kê những nơi tham luận", examples=["true"])


class PlannedSpeech(Strict, title="Tham luận được phân công"):
    """Who is to speak at the conference, on what."""

    unit: Slug = Field(description="Đơn vị hoặc cơ quan tham luận, theo mã", examples=["h_thach_lam"])
    topic: Text = Field(description="Nội dung tham luận", examples=["Kinh nghiệm xây dựng mô hình điểm"])


class Conference(Strict, title="Lời về hội nghị"):
    """What the plan says of its conference: words printed as they stand, and what an answer leaves out."""

    choosing: Text | None = Field(
        None, description="In trong thư hỏi hình thức hội nghị", examples=["Căn cứ tình hình thực tế khi họp."]
    )
    attending: Text | None = Field(None, description="In trong giấy mời", examples=["Đại biểu có mặt trước 15 phút."])
    starts: Hour | None = Field(
        None, description="Giờ khai mạc, khi người chọn hình thức không ghi giờ khác", examples=['"07:30"']
    )
    chair: Text | None = Field(
        None, description="Chủ trì, khi người chọn hình thức không ghi khác", examples=["Chủ tịch Ủy ban nhân dân tỉnh"]
    )
    line_test: Hour | None = Field(
        None,
        description="Giờ thử đường truyền, ngày làm việc liền trước, khi họp trực tuyến mà không ghi giờ khác",
        examples=['"14:00"'],
    )
    reply_days: int = Field(
        3, ge=0, le=60, description="Báo người dự trước ngày họp bao nhiêu ngày làm việc", examples=["3"]
    )
    programme: tuple[ProgrammeItem, ...] = Field(
        (),
        description="Chương trình, theo thứ tự; không ghi thì theo chương trình thường dùng",
        examples=["[{what: Khai mạc, who: Chủ trì hội nghị, minutes: 10}]"],
    )
    speech_minutes: int = Field(7, ge=1, le=60, description="Mỗi tham luận bao nhiêu phút", examples=["7"])
    speeches: tuple[PlannedSpeech, ...] = Field(
        (),
        description="Tham luận được phân công từ đầu",
        examples=["[{unit: h_thach_lam, topic: Kinh nghiệm mô hình điểm}]"],
    )
    protocol: tuple[Slug, ...] = Field(
        (),
        description="Thứ tự nêu tên đại biểu: mã cơ quan, mã khối; không nêu thì xếp sau, nơi quyết định đứng đầu",
        examples=["[van_phong, cac_ban, huyen_thi_thanh_uy]"],
    )
    own_points: tuple[Slug, ...] | None = Field(
        None,
        description="Khối dự ở điểm cầu của mình khi họp trực tuyến; không ghi là mọi khối, [] là không khối nào",
        examples=["[huyen_thi_thanh_uy]"],
    )
    row_seats: int = Field(10, ge=2, le=40, description="Số ghế một dãy, để xếp chỗ ngồi", examples=["10"])
