"""What can change in the plan of a campaign that is under way, and what then happens.

`soket.plan.comparing` finds what changed between two plans; a change that would break what is on record is refused,
with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from soket.plan.campaigns import Campaign
from soket.plan.dates import Deadline
from soket.plan.model import Plan
from soket.store.record import Record
from soket.text import Word


class ChangeKind(StrEnum):
    """What changed."""

    TITLE = "title"
    DATE = "date"
    OPENING = "opening"
    SPAN = "span"
    CONTACT = "contact"
    UNIT_ADDED = "unit_added"
    UNIT_REMOVED = "unit_removed"
    UNIT_RENAMED = "unit_renamed"
    UNIT_RECODED = "unit_recoded"
    UNIT_MOVED = "unit_moved"
    DUTY = "duty"
    INDICATOR_ADDED = "indicator_added"
    INDICATOR_REMOVED = "indicator_removed"
    MEASURE = "measure"
    FORM = "form"
    STAGE_ADDED = "stage_added"
    STAGE_REMOVED = "stage_removed"
    STAGE_MOVED = "stage_moved"
    OWNER = "owner"
    OFFICE_REMOVED = "office_removed"
    UNIT_PAGE = "unit_page"
    SETTING = "setting"

    @property
    def of_forms(self) -> bool:
        """Whether those who were asked need their form anew."""
        return self in (ChangeKind.INDICATOR_ADDED, ChangeKind.INDICATOR_REMOVED, ChangeKind.MEASURE, ChangeKind.FORM)


@dataclass(frozen=True)
class ChangeWord(Word):
    """What a kind of change is called, what happens when it is made, and when it is refused."""

    effect: str = ""
    refused: str = ""


_ASKED_ANEW = "nhận lại thư đề nghị kèm biểu mới, một lần"
_ALL_ASKED = f"Mọi đơn vị điền biểu này {_ASKED_ANEW}; báo cáo đã tiếp nhận vẫn giữ, chỉ đề nghị bổ sung"

CHANGES = {
    ChangeKind.TITLE: ChangeWord(
        "đổi tên gọi", effect="Thư, văn bản, trang theo dõi từ nay dùng tên mới. Thư, văn bản đã lập giữ tên cũ."
    ),
    ChangeKind.DATE: ChangeWord(
        "đổi thời hạn",
        effect="Đơn vị còn nợ, cơ quan làm giai đoạn ấy nhận một thư báo thời hạn mới; nhắc, đôn đốc tính lại từ thời "
        "hạn ấy, việc đã nhắc không nhắc lại. Gia hạn, lùi hạn đã ghi mà muộn hơn thì vẫn giữ. Hồ sơ đã nhận giữ "
        "nguyên đúng hạn hay muộn.",
        refused="Thời hạn mới đã qua.",
    ),
    ChangeKind.OPENING: ChangeWord(
        "đổi ngày mở giai đoạn", effect="Giai đoạn mở vào ngày mới.", refused="Giai đoạn đã mở."
    ),
    ChangeKind.SPAN: ChangeWord(
        "đổi ngày mở, ngày cuối của đợt",
        effect="Tiếp nhận, nhắc, lưu trữ theo ngày mới.",
        refused="Đợt đã mở mà đổi ngày mở; ngày cuối mới đã qua.",
    ),
    ChangeKind.CONTACT: ChangeWord(
        "đổi đầu mối",
        effect="Thư chưa gửi và thư sau này đến đầu mối mới, nhật ký thư ghi rõ thay địa chỉ nào. Thư đã gửi không "
        "gửi lại.",
    ),
    ChangeKind.UNIT_ADDED: ChangeWord(
        "thêm đơn vị",
        effect="Giai đoạn đã mở thì đơn vị nhận ngay công văn đề nghị; chỉ nhắc những bậc đến sau lúc đó. Cấp khóa nộp "
        "bằng soket keys issue.",
        refused="Thời hạn của đơn vị đã qua.",
    ),
    ChangeKind.UNIT_REMOVED: ChangeWord(
        "bỏ đơn vị",
        effect="Đơn vị không còn bị nhắc, không còn trong bảng theo dõi; thư chưa gửi cho đơn vị được rút. Thư đã gửi "
        "vẫn trong nhật ký.",
        refused="Đơn vị đã nộp tệp, hoặc giai đoạn của đơn vị đã khép lại.",
    ),
    ChangeKind.UNIT_RENAMED: ChangeWord(
        "đổi tên đơn vị",
        effect="Thư, văn bản, trang theo dõi từ nay dùng tên mới; mã, thư mục nộp, khóa, hồ sơ giữ nguyên. Không gửi "
        "lại thư nào.",
    ),
    ChangeKind.UNIT_RECODED: ChangeWord(
        "đổi mã đơn vị",
        effect="Giai đoạn chưa mở nên chưa có gì dưới mã cũ.",
        refused="Giai đoạn đã mở: thư mục nộp, khóa, thư, hồ sơ đều theo mã cũ.",
    ),
    ChangeKind.UNIT_MOVED: ChangeWord(
        "chuyển đơn vị sang khối khác",
        effect="Cơ quan đôn đốc, bậc nhắc, thời hạn, biểu số liệu theo khối mới; đơn vị nhận lại thư đề nghị, một lần.",
        refused="Đơn vị đã nộp tệp.",
    ),
    ChangeKind.DUTY: ChangeWord(
        "đổi việc đơn vị phải làm",
        effect="Được miễn thì không còn bị nhắc. Phải gửi thứ khác thì nhận lại thư đề nghị, một lần. Báo cáo đã tiếp "
        "nhận giữ nguyên.",
        refused="Đơn vị đã nộp tệp mà từ gửi báo cáo chuyển sang kế hoạch tuyên truyền, hoặc ngược lại; "
        "hết được miễn mà thời hạn đã qua.",
    ),
    ChangeKind.INDICATOR_ADDED: ChangeWord(
        "thêm chỉ tiêu",
        effect=f"{_ALL_ASKED}, chưa bổ sung thì chỉ tiêu mới để trống trong số liệu chung.",
    ),
    ChangeKind.INDICATOR_REMOVED: ChangeWord(
        "bỏ chỉ tiêu",
        effect=f"Đơn vị chưa nộp {_ASKED_ANEW}. Số liệu đã nộp của chỉ tiêu còn trong hồ sơ, không còn trong số liệu "
        "chung.",
    ),
    ChangeKind.MEASURE: ChangeWord(
        "đổi đơn vị tính",
        effect=f"Đơn vị chưa nộp {_ASKED_ANEW}.",
        refused="Đã có đơn vị nộp số liệu theo đơn vị tính cũ.",
    ),
    ChangeKind.FORM: ChangeWord("đổi biểu số liệu", effect=f"{_ALL_ASKED}."),
    ChangeKind.STAGE_ADDED: ChangeWord(
        "thêm giai đoạn",
        effect="Giai đoạn mở theo ngày của nó, giai đoạn đi sau chờ nó.",
        refused="Giai đoạn đi sau nó đã bắt đầu.",
    ),
    ChangeKind.STAGE_REMOVED: ChangeWord(
        "bỏ giai đoạn", effect="Giai đoạn đi sau không chờ nó nữa.", refused="Giai đoạn đã bắt đầu."
    ),
    ChangeKind.STAGE_MOVED: ChangeWord(
        "đổi loại, thứ tự, khối của giai đoạn",
        effect="Giai đoạn chạy theo thứ tự mới.",
        refused="Giai đoạn đã bắt đầu.",
    ),
    ChangeKind.OWNER: ChangeWord(
        "đổi cơ quan chủ trì, nơi nhận của giai đoạn",
        effect="Câu hỏi, thư, văn bản từ nay đến cơ quan mới; việc đã trả lời giữ nguyên.",
    ),
    ChangeKind.OFFICE_REMOVED: ChangeWord(
        "bỏ cơ quan", effect="Cơ quan không nhận thư nữa.", refused="Thư mục của cơ quan có tệp."
    ),
    ChangeKind.UNIT_PAGE: ChangeWord(
        "đổi mã xác nhận của trang nộp",
        effect="Bật thì ai mở trang, cả người đang mở, phải nhập mã gửi tới hộp thư đầu mối của đơn vị; tệp đã gửi lên "
        "mà chưa nộp vẫn còn, đường dẫn đã gửi vẫn dùng được. Tắt thì đường dẫn là đủ. Đổi số giờ thì tính cả cho mã "
        "đã nhập.",
    ),
    ChangeKind.SETTING: ChangeWord("đổi nội dung khác", effect="Áp dụng cho việc làm từ nay; việc đã làm giữ nguyên."),
}


class MovedDate(Record):
    """The same move of the date of some units of a stage; of no units, the stage's own."""

    units: tuple[str, ...]
    before: date  # the last day
    after: date


