"""How an office writes: the form of its documents, what stands above and below them; who stands in for whom."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import (
    ConfigDict,
    EmailStr,
    Field,
    TypeAdapter,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from soket.plan.strict import Strict, Text, UnfitError
from soket.text import format_date

DocumentForm = Literal["party", "state"]  # whose guides and decrees a document follows: its editions say which
EditionName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,60}$")]
ReviewWord = Literal["sơ kết", "tổng kết", "đánh giá", "kiểm điểm"]


class Letterhead(Strict, title="Đầu và cuối văn bản"):
    """What stands above and below an office's documents, as printed; what is not given stays blank or out."""

    parent: Text | None = Field(
        None,
        description="Dòng cơ quan cấp trên, như in; không ghi thì để trống",
        examples=["ỦY BAN NHÂN DÂN TỈNH NAM SƠN"],
    )
    agency: Text | None = Field(
        None, description="Dòng tên cơ quan, như in; không ghi thì lấy tên cơ quan viết hoa", examples=["SỞ NỘI VỤ"]
    )
    sign: Text | None = Field(None, description="Ký hiệu sau số văn bản: «UBND» trong «…/BC-UBND»", examples=["SNV"])
    place: Text | None = Field(
        None, description="Nơi ghi trước ngày của văn bản; không ghi thì như kế hoạch", examples=["Nam Sơn"]
    )
    authority: Text | None = Field(
        None, description="Ký thay ai: T/M, TM., K/T, KT., Q. và tên cơ quan, chức vụ", examples=["TM. ỦY BAN NHÂN DÂN"]
    )
    post: Text | None = Field(None, description="Chức vụ người ký", examples=["CHỦ TỊCH"])
    by_order: Text | None = Field(
        None, description="Dòng ký thừa lệnh khi ký thay nơi quyết định", examples=["TL. CHỦ TỊCH"]
    )
    edition: EditionName | None = Field(
        None,
        description="Thể thức riêng của cơ quan, trong thư mục forms; không ghi thì theo ngày ký",
        examples=["van-phong"],
    )
    archive: Text | None = Field(None, description="Nơi lưu, dòng cuối của «Nơi nhận»", examples=["VT, TH"])


@lru_cache(maxsize=20_000)
def _sound(address: str) -> str:
    return _ADDRESS.validate_python(address)


_ADDRESS: TypeAdapter[EmailStr] = TypeAdapter(EmailStr)


def _looked_at_once(value: object, look: ValidatorFunctionWrapHandler) -> object:
    """Look at an address once for all plans that name it: it is a third of what reading a plan costs."""
    return _sound(value) if isinstance(value, str) else look(value)


class Person(Strict, title="Người nhận thư"):
    """Whom mail reaches."""

    name: Text = Field(description="Tên người, phòng hoặc bộ phận nhận thư", examples=["Phòng Tổng hợp"])
    title: Text | None = Field(None, description="Chức vụ", examples=["Chánh Văn phòng"])
    email: Annotated[EmailStr, WrapValidator(_looked_at_once)] = Field(
        description="Địa chỉ thư; một mục một địa chỉ", examples=["vanthu@donvi.example"]
    )
    phone: Text | None = Field(None, description="Số điện thoại, ghi cả số 0 đầu", examples=["0239 000 0000"])


class StandIn(Person, title="Người thay"):
    """Who stands in for a contact between two days."""

    model_config = ConfigDict(populate_by_name=True)

    from_day: date = Field(alias="from", description="Ngày đầu thay", examples=["2030-11-02"])
    to_day: date = Field(alias="to", description="Ngày cuối còn thay", examples=["2030-11-13"])

    @property
    def as_contact(self) -> Contact:
        """The deputy as a reader of mail."""
        return Contact(name=self.name, title=self.title, email=self.email, phone=self.phone)

    @model_validator(mode="after")
    def _begins_first(self) -> StandIn:
        if self.from_day > self.to_day:
            raise UnfitError(
                f"thay từ ngày {format_date(self.from_day)}, sau ngày cuối là {format_date(self.to_day)}",
                "Sửa «from» hoặc «to».",
            )
        return self


class Contact(Person, title="Đầu mối nhận thư"):
    """A person or desk that mail reaches, and who stands in for it when."""

    deputies: tuple[StandIn, ...] = Field(
        (),
        description="Người thay trong những ngày đầu mối đi vắng; thư sao gửi đầu mối",
        examples=["[{name: Phòng Tổ chức, email: tc@donvi.example, from: 2030-11-02, to: 2030-11-13}]"],
    )

    def stand_in_on(self, day: date) -> StandIn | None:
        """Return who stands in on a day; None where the contact is there."""
        return next((each for each in self.deputies if each.from_day <= day <= each.to_day), None)
