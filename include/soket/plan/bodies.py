"""Who takes part in a plan: the offices that run it, and the units it asks, block by block."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from pydantic import Field, model_validator

from soket.plan.letters import Contact, DocumentForm, Letterhead
from soket.plan.strict import Slug, Strict, Text
from soket.text import lower_first, nfc

PLACE = (
    "Địa bàn của đơn vị, câu về số liệu gọi như vậy; không ghi thì suy từ tên (Huyện ủy X là huyện X), không suy được "
    "thì gọi tên đơn vị"
)
"""What a plan's author is told of the field."""

_COMMITTEES = {"huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố", "tỉnh": "tỉnh"}
_OWN = re.compile(rf"({'|'.join(_COMMITTEES)}) (?:ủy|uỷ) (?P<own>\S.*)", re.IGNORECASE)
_OF = re.compile(
    r"(?:đảng (?:ủy|uỷ)|(?:ủy|uỷ) ban nhân dân|ubnd|hội đồng nhân dân|hđnd) "
    r"(?P<kind>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh) (?P<own>\S.*)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def place_of(name: str) -> str | None:
    """Return the place that a body with such a name governs: "huyện Can Lộc" of "Huyện ủy Can Lộc"; None where none."""
    plain = nfc(name)
    if own := _OWN.fullmatch(plain):
        return f"{_COMMITTEES[own[1].lower()]} {own['own']}"
    of = _OF.fullmatch(plain)
    return f"{of['kind'].lower()} {of['own']}" if of else None


class Duty(StrEnum):
    """What a unit owes."""

    REPORT = "report"
    OWN_REVIEW = "own_review"
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"  # press agencies: a plan of coverage, owed to the stage that publishes
    DOCUMENT = "document"  # beside its report: what a stage that takes documents asks for, a dossier, a registration
    EXEMPT = "exempt"


BESIDE = "__"
"""Between a unit's code and the stage that it owes something to beside its report."""


class Office(Strict, title="Cơ quan tham gia điều hành"):
    """An agency with a part in running the plan: it leads, drafts, appraises, decides or is told."""

    code: Slug = Field(description="Mã cơ quan, không trùng với cơ quan, đơn vị khác", examples=["van_phong"])
    name: Text = Field(description="Tên đầy đủ", examples=["Sở Nội vụ"])
    short_name: Text = Field(description="Tên ngắn, dùng trong thư", examples=["SNV"])
    contact: Contact = Field(
        description="Đầu mối nhận thư của cơ quan", examples=["{name: Phòng Tổng hợp, email: tonghop@tinh.example}"]
    )
    account: Slug | None = Field(
        None,
        description="Tên tài khoản trên giao diện Airflow; không ghi thì cơ quan không đăng nhập",
        examples=["vptu"],
    )
    form: DocumentForm | None = Field(
        None,
        description="Thể thức văn bản của cơ quan, như «form» của kế hoạch; không ghi là theo kế hoạch",
        examples=["state"],
    )
    letterhead: Letterhead = Field(
        Letterhead(), description="Đầu và cuối văn bản của cơ quan", examples=["{sign: SNV, archive: Văn thư}"]
    )


class Block(Strict, title="Khối đơn vị"):
    """A group of like units (khối), with the office that follows it up."""

    code: Slug = Field(description="Mã khối, không trùng", examples=["huyen_thi_thanh_uy"])
    name: Text = Field(description="Tên khối", examples=["Các huyện ủy, thị ủy, thành ủy"])
    leader: Slug = Field(description="Cơ quan theo dõi khối, được báo đơn vị chậm, theo mã", examples=["bt_tuyen_giao"])
    ladder: Slug = Field(description="Tên bậc thang nhắc của khối, trong «ladders»", examples=["bac"])
    ladder_for: dict[Duty, Slug] = Field(
        default_factory=dict, description="Bậc thang khác cho đơn vị nợ việc khác", examples=["{own_review: bac_rieng}"]
    )


class Predecessor(Strict, title="Đơn vị cũ"):
    """A unit of earlier, of which this one took over a part."""

    unit: Slug = Field(description="Mã đơn vị cũ", examples=["h_thach_lam"])
    share: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Phần của đơn vị cũ nay thuộc về đây, 1 là tất cả; chưa biết thì không ghi",
        examples=["0.35"],
    )


class Unit(Strict, title="Đơn vị được hỏi"):
    """A unit that the plan addresses. The code is its only key."""

    code: Slug = Field(description="Mã đơn vị, không trùng; là tên thư mục nộp", examples=["h_thach_lam"])
    name: Text = Field(description="Tên đầy đủ", examples=["Huyện ủy Thạch Lâm"])
    aliases: tuple[Text, ...] = Field((), description="Tên gọi khác", examples=["[H. Thạch Lâm]"])
    place: Text | None = Field(None, description=PLACE, examples=["huyện Thạch Lâm"])
    block: Slug = Field(description="Khối của đơn vị, theo mã", examples=["huyen_thi_thanh_uy"])
    owes: Duty = Field(
        Duty.REPORT,
        description="Đơn vị phải gửi gì; không ghi document: giai đoạn «takes: document» hỏi thêm ngoài việc ghi ở đây",
        examples=["own_review"],
    )
    exempt_reason: Text | None = Field(
        None, description="Lý do được miễn; đi cùng «owes: exempt»", examples=["Mới thành lập"]
    )
    contact: Contact = Field(
        description="Đầu mối nhận thư của đơn vị", examples=["{name: Văn thư, email: vanthu@donvi.example}"]
    )
    head: Contact = Field(
        description="Thủ trưởng, người được đôn đốc trước tiên", examples=["{name: Bí thư, email: bithu@donvi.example}"]
    )
    predecessors: tuple[Predecessor, ...] = Field(
        (),
        description="Đơn vị cũ mà số liệu đợt trước nay thuộc về đây",
        examples=["[{unit: h_thach_lam, share: 0.35}]"],
    )

    @property
    def called(self) -> str:
        """What a sentence about its figures calls it: the place that they are of, else the unit itself."""
        return self.place or place_of(self.name) or self.name

    @property
    def base(self) -> str:
        """The code of the unit itself, also where this is what it owes beside its report."""
        return self.code.partition(BESIDE)[0]

    @property
    def beside(self) -> str:
        """The stage that asks for this beside the unit's report; "" of the report itself."""
        return self.code.partition(BESIDE)[2]

    def owing_beside(self, stage: str, what: str) -> Unit:
        """Return what the unit owes to a stage beside its report: it is reminded of it and judged by itself."""
        code, name = f"{self.code}{BESIDE}{stage}", f"{self.name} ({lower_first(what)})"
        changes = {"code": code, "name": name, "aliases": (), "place": None, "owes": Duty.DOCUMENT, "predecessors": ()}
        return self.model_copy(update=changes)

    @model_validator(mode="after")
    def _exempt_has_reason(self) -> Unit:
        if (self.owes is Duty.EXEMPT) != (self.exempt_reason is not None):
            raise ValueError("«owes: exempt» và «exempt_reason» (lý do được miễn) phải đi cùng nhau")
        return self
