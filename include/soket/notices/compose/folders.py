"""Mail about what lies in a folder and is not received: to whoever holds the folder, and to the operator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soket.notices.alerts import left_out_notice, unfinished_notice
from soket.notices.facts import sending_facts
from soket.notices.notice import Kind, Notice
from soket.record.drops import LeftOut
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.hidden import Upload
from soket.text import format_date, format_number

_LISTED = 30  # files by name


@dataclass(frozen=True)
class _Story:
    """What is told of some files."""

    step: str
    version: str
    headline: str
    what: str
    advice: tuple[str, ...]


def left_out_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell of files beyond a folder's quota, and of those of which the store kept nothing.

    There is one mail to a holder for each day on which such a file came, however many came; the operator's goes first,
    so that the holder's says that both are posted.
    """
    stories = [(code, _surplus(workspace, code, left)) for code, left in register.surplus.items()]
    stories += [(code, _hollow(workspace, code, left)) for code, left in register.hollow.items()]
    notices = []
    for code, story in stories:
        notices.append(left_out_notice(workspace, code, story.what, story.step, story.version))
        notices += _to_holder(workspace, code, story)
    return notices


def untold(workspace: Workspace, register: Register) -> list[Notice]:
    """Return what holders of folders have not been told yet; where nothing is left out, the bucket is not asked."""
    owed = [each for each in left_out_notices(workspace, register) if each.kind is Kind.UNRECEIVED]
    if not owed:
        return []
    prefix = workspace.keys.notices
    listed = workspace.store.list(f"{prefix}{Kind.UNRECEIVED}.")
    told = {entry.key.removeprefix(prefix).partition("/")[0] for entry in listed}
    return [each for each in owed if each.id not in told]


def unfinished_notices(workspace: Workspace, day: date, uploads: Iterable[Upload]) -> list[Notice]:
    """Tell of uploads begun on a day that nobody finished, and that are cleared away."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for upload in uploads:
        code = workspace.keys.inbox_owner(upload.key)
        names[code].append(upload.key.removeprefix(workspace.keys.inbox_folder(code)))
    notices = [unfinished_notice(workspace, {code: len(each) for code, each in names.items()}, day)]
    for code, each in sorted(names.items()):
        notices += _to_holder(workspace, code, _unfinished(each, day))
    return notices


def _surplus(workspace: Workspace, code: str, left: LeftOut) -> _Story:
    limits = workspace.plan.limits
    first = left.first.removeprefix(workspace.keys.inbox_folder(code))
    return _Story(
        step="surplus",
        version=left.latest.date().isoformat(),
        headline="thư mục đã đầy",
        what=(
            f"Thư mục có {_count(left)}, từ “{first}” trở đi, vượt mức {format_number(limits.max_folder_files)} tệp, "
            f"{format_number(limits.max_folder_mb)} MB của một thư mục nên chưa được nhận, chưa được xét."
        ),
        advice=(
            "Xóa bớt tệp không cần, tệp đã có thư trả lời: hồ sơ đã nhận vẫn còn, không bị ảnh hưởng.",
            "Có chỗ thì tệp chưa nhận được tự động nhận, không phải gửi lại.",
        ),
    )


def _hollow(workspace: Workspace, code: str, left: LeftOut) -> _Story:
    name = left.first.removeprefix(workspace.keys.inbox_folder(code))
    more = f" và {left.files - 1} tên khác" if left.files > 1 else ""
    return _Story(
        step="hollow",
        version=left.latest.date().isoformat(),
        headline="tên tệp kết thúc bằng dấu “/”",
        what=(
            f"Tệp gửi dưới tên “{name}”{more} kết thúc bằng dấu “/” như tên thư mục: kho không giữ được nội dung, nên "
            "chưa nhận được gì."
        ),
        advice=(
            "Gửi lại tệp dưới tên không có dấu “/” ở cuối, ví dụ bao-cao.docx.",
            f"Xóa “{name}” khỏi thư mục.",
        ),
    )


def _unfinished(names: list[str], day: date) -> _Story:
    shown = "; ".join(f"“{name}”" for name in names[:_LISTED])
    more = f" và {len(names) - _LISTED} tệp khác" if len(names) > _LISTED else ""
    return _Story(
        step="unfinished",
        version=day.isoformat(),
        headline="tệp tải lên dở dang",
        what=f"Tệp {shown}{more} bắt đầu tải lên ngày {format_date(day)} mà tải dở, chưa nộp được; phần tải dở đã dọn.",
        advice=("Nộp lại tệp. Tệp ấy đã nộp lại thành công, có thư trả lời rồi thì không phải làm gì.",),
    )


def _count(left: LeftOut) -> str:
    return f"{format_number(left.files)} tệp ({format_number(-(-left.size >> 20))} MB)"


def _to_holder(workspace: Workspace, code: str, story: _Story) -> list[Notice]:
    """Return the mail to a folder's holder; none where the plan knows nobody of that name."""
    holder = workspace.plan.holder(code)
    if holder is None:
        return []
    return [
        Notice(
            kind=Kind.UNRECEIVED,
            addressee=code,
            step=story.step,
            version=story.version,
            to=(holder.contact,),
            context={
                "addressed": holder.name,
                "headline": story.headline,
                "what": story.what,
                "advice": list(story.advice),
                **sending_facts(workspace, code),
            },
        )
    ]
