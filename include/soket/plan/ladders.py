"""The ladder (bậc thang nhắc): who is written to how many working days from a unit's last day, and when nobody is."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Literal

from pydantic import model_validator

from soket.plan.strict import Slug, Strict

MORNING = time(7, 30)  # when the working day's mail goes out, unless a step has an hour of its own


class Recipient(StrEnum):
    """Whom a ladder step writes to."""

    UNIT = "unit"
    HEAD = "head"  # the unit's own leader
    LEADER = "leader"  # the block's leading office, one digest of all its late units
    LEAD = "lead"  # the office that leads the review, one digest of all late units
    STANDING_BOARD = "standing_board"  # whoever decides, one digest of all late units

    @property
    def superior(self) -> bool:
        """Whether it is an office above the units, which gets one digest of many."""
        return self not in (Recipient.UNIT, Recipient.HEAD)


class Tone(StrEnum):
    """How a step asks; it changes the wording, nothing else."""

    FRIENDLY = "friendly"
    SERIOUS = "serious"
    URGENT = "urgent"

    @property
    def weight(self) -> int:
        """How strong it is: a digest that several steps ask for takes the strongest."""
        return list(Tone).index(self)


class LadderStep(Strict):
    """A reminder or escalation, so many working days from a unit's last day (0), at an hour."""

    at: int  # working days: negative before the last day, positive after
    hour: time = MORNING
    kind: Literal["reminder", "escalation"]
    to: Recipient
    tone: Tone = Tone.SERIOUS
    template: Slug | None = None  # a variant of the mail: a folder inside email/<kind>/
    cc: tuple[Slug, ...] = ()  # offices that get a copy
    letter: bool = False  # from this step on, digests of late units carry a draft letter for signature

    @model_validator(mode="after")
    def _letter_escalates(self) -> LadderStep:
        if self.letter and self.kind != "escalation":
            raise ValueError("«letter: true» (dự thảo công văn) chỉ đi với «kind: escalation»")
        return self


class Quiet(Strict):
    """When readers are left alone: from one hour of the day to another, and all of every day off."""

    start: time = time(18)
    end: time = time(7)  # the same as the start: only days off are quiet

    def covers(self, hour: time) -> bool:
        """Whether an hour of a working day lies in it."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end
