"""The acts that officials enter by hand, in one table: trigger form and commands are made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from soket.record.acts import UNDOABLE
from soket.record.decisions import (
    ActBase,
    Commendation,
    Exemption,
    Extension,
    LinkRenewal,
    Mute,
    NilReturn,
    OfficialMessage,
    Opinion,
    Postponement,
    Promise,
    Reopening,
    RequestRefusal,
    Retry,
    Review,
    Undo,
    Urging,
)
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages import offering
from soket.stages.act_blanks import (
    ABOUT,
    CONCLUSION,
    DOCUMENT_NUMBER,
    GRANTED_BY,
    LAST_DAY,
    MANNER,
    NUMBER,
    OFFICE,
    OUTCOME,
    PERSON,
    PROPOSED,
    REASON,
    STAGE,
    UNDOES,
    UNIT,
    Blank,
)
from soket.stages.act_checks import (
    check_extension,
    check_mute,
    check_nil_return,
    check_opinion,
    check_postponement,
    check_reopening,
    check_review,
    say_instead,
)
from soket.stages.commending import check_commendation
from soket.stages.refusing import Actor, ActRefusedError, check_right
from soket.stages.talking import check_message, check_promise, check_refusal, check_urging

D = TypeVar("D", bound=ActBase)
Offers = Callable[[Workspace, Register, Mapping[str, str]], offering.Offered]

ALWAYS = (REASON, GRANTED_BY)

_NEW_DATE = "Hạn mới (hết ngày)"


def _nothing(*_: object) -> None:
    """Refuse nothing that is filled in as it has to be."""


@dataclass(frozen=True)
class Act(Generic[D]):
    """One act: what it is called, what it needs, and what of it makes no sense."""

    decision: type[D]
    command: str  # soket act …
    title: str
    needs: tuple[Blank, ...]
    one_of: tuple[Blank, ...] = ()
    takes: tuple[Blank, ...] = ()  # what else may be filled in
    check: Callable[[Workspace, Register, D, Actor], None] = _nothing  # raises ActRefusedError
    offers: Offers = offering.offer_all  # as the record stands
    note: str = ""  # what else to know before it is entered
    day: str = ""  # what its day is
    says: str = ""  # what its reason is, where it is no reason

    @property
    def name(self) -> str:
        """Its name on the record, on the form and among the plan's rights."""
        return str(self.decision.model_fields["kind"].default)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What can be filled in for it; what it is about comes first."""
        return (*self.one_of, *self.needs, *self.takes, *ALWAYS, DOCUMENT_NUMBER)


def _undoes(workspace: Workspace, register: Register, undo: Undo, actor: Actor) -> None:
    """Refuse to take back what is not on the record, is taken back already, or is for others to decide."""
    act = next((each for each in register.decisions if each.id == undo.undoes), None)
    if act is None:
        raise ActRefusedError(f"Không có quyết định «{undo.undoes}». Xem mã ở trang Quyết định của bảng theo dõi.")
    if not isinstance(act, UNDOABLE):
        raise ActRefusedError(f"Quyết định «{undo.undoes}» không hủy ở đây: {say_instead(workspace, register, act)}")
    subject = register.acts.subject_of(act).kind
    check_right(workspace.plan, actor, subject, f"{ACTS['undo'].title}: {ACTS[subject].title}")
    if by := register.acts.undone_by.get(undo.undoes):
        raise ActRefusedError(f"Quyết định «{undo.undoes}» đã bị hủy bằng «{by.id}». Muốn khôi phục thì hủy «{by.id}».")


_TABLE: tuple[Act[Any], ...] = (
    Act(
        Extension,
        "extend",
        "Gia hạn cho một đơn vị",
        (UNIT, LAST_DAY),
        check=check_extension,
        offers=offering.offer_dates,
        day=_NEW_DATE,
    ),
    Act(Exemption, "exempt", "Miễn báo cáo cho một đơn vị", (UNIT,)),
    Act(
        NilReturn,
        "nil-return",
        "Ghi nhận đơn vị không phát sinh nội dung báo cáo",
        (UNIT,),
        check=check_nil_return,
        offers=offering.offer_nil_return,
    ),
    Act(
        Review,
        "review",
        "Kết luận bộ hồ sơ chuyển cán bộ xem, hoặc có số bất thường",
        (UNIT, NUMBER, OUTCOME),
        check=check_review,
        offers=offering.offer_reviewable,
        note="Chỉ khi tiếp nhận hồ sơ đã bị trả lại mới phải ghi số văn bản; kết luận đầu vẫn hiện.",
    ),
    Act(Retry, "retry", "Chấm lại ngay hồ sơ hệ thống chưa chấm được", (UNIT,), offers=offering.offer_unjudged),
    Act(
        LinkRenewal,
        "renew-link",
        "Đổi đường dẫn riêng của một đơn vị hoặc cơ quan",
        (),
        one_of=(UNIT, OFFICE),
        note="Đường dẫn đã gửi hết dùng ngay; thư sau, nếu đợt còn thư, mang đường dẫn mới.",
    ),
    Act(
        Postponement,
        "postpone",
        "Lùi thời hạn của một giai đoạn",
        (STAGE, LAST_DAY),
        check=check_postponement,
        offers=offering.offer_dates,
        day=_NEW_DATE,
    ),
    Act(
        Reopening,
        "reopen",
        "Mở lại một giai đoạn",
        (STAGE,),
        check=check_reopening,
        offers=offering.offer_closed_stages,
        note="Ghi xong thì người vận hành nhận thư, chạy giai đoạn ấy; vòng mới bắt đầu từ lúc đó.",
    ),
    Act(
        Mute,
        "mute",
        "Tạm ngừng thư nhắc, đôn đốc, bản tin cho một đơn vị hoặc cơ quan",
        (LAST_DAY,),
        one_of=(UNIT, OFFICE),
        check=check_mute,
        offers=offering.offer_dates,
        day="Ngày cuối tạm ngừng thư",
    ),
    Act(
        Promise,
        "promise",
        "Ghi đã gọi, đơn vị hẹn ngày gửi",
        (UNIT, LAST_DAY, PERSON),
        check=check_promise,
        offers=offering.offer_chasing,
        note="Hết ngày hẹn mới nhắc, đôn đốc tiếp; lời hẹn sau thay lời hẹn trước.",
        day="Ngày hẹn gửi (hết ngày)",
    ),
    Act(
        Urging,
        "remind",
        "Gửi thư nhắc một đơn vị ngay",
        (UNIT,),
        check=check_urging,
        offers=offering.offer_chasing,
        note="Giờ nghỉ, ngày nghỉ thì thư đợi đến giờ làm việc; mỗi đơn vị cách 24 giờ một thư.",
    ),
    Act(
        OfficialMessage,
        "message",
        "Trao đổi với một đơn vị, hoặc ghi ý kiến nội bộ",
        (UNIT, MANNER),
        takes=(NUMBER, ABOUT),
        check=check_message,
        offers=offering.offer_message,
        note="Hỏi, báo thì đơn vị nhận một thư và đọc trên trang của mình.",
        says="Nội dung",
    ),
    Act(
        RequestRefusal,
        "refuse-request",
        "Không đồng ý đề nghị gia hạn của một đơn vị",
        (UNIT,),
        check=check_refusal,
        offers=offering.offer_requests,
        note="Đơn vị nhận một thư, có lý do; đồng ý thì ghi việc gia hạn.",
    ),
    Act(
        Commendation,
        "commend",
        "Quyết định biểu dương, khen thưởng",
        (PROPOSED, CONCLUSION),
        check=check_commendation,
        offers=offering.offer_commendation,
        note="Tài liệu hội nghị, thư mời họp, thông cáo báo chí nêu trường hợp đã quyết định trước khi lập chúng.",
    ),
    Act(
        Opinion,
        "opinion",
        "Ghi ý kiến trả lời các việc đã trình xin ý kiến",
        (STAGE,),
        check=check_opinion,
        offers=offering.offer_questions,
        says="Nội dung ý kiến",
    ),
    Act(
        Undo,
        "undo",
        "Hủy một quyết định đã ghi",
        (UNDOES,),
        check=_undoes,
        note="Quyết định hủy cũng được ghi, và cũng hủy được.",
    ),
)

ACTS = {act.name: act for act in _TABLE}
