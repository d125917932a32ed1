"""The ladder (bậc thang nhắc): who is written to how many working days from a unit's last day, and when nobody is."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from soket.plan.strict import Hour, Slug, Strict

FARTHEST = 250  # working days: about a year
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


class LadderStep(Strict, title="Bậc nhắc, đôn đốc"):
    """A reminder or escalation, so many working days from a unit's last day (0), at an hour."""

    at: int = Field(
        ge=-FARTHEST,
        le=FARTHEST,
        description="Số ngày làm việc tính từ ngày cuối (0): âm là trước, dương là sau",
        examples=["-3"],
    )
    hour: Hour = Field(MORNING, description="Giờ gửi", examples=['"08:00"'])
    kind: Literal["reminder", "escalation"] = Field(
        description="Nhắc trước hạn, hay đôn đốc khi đã quá hạn", examples=["reminder"]
    )
    to: Recipient = Field(
        description="Gửi đơn vị, thủ trưởng; hay bản tổng hợp: cơ quan theo dõi khối, cơ quan chủ trì, nơi quyết định",
        examples=["unit"],
    )
    tone: Tone = Field(Tone.SERIOUS, description="Giọng thư", examples=["urgent"])
    template: Slug | None = Field(
        None, description="Mẫu thư riêng: tên thư mục con của email/<kind>", examples=["final_day"]
    )
    cc: tuple[Slug, ...] = Field((), description="Cơ quan được sao gửi, theo mã", examples=["[van_phong]"])
    letter: bool = Field(
        False, description="Từ bậc này bản tổng hợp kèm dự thảo công văn đôn đốc (chỉ của đôn đốc)", examples=["true"]
    )

    @model_validator(mode="after")
    def _letter_escalates(self) -> LadderStep:
        if self.letter and self.kind != "escalation":
            raise ValueError("«letter: true» (dự thảo công văn) chỉ đi với «kind: escalation»")
        return self


class Quiet(Strict, title="Giờ nghỉ"):
    """When readers are left alone: from one hour of the day to another, and all of every day off."""

    start: Hour = Field(time(18), description="Từ giờ này không gửi thư nhắc, đôn đốc, bản tin", examples=['"18:00"'])
    end: Hour = Field(time(7), description="Đến giờ này; bằng giờ đầu thì chỉ nghỉ các ngày nghỉ", examples=['"07:00"'])

    def covers(self, hour: time) -> bool:
        """Whether an hour of a working day lies in it."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


class MailLimits(Strict, title="Mức thư"):
    """How much mail a reader is to bear."""

    per_reader_day: int = Field(
        10, ge=1, description="Một người một ngày nhận nhiều nhất bao nhiêu thư nhắc, đôn đốc, bản tin", examples=["10"]
    )
