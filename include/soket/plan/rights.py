"""Which part of a plan may do which act."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from soket.plan.strict import Slug, Strict

Part = Literal["lead", "receiver", "drafter", "appraiser", "standing", "operator"]
Parts = Annotated[tuple[Part, ...], Field(min_length=1)]


class Roles(Strict):
    """Which office plays which part."""

    lead: Slug  # guides, follows and urges (Ban Tuyên giáo)
    receiver: Slug  # receives unit reports (UBND tỉnh)
    drafter: Slug  # writes the consolidated draft (Ban cán sự đảng UBND tỉnh)
    appraiser: Slug  # appraises it (Văn phòng Tỉnh ủy)
    standing: Slug  # decides (Thường trực Tỉnh ủy)
    operator: Slug  # runs soket


class Rights(Strict):
    """The parts that may do each act; what an act is, `soket.record.decisions` says by the same name."""

    extension: Parts = ("lead", "operator")
    exemption: Parts = ("lead",)
    nil_return: Parts = ("lead", "operator")
    review: Parts = ("lead", "operator")
    retry: Parts = ("lead", "operator")
    postponement: Parts = ("standing",)
    reopening: Parts = ("lead", "operator")
    mute: Parts = ("lead", "operator")
    undo: Parts = ("lead", "standing", "operator")  # of such acts as the same part may do
    appraisal: Parts = ("appraiser",)
    conference_format: Parts = ("appraiser",)

    def of(self, act: str) -> tuple[Part, ...]:
        """Return the parts that may do an act, by its name in the plan."""
        parts: tuple[Part, ...] = getattr(self, act)
        return parts
