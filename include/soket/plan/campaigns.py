"""The campaigns that run through a plan's stages, and what one of them has of its own beside its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, Field

from soket.clock import VIETNAM, Clock
from soket.plan.dates import StageDates
from soket.plan.letters import ReviewWord
from soket.plan.natures import Target
from soket.plan.periods import Period
from soket.plan.rules import OrderRule, SumRule
from soket.plan.signs import without_curly_quotes
from soket.plan.strict import Slug, Strict, Text
from soket.plan.tables import IndicatorForm
from soket.text import flat

_FAILINGS = re.compile(r"\b(?:ton tai|han che|khuyet diem|yeu kem|kho khan|vuong mac|nguyen nhan)\b")
_DONE = re.compile(r"\b(?:ket qua|thanh tuu|lanh dao|chi dao|quan triet|to chuc thuc hien|trien khai)\b")


def _not_in_curly_quotes(number: str) -> str:
    if without_curly_quotes(number):
        raise ValueError(f"số mục {number} còn dấu nháy của Word, sẽ in cả dấu")
    return number


class Section(Strict, title="Mục của đề cương"):
    """A heading of the outline (đề cương) that reports follow; `keywords` find it under other wordings."""

    code: Slug = Field(description="Mã mục, không trùng", examples=["ket_qua"])
    number: Annotated[Text, AfterValidator(_not_in_curly_quotes)] = Field(
        description="Số mục như in, đặt trong nháy kép", examples=['"III"']
    )
    title: Text = Field(description="Tên mục", examples=["Kết quả đạt được"])
    keywords: tuple[Text, ...] = Field((), description="Tên gọi khác của mục", examples=["[kết quả thực hiện]"])
    required: bool = Field(True, description="Bắt buộc có", examples=["false"])
    min_words: int = Field(default=15, ge=0, description="Ít chữ hơn thì hỏi (DC-04); 0 là không xét", examples=["80"])
    guidance: Text | None = Field(
        None,
        description="Lời hướng dẫn in dưới mục; đơn vị để nguyên thì bị hỏi",
        examples=["Nêu rõ số liệu từng năm."],
    )
    lead: Text | None = Field(
        None,
        description="Lời mở đầu mục này trong dự thảo làm việc",
        examples=["Các cấp ủy đã tập trung lãnh đạo, chỉ đạo."],
    )
    pages: float | None = Field(
        None,
        gt=0,
        le=50,
        description="Số trang dành cho mục này trong dự thảo làm việc; không ghi thì chia theo «min_words»",
        examples=["1.5"],
    )
    naming: Literal["example", "named", "unnamed"] | None = Field(
        None,
        description="Câu trích ở mục này trong dự thảo: nêu đơn vị làm điển hình (example), nêu tên (named), không nêu "
        "tên (unnamed); không ghi thì mục kết quả, lãnh đạo là điển hình, mục tồn tại, khó khăn không nêu tên",
        examples=["unnamed"],
    )

    @property
    def quotes_as(self) -> Literal["example", "named", "unnamed"]:
        """How units are named beside their sentences: who did well as examples, who failed not at all."""
        title = flat(self.title)
        usual = "unnamed" if _FAILINGS.search(title) else "example" if _DONE.search(title) else "named"
        return self.naming or cast("Literal['example', 'named', 'unnamed']", usual)


class FormOwn(Strict, title="Biểu số liệu của riêng một đợt"):
    """What a campaign changes of a form that it asks for; the rest is as the plan has it."""

    title: Text | None = Field(None, description="Tên biểu trong đợt này", examples=["Biểu 01. Kết quả quý I"])
    years: tuple[Period, ...] | None = Field(
        None, min_length=1, description="Các cột trong đợt này", examples=["[quý I/2030]"]
    )
    targets: dict[Text, Target] = Field(
        default_factory=dict,
        description="Mục tiêu trong đợt này, theo mã chỉ tiêu",
        examples=["{CT01: {year: 2035, value: 6300}}"],
    )
    without: tuple[Text, ...] = Field((), description="Mã các chỉ tiêu đợt này không hỏi", examples=["[CT03]"])

    def of(self, form: IndicatorForm) -> IndicatorForm:
        """Return a form as the campaign asks for it; rules between indicators of which one is not asked for go, too."""
        indicators = tuple(
            each.model_copy(update={"target": self.targets[each.code]}) if each.code in self.targets else each
            for each in form.indicators
            if each.code not in self.without
        )
        changes: dict[str, object] = {"indicators": indicators}
        changes |= {"title": self.title} if self.title else {}
        changes |= {"years": self.years} if self.years else {}
        changes["rules"] = tuple(rule for rule in form.rules if not _names(rule) & {*self.without})
        return form.model_copy(update=changes)


def _names(rule: SumRule | OrderRule) -> set[str]:
    return {rule.total, *rule.parts} if isinstance(rule, SumRule) else {rule.smaller, rule.larger}


class CampaignOwn(Strict, title="Nội dung riêng của một đợt"):
    """What a campaign says in place of its plan, by the same names; what it does not say is as the plan has it."""

    title: Text | None = Field(None, description="Tên kế hoạch trong đợt này", examples=["Tổng kết 10 năm thực hiện …"])
    short_title: Text | None = Field(None, description="Tên ngắn trong đợt này", examples=["Tổng kết NQ 08"])
    review_word: ReviewWord | None = Field(None, description="Đợt này gọi việc của mình là gì", examples=["tổng kết"])
    source: Text | None = Field(None, description="Văn bản của đợt này", examples=["Kế hoạch số 15-KH/TU ngày …"])
    document_number: Text | None = Field(None, description="Số của văn bản ấy", examples=["15-KH/TU"])
    legal_basis: tuple[Text, ...] | None = Field(None, description="Căn cứ của đợt này", examples=["[Kết luận …]"])
    purposes: tuple[Text, ...] | None = Field(None, description="Mục đích, yêu cầu", examples=["[Đánh giá 10 năm]"])
    goals: tuple[Text, ...] | None = Field(None, description="Nội dung kiểm điểm", examples=["[Kết quả đến 2035]"])
    request_guidance: tuple[Text, ...] | None = Field(
        None, description="Các ý thêm vào công văn đề nghị báo cáo", examples=["[Số liệu trong quý]"]
    )
    outline: tuple[Section, ...] | None = Field(
        None,
        min_length=1,
        description="Đề cương của đợt này, thay cả đề cương của kế hoạch",
        examples=['[{code: ket_qua, number: "I", title: Kết quả}]'],
    )
    estimated_years: tuple[Period, ...] | None = Field(
        None, description="Năm, kỳ mà số liệu đợt này mới là số ước", examples=["[quý IV/2030]"]
    )
    forms: dict[Slug, FormOwn] | None = Field(
        None,
        description="Các biểu mà đợt này hỏi, theo mã biểu; biểu không nêu thì đợt này không hỏi",
        examples=["{bieu_01: {years: [quý I/2030]}}"],
    )
    without: tuple[Slug, ...] = Field(
        (), description="Mã khối, đơn vị không nợ gì trong đợt này", examples=["[h_thach_lam]"]
    )

    def changes(self, forms: Iterable[IndicatorForm]) -> dict[str, Any]:
        """Return what the campaign says in place of its plan, by the plan's names, given the plan's forms."""
        changes = {
            name: said
            for name in type(self).model_fields
            if name not in ("forms", "without") and (said := getattr(self, name)) is not None
        }
        if self.forms is not None:
            changes["forms"] = tuple(self.forms[form.code].of(form) for form in forms if form.code in self.forms)
        return changes


class Campaign(Strict, title="Đợt"):
    """One run through the plan (đợt)."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")] = Field(
        description="Mã đợt, không trùng; chỉ gồm chữ số thì đặt trong nháy kép", examples=['"2030"']
    )
    title: Text = Field(description="Tên đợt", examples=["Đánh giá 5 năm"])
    opens: date = Field(description="Ngày mở đợt", examples=["2030-10-18"])
    closes: date = Field(description="Ngày cuối của đợt", examples=["2030-12-03"])
    stages: dict[Slug, StageDates] = Field(
        description="Ngày của từng giai đoạn, theo mã; giai đoạn không nêu thì đợt này không có",
        examples=["{bao_cao: {opens: 2030-10-18, before: 2030-11-05}}"],
    )
    own: CampaignOwn = Field(
        CampaignOwn(),
        description="Nội dung riêng của đợt, thay cho của kế hoạch",
        examples=["{short_title: Tổng kết NQ 08}"],
    )

    @property
    def start(self) -> datetime:
        """The moment the campaign starts, Vietnam time."""
        return datetime.combine(self.opens, time(), VIETNAM)

    @property
    def end(self) -> datetime:
        """The first moment after the campaign, Vietnam time."""
        return datetime.combine(self.closes + timedelta(days=1), time(), VIETNAM)

    @property
    def last_morning(self) -> datetime:
        """The morning of the last day, when the campaign is archived."""
        return datetime.combine(self.closes, time(7, 30), VIETNAM)


