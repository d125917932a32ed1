"""A plan: who owes what to whom by when, as its YAML file says it.

The models are strict: an unknown word or a wrong type is a fault. What spans the plan (a reference to nothing, dates
out of order) is found by `soket.plan.references` and `soket.plan.coherence`; `soket.plan.check` tells all faults at
once, with file, line and what to do.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar, get_args

from pydantic import Field, PrivateAttr, model_validator

from soket.plan.bodies import Block, Duty, Office, Predecessor, Unit
from soket.plan.calendar import WorkingCalendar
from soket.plan.campaigns import Campaign, CampaignOwn, FormOwn, Section
from soket.plan.commending import Commending
from soket.plan.conference import Conference
from soket.plan.dates import Deadline, StageDates, present
from soket.plan.ladders import LadderStep, MailLimits, Quiet, Recipient, Tone
from soket.plan.letters import Contact, DocumentForm, Letterhead, ReviewWord, StandIn
from soket.plan.natures import Target
from soket.plan.periods import Period
from soket.plan.rights import OF_STAGES, Part, Rights, Roles
from soket.plan.rules import (
    OrderRule,
    RangeRule,
    RestatedRule,
    SettableCode,
    Severity,
    SpreadRule,
    SumRule,
    TargetRule,
    YearlyJumpRule,
)
from soket.plan.stages import MOST_STAGES, Stage, StageKind, Stages, dated, downstream, nearest_drafts, upstream
from soket.plan.strict import Slug, Strict, Text
from soket.plan.tables import USUAL_REASONS, Indicator, IndicatorForm, Reasons
from soket.plan.unit_page import Quantities, UnitPage, UploadPage

__all__ = [
    "Block",
    "Campaign",
    "CampaignOwn",
    "Conference",
    "Contact",
    "Deadline",
    "DocumentForm",
    "Duty",
    "FormOwn",
    "Indicator",
    "IndicatorForm",
    "LadderStep",
    "Letterhead",
    "MailLimits",
    "Office",
    "OrderRule",
    "Part",
    "Plan",
    "Predecessor",
    "Quantities",
    "Quiet",
    "RangeRule",
    "Recipient",
    "RestatedRule",
    "ReviewWord",
    "Rights",
    "Roles",
    "Section",
    "SettableCode",
    "Severity",
    "Slug",
    "SpreadRule",
    "Stage",
    "StageDates",
    "StageKind",
    "StandIn",
    "Strict",
    "SumRule",
    "Target",
    "TargetRule",
    "Text",
    "Tone",
    "Unit",
    "YearlyJumpRule",
]


class Adjustment(Strict, title="Lần điều chỉnh kế hoạch"):
    """Who had a plan changed while a campaign was under way, why, and on what paper."""

    by: Text = Field(description="Ai quyết định điều chỉnh", examples=["Chủ tịch Ủy ban nhân dân tỉnh"])
    reason: Text = Field(description="Vì sao, ghi trong thư báo thời hạn mới", examples=["Mưa lũ kéo dài"])
    document_number: Text | None = Field(None, description="Số văn bản điều chỉnh", examples=["21-CV/TU"])


class Plan(Strict, title="Kế hoạch"):
    """A review plan, whole."""

    id: Slug = Field(description="Mã kế hoạch, không trùng; đứng đầu tên mọi luồng", examples=["nq08_nong_thon"])
    title: Text = Field(description="Tên kế hoạch", examples=["Kế hoạch sơ kết 5 năm thực hiện Nghị quyết 08-NQ/TU"])
    short_title: Text = Field(description="Tên ngắn, dùng trong thư và trên bảng theo dõi", examples=["Sơ kết NQ 08"])
    resolution: Text = Field(description="Văn bản được sơ kết, tổng kết", examples=["Nghị quyết số 08-NQ/TU"])
    issuer: Text = Field(description="Nơi ban hành kế hoạch", examples=["Ủy ban nhân dân tỉnh"])
    review_word: ReviewWord = Field("sơ kết", description="Kế hoạch gọi việc của mình là gì", examples=["tổng kết"])
    form: DocumentForm = Field(
        "party",
        description="Thể thức văn bản của nơi quyết định, của cơ quan không ghi riêng: Đảng (party), nhà nước (state)",
        examples=["state"],
    )
    upper_headings: bool = Field(False, description="In hoa đề mục số La Mã: «I. MỤC ĐÍCH»", examples=["true"])
    party_committee: Text | None = Field(
        None, description="Dòng cơ quan của văn bản Đảng", examples=["TỈNH ỦY NAM SƠN"]
    )
    state_body: Text | None = Field(
        None, description="Dòng cơ quan của văn bản nhà nước", examples=["ỦY BAN NHÂN DÂN TỈNH NAM SƠN"]
    )
    place: Text = Field(description="Nơi ghi trước ngày của văn bản", examples=["Nam Sơn"])
    document_code: Text = Field(description="Ký hiệu của báo cáo tổng hợp, sau số", examples=["BC/TU"])
    document_number: Text | None = Field(None, description="Số của văn bản kế hoạch", examples=["12-KH/TU"])
    source: Text = Field(
        description="Văn bản kế hoạch: số, ngày, nơi ban hành", examples=["Kế hoạch số 12-KH/TU ngày 01/10/2030"]
    )
    directory: Slug | None = Field(None, description="Danh bạ lấy cơ quan, đơn vị, đầu mối", examples=["tinh_nam_son"])
    legal_basis: tuple[Text, ...] = Field(description="Căn cứ, như in", examples=["[Nghị quyết số 08-NQ/TU]"])
    purposes: tuple[Text, ...] = Field(
        description="Mục đích, yêu cầu, như in", examples=["[Đánh giá kết quả sau 5 năm]"]
    )
    goals: tuple[Text, ...] = Field(
        description="Nội dung, mục tiêu được kiểm điểm", examples=["[Kết quả thực hiện các chỉ tiêu]"]
    )
    confidentiality: Text = Field(
        description="Lời nhắc không gửi tài liệu mật", examples=["Không gửi tài liệu mật qua hệ thống này."]
    )
    request_guidance: tuple[Text, ...] = Field(
        (), description="Các ý thêm vào công văn đề nghị báo cáo", examples=["[Báo cáo ký số, gửi bản Word]"]
    )
    own_reviews: bool = Field(
        False,
        description="Đơn vị được tự tổ chức sơ kết, tổng kết rồi gửi báo cáo kết quả: thư, công văn đề nghị nói vậy",
        examples=["true"],
    )
    conference: Conference = Field(
        Conference(),
        description="Lời của kế hoạch về hội nghị",
        examples=["{attending: Đại biểu có mặt trước 15 phút.}"],
    )
    commendation: Commending = Field(
        Commending(),
        description="Quy tắc đề nghị biểu dương, khen thưởng",
        examples=["{share: 10, since: 2027}"],
    )
    outline: tuple[Section, ...] = Field(
        min_length=1,
        description="Đề cương báo cáo, theo thứ tự",
        examples=['[{code: ket_qua, number: "I", title: Kết quả}]'],
    )
    themes: Slug | None = Field(
        None,
        description="Bộ chủ đề để xếp câu của các báo cáo vào dự thảo; không có thì trích câu tiêu biểu theo khối",
        examples=["nong_thon"],
    )
    forms: tuple[IndicatorForm, ...] = Field(
        (), description="Các biểu số liệu; không có thì đơn vị chỉ gửi báo cáo bằng lời", examples=["[]"]
    )
    estimated_years: tuple[Period, ...] = Field(
        (),
        description="Năm, kỳ mà số liệu mới là số ước khi báo cáo: văn bản ghi «ước đạt»",
        examples=["[2030]", "[quý IV/2030]"],
    )
    not_ours: tuple[Text, ...] = Field(
        (), description="Từ cho biết con số trong dự thảo là của nguồn khác", examples=["[hội chợ, khách lưu trú]"]
    )
    reasons: Reasons = USUAL_REASONS
    offices: tuple[Office, ...] = Field(
        min_length=1, description="Cơ quan tham gia điều hành; có danh bạ thì chỉ cần mã"
    )
    roles: Roles = Field(description="Cơ quan nào giữ phần việc nào")
    may: Rights = Field(
        Rights(),
        description="Phần việc nào được làm thao tác nào; thao tác không nêu thì như mặc định",
        examples=["{extension: [lead]}"],
    )
    blocks: tuple[Block, ...] = Field(min_length=1, description="Các khối đơn vị")
    units: tuple[Unit, ...] = Field(min_length=1, description="Các đơn vị; có danh bạ thì chỉ ghi nơi khác danh bạ")
    stages: Stages = Field(
        min_length=1, max_length=MOST_STAGES, description="Các giai đoạn, theo thứ tự in trên trang và danh sách"
    )
    ladders: dict[Slug, tuple[LadderStep, ...]] = Field(
        max_length=100,
        description="Các bậc thang nhắc, đôn đốc, theo tên",
        examples=["{bac: [{at: -3, kind: reminder, to: unit}]}"],
    )
    quiet: Quiet = Field(
        Quiet(), description="Giờ không gửi thư nhắc, đôn đốc, bản tin", examples=['{start: "18:00", end: "07:00"}']
    )
    upload_page: UploadPage | None = Field(
        None,
        description="Trang nộp bằng trình duyệt; {plan}, {campaign}, {unit} được thay",
        examples=['"https://nop.tinh.example/{plan}/{campaign}/{unit}"'],
    )
    unit_page: UnitPage = Field(
        UnitPage(), description="Mã xác nhận khi mở trang nộp hồ sơ", examples=["{one_time_code: true}"]
    )
    holidays: dict[date, Text] = Field(
        default_factory=dict, description="Ngày nghỉ ngoài lịch chung", examples=["{2030-11-11: Nghỉ bù}"]
    )
    workdays: dict[date, Text] = Field(
        default_factory=dict, description="Ngày làm việc dù lịch chung nghỉ", examples=["{2030-11-16: Làm bù}"]
    )
    recipients: tuple[Text, ...] = Field(
        description="«Nơi nhận», như in", examples=["[Hội đồng nhân dân tỉnh, Lưu Văn phòng]"]
    )
    limits: Quantities = Field(Quantities(), description="Mức tiếp nhận tệp", examples=["{max_file_mb: 50}"])
    severities: dict[SettableCode, Severity] = Field(
        default_factory=dict,
        description="Mức khác mặc định cho lưu ý về lời văn, theo mã",
        examples=["{DC-01: critical}"],
    )
    mail: MailLimits = Field(MailLimits(), description="Mức thư mỗi người nhận", examples=["{per_reader_day: 10}"])
    adjusted: Adjustment | None = Field(
        None,
        description="Lần điều chỉnh gần nhất khi đợt đang mở; mỗi lần điều chỉnh ghi lại",
        examples=["{by: Chủ tịch Ủy ban nhân dân tỉnh, reason: Mưa lũ kéo dài}"],
    )
    campaigns: tuple[Campaign, ...] = Field(min_length=1, max_length=100, description="Các đợt")

    @model_validator(mode="after")
    def _owing_beside_reports(self) -> Plan:
        """Add what units owe to stages that take documents: each of it is a line of its own."""
        stages = [stage for stage in self.stages if stage.kind is StageKind.COLLECT and stage.takes == "document"]
        known = {unit.code for unit in self.units}
        more = [
            owed
            for stage in stages
            for unit in self.units
            if not unit.beside and unit.owes not in (Duty.EXEMPT, Duty.COVERAGE_PLAN)
            if not stage.blocks or not {unit.code, unit.block}.isdisjoint(stage.blocks)
            if (owed := unit.owing_beside(stage.id, stage.delivers)).code not in known
        ]
        if more:
            object.__setattr__(self, "units", (*self.units, *more))
        return self

    _whole: Plan | None = PrivateAttr(None)  # of a plan as a campaign has it: the plan as it is written

    def unit(self, code: str) -> Unit:
        """Return the unit with a code; raise KeyError."""
        return _by_code(self.units, code)

    def office(self, code: str) -> Office:
        """Return the office with a code; raise KeyError."""
        return _by_code(self.offices, code)

    def holder(self, folder: str) -> Unit | Office | None:
        """Return whose inbox folder one is, by its name; None where it is nobody's."""
        return next((each for each in self.units if each.code == folder), None) or next(
            (each for each in self.offices if each.code == folder), None
        )

    def playing(self, part: Part) -> list[str]:
        """Return the codes of the offices that play a part: as the roles say, or as owners of stages."""
        if part in OF_STAGES:
            return list(dict.fromkeys(stage.owner for stage in self.stages_of(OF_STAGES[part])))
        if part == "leader":
            return list(dict.fromkeys(block.leader for block in self.blocks))
        named: str | None = getattr(self.roles, part, None)
        return [named] if named else []

    def parts_of(self, account: str) -> frozenset[Part]:
        """Return the parts that the office with an account plays; none where the plan does not know the account."""
        offices = {office.code for office in self.offices if office.account == account}
        return frozenset(part for part in get_args(Part) if not offices.isdisjoint(self.playing(part)))

    def offices_of(self, act: str, stage: Stage | None = None) -> list[Office]:
        """Return the offices that may do an act, of a stage, and have an account to do it with, each once."""
        owner = [stage.owner] if stage else []
        codes = dict.fromkeys(
            code for part in self.may.of(act) for code in (owner if part == "owner" else self.playing(part))
        )
        return [office for code in codes if (office := self.office(code)).account]

    def block(self, code: str) -> Block:
        """Return the block with a code; raise KeyError."""
        return _by_code(self.blocks, code)

    def campaign(self, code: str) -> Campaign:
        """Return the campaign with a code; raise KeyError."""
        return _by_code(self.campaigns, code)

    def stage(self, code: str) -> Stage:
        """Return the stage with an id; raise KeyError."""
        for stage in self.stages:
            if stage.id == code:
                return stage
        raise KeyError(code)

    def stages_of(self, *kinds: StageKind) -> list[Stage]:
        """Return the stages of some kinds, in the plan's order."""
        return [stage for stage in self.stages if stage.kind in kinds]

    def upstream(self, stage: Stage) -> list[Stage]:
        """Return all that a stage rests on, directly or not, in the plan's order."""
        return upstream(self.stages, stage)

    def downstream(self, stage: Stage) -> list[Stage]:
        """Return all that rests on a stage, directly or not, in the plan's order."""
        return downstream(self.stages, stage)

    def draft_of(self, stage: Stage) -> Stage | None:
        """Return the draft that a stage works on: the first on its way up."""
        return next(iter(nearest_drafts(self.stages, stage)), None)

    def returned_by(self, appraisal: Stage) -> Stage | None:
        """Return the draft that goes back where an appraisal returns it."""
        return self.stage(appraisal.returns_to) if appraisal.returns_to else self.draft_of(appraisal)

    def mark_of(self, stage: Stage) -> str:
        """Return what tells a stage's decisions and mails from those of others of its kind; "" for the first one."""
        return "" if stage.id == self.stages_of(stage.kind)[0].id else f"{stage.id}-"

    def stage_of(self, unit: Unit) -> Stage:
        """Return the stage that a unit hands its work in to: the one that names its block, or names none."""
        kind = StageKind.PUBLISH if unit.owes is Duty.COVERAGE_PLAN else StageKind.COLLECT
        asking = [stage for stage in self.stages_of(kind) if stage.takes == "report" or stage.id == unit.beside]
        beside = (stage for stage in asking if stage.id == unit.beside)
        by_code = (stage for stage in asking if unit.base in stage.blocks)
        by_block = (stage for stage in asking if unit.block in stage.blocks)
        found = next(beside, None) or next(by_code, None) or next(by_block, None)
        return found or next(stage for stage in asking if not stage.blocks)

    def units_of(self, stage: Stage) -> list[Unit]:
        """Return the units that hand their work in to a stage, in the plan's order."""
        return [unit for unit in self.units if self.stage_of(unit).id == stage.id]

    def deadline_of(self, campaign: Campaign, stage: Stage, unit: Unit) -> Deadline:
        """Return a unit's date for a stage, as the plan has it."""
        days = [campaign.stages[each.id].last_day for each in self.upstream(stage) if each.kind is StageKind.CONFER]
        return WorkingCalendar.of(self).date_of(campaign.stages[stage.id], (unit.base, unit.block), days[-1:])

    def ladder_of(self, unit: Unit) -> str:
        """Return the name of the ladder that a unit is reminded by."""
        block = self.block(unit.block)
        return block.ladder_for.get(unit.owes, block.ladder)

    def form_of(self, unit: Unit) -> IndicatorForm | None:
        """Return the table that a unit fills in; None where it reports in words only."""
        return next((form for form in self.forms if unit.block in form.blocks), None)

    def in_campaign(self, campaign: Campaign) -> Plan:
        """Return the plan as a campaign has it: with what is its own, its stages, and the units that owe to those."""
        whole, there, own = self._whole or self, campaign.stages, campaign.own
        changes = own.changes(whole.forms)
        if not all(stage.id in there for stage in whole.stages):
            changes["stages"] = tuple(dated(whole.stages, there))
        if own.without or "stages" in changes:
            out = frozenset(own.without)
            owing = (unit for unit in whole.units if out.isdisjoint((unit.base, unit.block)))
            changes["units"] = tuple(unit for unit in owing if whole.stage_of(unit).id in there)
        if not changes:
            return whole
        made = whole.model_copy(update=changes)
        made._whole = whole
        return made

    def campaigns_before(self, campaign: Campaign) -> list[Campaign]:
        """Return the campaigns that opened before one, the latest first."""
        earlier = [each for each in self.campaigns if each.opens < campaign.opens]
        return sorted(earlier, key=lambda each: each.opens, reverse=True)

    def open_campaigns(self, now: datetime) -> list[Campaign]:
        """Return the campaigns that are under way."""
        return [each for each in self.campaigns if each.start <= now < each.end]

    def present_campaign(self, now: datetime) -> Campaign:
        """Return the campaign that is meant where none is named; before the first begins, the first."""
        return present(self.campaigns, now) or min(self.campaigns, key=lambda each: each.opens)


_Coded = TypeVar("_Coded", Unit, Office, Block, Campaign)


def _by_code(things: tuple[_Coded, ...], code: str) -> _Coded:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
