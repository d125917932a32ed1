"""Editions of the form of documents: every rule of a paper's looks as data, with its source and its date of effect."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from soket.plan.letters import DocumentForm, EditionName
from soket.plan.strict import Strict, Text

_POINTS = "Cỡ chữ, từ … đến …, điểm (pt)"


class Bounds(Strict, title="Khoảng"):
    """From a number to a number, both allowed."""

    least: float = Field(ge=0, description="Ít nhất", examples=["20"])
    most: float = Field(ge=0, description="Nhiều nhất", examples=["25"])

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: object) -> object:
        """Take `14` and `[13, 14]` for what they say."""
        if isinstance(value, int | float):
            return {"least": value, "most": value}
        if isinstance(value, list) and len(value) == 2:
            return {"least": value[0], "most": value[1]}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Bounds:
        if self.least > self.most:
            raise ValueError("số đầu của khoảng lớn hơn số sau")
        return self

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether a measure is within."""
        return self.least - slack <= value <= self.most + slack


class Letters(Strict, title="Kiểu chữ"):
    """How a line is set; what is not given is free."""

    size: Bounds = Field(description=_POINTS, examples=["[13, 14]"])
    bold: bool | None = Field(None, description="Đậm (true), không đậm (false)", examples=["true"])
    italic: bool | None = Field(None, description="Nghiêng, không nghiêng", examples=["true"])
    underline: bool | None = Field(None, description="Gạch chân, không gạch chân", examples=["true"])


class Margins(Strict, title="Lề trang"):
    """The four margins, in millimetres."""

    top: Bounds = Field(description="Lề trên", examples=["20"])
    bottom: Bounds = Field(description="Lề dưới", examples=["20"])
    left: Bounds = Field(description="Lề trái", examples=["30"])
    right: Bounds = Field(description="Lề phải", examples=["15"])


class TitleLine(Letters, title="Dòng tiêu đề"):
    """A line at the head of the first page, right."""

    text: Text = Field(description="Lời của dòng", examples=["ĐẢNG CỘNG SẢN VIỆT NAM"])


class NumberLine(Letters, title="Số và ký hiệu"):
    """The line of a document's number."""

    written: Text = Field(
        description="Cách viết; {number}, {kind}, {sign} được thay", examples=['"Số {number}-{kind}/{sign}"']
    )
    letter: Text = Field(
        description="Cách viết của công văn; {unit} là ký hiệu đơn vị soạn thảo",
        examples=['"Số: {number}/{sign}-{unit}"'],
    )


class DateLine(Letters, title="Địa danh và ngày tháng"):
    """The line of place and date."""

    zero_days_below: int = Field(10, description="Ngày nhỏ hơn số này có số 0 ở trước", examples=["10"])
    zero_months_below: int = Field(3, description="Tháng nhỏ hơn số này có số 0 ở trước", examples=["3"])


class LetterAbstract(Letters, title="Trích yếu công văn"):
    """The abstract of a letter, under its number."""

    begins: str = Field("", description="Lời mở đầu; không có thì để trống", examples=["V/v"])


class Body(Strict, title="Lời văn"):
    """The text itself."""

    size: Bounds = Field(description=_POINTS, examples=["[13, 14]"])
    justified: bool = Field(True, description="Căn đều hai bên", examples=["true"])
    indent: Bounds = Field(description="Lùi đầu dòng, mm", examples=["[10, 12.7]"])
    least_line: float | None = Field(None, description="Dòng cách dòng ít nhất, pt", examples=["18"])
    line: Bounds | None = Field(None, description="Dòng cách dòng, theo dòng đơn", examples=["[1, 1.5]"])
    between: float = Field(0, description="Đoạn cách đoạn ít nhất, pt", examples=["6"])
    end: Text = Field(description="Dấu hết lời văn", examples=["./."])
    bases_apart: bool = Field(False, description="Mỗi căn cứ một dòng", examples=["true"])


class Signature(Strict, title="Chữ ký"):
    """The block of whoever signs."""

    authorities: tuple[Text, ...] = Field(description="Các chữ viết tắt quyền hạn ký", examples=['["TM.", "KT."]'])
    authority: Letters = Field(description="Dòng quyền hạn")
    post: Letters = Field(description="Dòng chức vụ")
    name: Letters = Field(description="Dòng họ tên")
    room: int = Field(4, ge=0, description="Số dòng để ký, giữa chức vụ và họ tên", examples=["4"])
    collectives: tuple[Text, ...] = Field(
        (), description="Tập thể: không ai ký thay (K/T, KT.)", examples=["[BAN THƯỜNG VỤ]"]
    )


