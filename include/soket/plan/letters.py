"""How an office writes: the form of its documents, what stands above and below them; who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, EmailStr, Field, model_validator

from soket.plan.strict import Strict, Text
from soket.text import format_date

DocumentForm = Literal["party", "state"]  # Hướng dẫn 36-HD/VPTW, or Nghị định 30/2020/NĐ-CP
ReviewWord = Literal["sơ kết", "tổng kết", "đánh giá", "kiểm điểm"]


class Letterhead(Strict):
    """What stands above and below an office's documents, as printed; what is not given stays blank or out."""

    parent: Text | None = None  # the line of the body above it: TỈNH ỦY …
    agency: Text | None = None  # its own line; its name in capitals where not given
    sign: Text | None = None  # what its numbers end in: "UBND" of "…/BC-UBND"
    place: Text | None = None  # where its documents are dated, unless where the plan's are
    authority: Text | None = None  # in whose name it signs: T/M BAN THƯỜNG VỤ, TM. ỦY BAN NHÂN DÂN, K/T TRƯỞNG BAN
    post: Text | None = None  # whose post signs: CHỦ TỊCH
    by_order: Text | None = None  # how it signs for whoever decides: T/L BAN THƯỜNG VỤ, TL. CHỦ TỊCH
    archive: Text | None = None  # where the copy is kept: "Văn phòng …", "VT, TH"


class Person(Strict):
    """Whom mail reaches."""

    name: Text
    title: Text | None = None
    email: EmailStr
    phone: Text | None = None


class StandIn(Person):
    """Who stands in for a contact between two days."""

    model_config = ConfigDict(populate_by_name=True)

    from_day: date = Field(alias="from")
    to_day: date = Field(alias="to")  # the last day

    @property
    def as_contact(self) -> Contact:
        """The deputy as a reader of mail."""
        return Contact(name=self.name, title=self.title, email=self.email, phone=self.phone)

    @model_validator(mode="after")
    def _begins_first(self) -> StandIn:
        if self.from_day > self.to_day:
            raise ValueError(f"thay từ ngày {format_date(self.from_day)}, sau ngày cuối là {format_date(self.to_day)}")
        return self


class Contact(Person):
    """A person or desk that mail reaches, and who stands in for it when."""

    deputies: tuple[StandIn, ...] = ()

    def stand_in_on(self, day: date) -> StandIn | None:
        """Return who stands in on a day; None where the contact is there."""
        return next((each for each in self.deputies if each.from_day <= day <= each.to_day), None)
