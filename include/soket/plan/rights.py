"""Which part of a plan may do which act."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from soket.plan.strict import Slug, Strict

Part = Literal["lead", "receiver", "drafter", "appraiser", "standing", "operator"]
Parts = Annotated[tuple[Part, ...], Field(min_length=1)]


class Roles(Strict):
    """Which office plays which part."""

    lead: Slug  # organises: guides, follows and urges
    receiver: Slug  # receives unit reports
    drafter: Slug  # writes the consolidated draft
    appraiser: Slug  # appraises it
    standing: Slug  # decides
    operator: Slug  # runs soket
    signer: Slug | None = None  # signs the papers of the conference and the archive, where not the appraiser

    @property
    def signs(self) -> str:
        """The office that signs by order of whoever decides."""
        return self.signer or self.appraiser


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
