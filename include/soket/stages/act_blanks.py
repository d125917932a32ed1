"""What an act of an official has to be told: the blanks of its form, which are the arguments of its command too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from soket.plan.model import Plan
from soket.plan.schema_errors import nearest
from soket.record.commending import commendations_in_force, known_proposals, say_decided
from soket.record.records import Ruling
from soket.record.register import Register
from soket.record.words import COMMENDED, MANNERS, RULINGS
from soket.record.workspace import Workspace
from soket.stages.refusing import ActRefusedError
from soket.text import upper_first

_FEW = 12  # choices that a refusal names one by one

Value = str | int | date


@dataclass(frozen=True)
class Blank:
    """One thing to fill in."""

    name: str  # the decision's field
    title: str
    metavar: str  # on the command line
    kind: Literal["text", "day", "number"] = "text"
    choices: Callable[[Plan], Mapping[str, str]] | None = None  # code -> what people read
    longest: int = 200  # characters
    note: str = ""  # what else to know
    rare: bool = False  # folded away on the form
    listed: Callable[[Workspace, Register], Mapping[str, str]] | None = None  # several of these, as the record has them

    def read(self, workspace: Workspace, text: str) -> Value:
        """Return what was filled in; raise ActRefusedError where it is none, saying what is."""
        if self.choices:
            return self._chosen(self.choices(workspace.plan), text)
        if len(text) > self.longest:
            raise self._wrong(f"dài {len(text)} ký tự, chỉ được nhiều nhất {self.longest}. Rút gọn rồi ghi lại.")
        if self.kind == "day":
            try:
                return date.fromisoformat(text)
            except ValueError:
                example = workspace.campaign.closes.isoformat()
                raise self._wrong(f"«{text}» không phải ngày dạng NĂM-THÁNG-NGÀY, ví dụ {example}.") from None
        if self.kind == "number":
            if not (text.isdecimal() and int(text) > 0):
                raise self._wrong(f"«{text}» không phải số thứ tự, từ 1 trở lên.")
            return int(text)
        return text

    def _wrong(self, why: str) -> ActRefusedError:
        return ActRefusedError(f"Điền chưa đúng: {self.title}: {why}")

    def _chosen(self, known: Mapping[str, str], text: str) -> str:
        if text in known:
            return text
        if len(known) <= _FEW:
            advice = f"Có: {', '.join(f'{code} ({words})' for code, words in known.items())}."
        else:
            codes = {words: code for code, words in known.items()} | {code: code for code in known}
            like = nearest(text, list(codes))
            advice = f"Có phải {codes[like]} ({known[codes[like]]})?" if like else "Xem mã ở bảng theo dõi."
        raise ActRefusedError(f"Không có {self.title.lower()} «{text[: self.longest]}». {advice}")


def _proposals(workspace: Workspace, register: Register) -> dict[str, str]:
    """Return every proposal, those first that wait for a decision, and of the others what was decided."""
    decided = commendations_in_force(register)
    known = sorted(known_proposals(workspace, register).items(), key=lambda pair: pair[0] in decided)
    return {
        code: f"{each.name}: {upper_first(say_decided(decided[code])) if code in decided else each.merit}"
        for code, each in known
    }


UNIT = Blank("unit", "Đơn vị", "ĐƠN_VỊ", choices=lambda plan: {unit.code: unit.name for unit in plan.units})
OFFICE = Blank(
    "office",
    "Cơ quan",
    "CƠ_QUAN",
    choices=lambda plan: {office.code: office.name for office in plan.offices},
    note="Thay cho đơn vị.",
    rare=True,
)
STAGE = Blank(
    "stage",
    "Giai đoạn",
    "GIAI_ĐOẠN",
    choices=lambda plan: {stage.id: stage.title for stage in plan.stages},
    rare=True,
)
LAST_DAY = Blank("last_day", "Hạn mới, hoặc ngày cuối tạm ngừng thư, hoặc ngày hẹn gửi (hết ngày)", "NGÀY", kind="day")
NUMBER = Blank("number", "Lần nộp", "LẦN_NỘP", kind="number", rare=True)
OUTCOME = Blank(
    "outcome",
    "Kết quả xem xét",
    "accepted|returned",
    choices=lambda _: {each.value: RULINGS[each].label for each in (Ruling.ACCEPTED, Ruling.RETURNED)},
    rare=True,
)
PERSON = Blank("person", "Ai hẹn", "NGƯỜI_HẸN", note="Người của đơn vị đã hẹn qua điện thoại.", rare=True)
MANNER = Blank(
    "manner",
    "Hỏi, báo hay chỉ nội bộ",
    "asks|tells|internal",
    choices=lambda _: {name: word.label for name, word in MANNERS.items()},
    rare=True,
)
ABOUT = Blank("about", "Về điểm nào", "ĐIỂM", longest=300, note="Lỗi, ô số liệu, câu được hỏi.", rare=True)
PROPOSED = Blank(
    "proposals",
    "Mã các đề nghị biểu dương",
    "MÃ",
    longest=1000,
    note="Cách nhau bằng dấu phẩy; chép từ danh sách kèm tờ trình biểu dương.",
    rare=True,
    listed=_proposals,
)
CONCLUSION = Blank(
    "conclusion",
    "Quyết định biểu dương",
    "commended|declined",
    choices=lambda _: {name: word.label for name, word in COMMENDED.items()},
    rare=True,
)
UNDOES = Blank(
    "undoes",
    "Mã quyết định cần hủy",
    "MÃ_QUYẾT_ĐỊNH",
    note="Chép ở trang Quyết định của bảng theo dõi: mở “Chi tiết kỹ thuật” dưới bảng.",
    rare=True,
)
REASON = Blank("reason", "Lý do", "LÝ_DO", longest=2000)
GRANTED_BY = Blank("granted_by", "Người cho phép", "NGƯỜI")
DOCUMENT_NUMBER = Blank("document_number", "Số văn bản", "SỐ")

# All of them, in the order of the form.
BLANKS = (
    UNIT,
    LAST_DAY,
    REASON,
    GRANTED_BY,
    DOCUMENT_NUMBER,
    STAGE,
    NUMBER,
    OUTCOME,
    PERSON,
    MANNER,
    ABOUT,
    PROPOSED,
    CONCLUSION,
    OFFICE,
    UNDOES,
)
