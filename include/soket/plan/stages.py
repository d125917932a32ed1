"""The stages of a plan: instances of kinds. Code knows kinds; which stages there are, and how they follow, is data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from soket.plan.strict import Slug, Strict, Text

MOST_STAGES = 60


class StageKind(StrEnum):
    """What a stage does."""

    COLLECT = "collect"  # asks units for reports, waits for each block, closes
    DRAFT = "draft"  # draws a working draft from what it follows, takes the official one
    APPRAISE = "appraise"  # a person sends the draft back or up
    CONFER = "confer"  # a conference is called
    PUBLISH = "publish"  # the press, and the archive

    @property
    def reopens(self) -> bool:
        """Whether another round comes of reopening: an appraisal's come with its draft, and an archive is one."""
        return self not in (StageKind.APPRAISE, StageKind.PUBLISH)


class Stage(Strict, title="Giai đoạn"):
    """A part of the plan: who does it, for whom, what it delivers, what it follows, and what happens at its date."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: Slug = Field(
        description="Mã giai đoạn, không trùng; cũng là tên luồng «mã kế hoạch.mã giai đoạn»", examples=["bao_cao"]
    )
    kind: StageKind = Field(
        description="Loại việc: thu báo cáo, dự thảo, thẩm định, họp, tuyên truyền và lưu trữ", examples=["collect"]
    )
    title: Text = Field(description="Tên giai đoạn", examples=["Báo cáo của các đơn vị"])
    owner: Slug = Field(description="Cơ quan thực hiện, theo mã", examples=["bt_tuyen_giao"])
    receiver: Slug = Field(description="Cơ quan nhận sản phẩm, theo mã", examples=["van_phong"])
    delivers: Text = Field(description="Sản phẩm", examples=["Báo cáo tổng hợp"])
    source: Text = Field(description="Mục nào của văn bản kế hoạch nói điều này", examples=["Mục III, điểm 2"])
    takes: Literal["report", "document"] = Field(
        "report",
        description="Giai đoạn collect nhận báo cáo (report), hay một văn bản khác đơn vị nộp thêm, như hồ sơ khen "
        "thưởng, đăng ký (document)",
        examples=["document"],
    )
    signed_copy: Literal["optional", "required"] = Field(
        "optional",
        description="Giai đoạn collect: bản ký số của văn bản đơn vị nộp, có thì đối chiếu (optional) hay phải có "
        "(required)",
        examples=["required"],
    )
    after: tuple[Slug, ...] = Field(
        (), description="Các giai đoạn mà giai đoạn này dựa vào, theo mã", examples=["[bao_cao]"]
    )
    returns_to: Slug | None = Field(
        None,
        description="Của thẩm định: dự thảo bị trả lại là của giai đoạn nào; không ghi là dự thảo được thẩm định",
        examples=["du_thao"],
    )
    blocks: tuple[Slug, ...] = Field(
        default=(),
        alias="from",
        description="Đơn vị khối nào gửi vào đây; không ghi là các khối chưa nơi nào nêu",
        examples=["[huyen_thi_thanh_uy]"],
    )
    at_deadline: Literal["wait", "proceed"] = Field(
        "wait", description="Đến hạn mà còn thiếu: chờ tiếp (wait) hay đi tiếp (proceed)", examples=["proceed"]
    )
    copies: tuple[Slug, ...] = Field((), description="Cơ quan được báo sản phẩm, theo mã", examples=["[van_phong]"])


def _as_a_list(given: Any) -> Any:  # noqa: ANN401 - whatever the file has
    if isinstance(given, dict):
        raise PydanticCustomError("stages_by_name", "stages are a list, no longer each under its name")
    return given


Stages = Annotated[tuple[Stage, ...], BeforeValidator(_as_a_list)]
"""The stages of a plan, in the order of pages and lists."""


def upstream(stages: Sequence[Stage], stage: Stage) -> list[Stage]:
    """Return all that a stage rests on, directly or not, in the plan's order."""
    found = set(stage.after)
    while more := {code for each in stages if each.id in found for code in each.after} - found:
        found |= more
    return [each for each in stages if each.id in found]


def downstream(stages: Sequence[Stage], stage: Stage) -> list[Stage]:
    """Return all that rests on a stage, directly or not, in the plan's order."""
    found = {each.id for each in stages if stage.id in each.after}
    while more := {each.id for each in stages if found.intersection(each.after)} - found:
        found |= more
    return [each for each in stages if each.id in found]


def dated(stages: Sequence[Stage], codes: Collection[str]) -> list[Stage]:
    """Return the stages that a campaign has: what follows one that it has not follows what that one followed."""
    known = {each.id: each for each in stages}

    def before(stage: Stage, seen: frozenset[str]) -> Iterator[str]:
        for code in stage.after:
            if code in codes:
                yield code
            elif code in known and code not in seen:
                yield from before(known[code], seen | {code})

    return [
        each.model_copy(
            update={
                "after": tuple(dict.fromkeys(before(each, frozenset()))),
                "returns_to": each.returns_to if each.returns_to in codes else None,
            }
        )
        for each in stages
        if each.id in codes
    ]


def in_turn(stages: Iterable[Stage]) -> list[Stage]:
    """Return stages each behind those that it follows, else in the plan's order; of a circle, as they stand."""
    waiting, found = list(stages), list[Stage]()
    while waiting:
        left = {each.id for each in waiting}
        ready = next((each for each in waiting if not left.intersection(each.after)), waiting[0])
        waiting.remove(ready)
        found.append(ready)
    return found


def nearest_drafts(stages: Sequence[Stage], stage: Stage) -> list[Stage]:
    """Return the drafts that a stage comes to first on its ways up, in the plan's order."""
    known = {each.id: each for each in stages}
    found, waiting, seen = set[str](), [*stage.after], set[str]()
    while waiting:
        code = waiting.pop()
        if code in seen or code not in known:
            continue
        seen.add(code)
        if known[code].kind is StageKind.DRAFT:
            found.add(code)
        else:
            waiting += known[code].after
    return [each for each in stages if each.id in found]