class Recipients(Strict, title="Nơi nhận"):
    """The list of who is sent the document."""

    label: Letters = Field(description="Dòng «Nơi nhận»")
    lines: Letters = Field(description="Các dòng của danh sách")
    ends: Text = Field(description="Dấu cuối mỗi dòng, trừ dòng lưu", examples=[";"])
    archive: Text = Field(description="Dòng lưu; {where} được thay", examples=['"- Lưu: {where}."'])


class PageNumber(Strict, title="Số trang"):
    """Where pages are numbered, in Arabic figures."""

    size: Bounds = Field(description=_POINTS, examples=["[13, 14]"])
    annexes_apart: bool = Field(False, description="Phụ lục đánh số trang riêng", examples=["true"])


class EnclosedLine(Letters, title="Dòng kèm theo"):
    """The line under an annex's name that says of which document it is an annex."""

    written: Text = Field(
        description="Cách viết; {kind}, {number}, {date}, {issuer} được thay",
        examples=['"(Kèm theo {kind} {number} {date} của {issuer})"'],
    )


class Annexes(Strict, title="Phụ lục"):
    """What stands above an annex."""

    roman: bool = Field(description="Đánh số La Mã", examples=["true"])
    label: Letters = Field(description="Dòng «Phụ lục»")
    title: Letters = Field(description="Tên phụ lục")
    enclosed: EnclosedLine = Field(description="Dòng «(Kèm theo …)»")


class FormEdition(Strict, title="Thể thức"):
    """The form of documents as one guide or decree has it. The file is named after its id."""

    id: EditionName = Field(description="Tên, như tên tệp", examples=["van-phong"])
    title: Text = Field(description="Văn bản quy định", examples=["Nghị định về công tác văn thư"])
    form: DocumentForm = Field(description="Của Đảng (party), của Nhà nước (state)", examples=["state"])
    based_on: EditionName | None = Field(None, description="Lấy mọi điều không ghi ở đây từ", examples=["van-phong"])
    in_force_from: date | None = Field(
        None, description="Dùng cho văn bản ký từ ngày; không ghi: chỉ khi cơ quan nêu tên", examples=["2030-03-05"]
    )
    source: Text = Field(description="Lấy từ đâu", examples=["Phụ lục I của Nghị định"])
    secondary: bool = Field(
        False, description="Lấy từ nguồn thứ cấp: phải đối chiếu với bản gốc trước khi dùng", examples=["true"]
    )
    shape: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,60}$")] = Field(
        description="Tệp Word có phần đầu, phần cuối: templates/documents/forms/….docx", examples=["party"]
    )
    font: Text = Field(description="Phông chữ", examples=["Times New Roman"])
    width: float = Field(description="Khổ giấy: rộng, mm", examples=["210"])
    height: float = Field(description="Khổ giấy: cao, mm", examples=["297"])
    margins: Margins = Field(description="Lề trang, mm")
    titles: tuple[TitleLine, ...] = Field(min_length=1, description="Tiêu đề, Quốc hiệu, Tiêu ngữ")
    parent: Letters = Field(description="Tên cơ quan cấp trên")
    agency: Letters = Field(description="Tên cơ quan ban hành")
    star: bool = Field(description="Dưới tên cơ quan: dấu sao (true), đường kẻ (false)", examples=["true"])
    number: NumberLine = Field(description="Số và ký hiệu")
    place_date: DateLine = Field(description="Địa danh, ngày, tháng, năm")
    kind: Letters = Field(description="Tên loại")
    abstract: Letters = Field(description="Trích yếu")
    dashes: bool = Field(description="Dưới trích yếu: «-----» (true), đường kẻ (false)", examples=["true"])
    letter_abstract: LetterAbstract = Field(description="Trích yếu công văn")
    body: Body = Field(description="Lời văn")
    signature: Signature = Field(description="Chữ ký")
    recipients: Recipients = Field(description="Nơi nhận")
    page_number: PageNumber = Field(description="Số trang")
    annexes: Annexes = Field(description="Phụ lục")
    kinds: dict[Text, Text] = Field(
        description="Chữ viết tắt của từng tên loại có số, ký hiệu", examples=["{BC: Báo cáo}"]
    )