def lane_mark(lane: int) -> str:
    """Return what stands behind the names of a lane's DAGs and assets: nothing for the first."""
    return f".{lane + 1}" if lane else ""


def lane_mark_of(campaigns: Iterable[Campaign], campaign: Campaign) -> str:
    """Return what stands behind the names of the DAGs that one of some campaigns runs in."""
    held = [[each.code for each in lane] for lane in lanes(campaigns)]
    return next(lane_mark(number) for number, codes in enumerate(held) if campaign.code in codes)


def dag_of(plan: str, stage: str, campaigns: Iterable[Campaign], campaign: Campaign) -> str:
    """Return the name of the DAG that a stage of a plan runs in, in one of the plan's campaigns."""
    return f"{plan}.{stage}{lane_mark_of(campaigns, campaign)}"


def date_of(clock: Clock, moment: datetime) -> datetime:
    """Return the date of a run that is due at a campaign moment: that moment, or the real one where it comes first."""
    return min(moment, clock.real_time(moment))


def lanes(campaigns: Iterable[Campaign]) -> list[tuple[Campaign, ...]]:
    """Return campaigns in lanes, so that of one lane only one is open at a time: the first that is free when one opens.

    A campaign that is added behind others moves none of them.
    """
    found: list[list[Campaign]] = []
    for campaign in sorted(campaigns, key=lambda each: (each.opens, each.closes, each.code)):
        free = next((lane for lane in found if lane[-1].end <= campaign.start), None)
        if free is None:
            found.append([campaign])
        else:
            free.append(campaign)
    return [tuple(lane) for lane in found]