class Amendment(Record):
    """One change of a plan, as a campaign sees it."""

    kind: ChangeKind
    about: str  # the code of what changed, or the field's name
    name: str  # what changed, in words
    before: str = ""
    after: str = ""
    moved: tuple[MovedDate, ...] = ()  # of a date
    refused: str = ""  # why it cannot be, and what to do instead

    @property
    def title(self) -> str:
        """What kind of change it is, of what, from what to what."""
        turned = " → ".join(filter(None, (self.before, self.after)))
        return f"{CHANGES[self.kind].label}: {self.name}{f' ({turned})' if turned else ''}"

    @property
    def outcome(self) -> str:
        """What happens, or why not."""
        return f"Không đổi được: {self.refused}" if self.refused else CHANGES[self.kind].effect


@dataclass(frozen=True)
class OnRecord:
    """What of a campaign is on record, as far as changes have to leave it as it is."""

    now: datetime
    begun: frozenset[str] = frozenset()  # stages that opened
    done: frozenset[str] = frozenset()  # stages that reached their end
    handed_in: frozenset[str] = frozenset()  # units and offices whose folder holds, or held, files
    postponed: Mapping[str, date] = field(default_factory=dict)  # by acts: the last day of stages


@dataclass(frozen=True)
class Versions:
    """A plan as a campaign has gone by it, and as it is to; `record` is what it has to leave as it is."""

    old: Plan
    new: Plan
    campaign: str
    record: OnRecord

    @cached_property
    def before(self) -> Campaign:
        """The campaign as it was."""
        return self.old.campaign(self.campaign)

    @cached_property
    def after(self) -> Campaign:
        """The campaign as it is to be."""
        return self.new.campaign(self.campaign)

    def is_over(self, stage: str, last_day: date) -> bool:
        """Whether a date in a stage has passed, and the stage's postponement too."""
        postponed = self.record.postponed.get(stage, last_day)
        return Deadline(by=max(last_day, postponed)).moment <= self.record.now


def turned(kind: ChangeKind, about: str, name: str, before: str, after: str, refused: str = "") -> Iterator[Amendment]:
    """Yield the change of one thing into another, if it is another."""
    if before != after:
        yield Amendment(kind=kind, about=about, name=name, before=before, after=after, refused=refused)
