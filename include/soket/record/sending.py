"""How whoever hands files in is told to: where, with what, whom to ring; and, of what came back, which files alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from soket.faults import Fault
from soket.plan.model import Plan, Severity
from soket.reading.kinds import CARRIED, SPARING, FileKind, extension_of, kind_of
from soket.record.acts import Acts
from soket.record.records import Receipt
from soket.record.seal import LeaderLinks, UnitLinks
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.store.keys import Keys

UPLOAD_VARIABLE = "SOKET_UPLOAD_PAGE"
STORE_VARIABLE = "SOKET_S3_ADDRESS"  # the store as units see it

LEADERS = "lanh-dao"  # no unit's code: it has a hyphen
LEADER_LINK_HOLDS = timedelta(days=7)  # campaign time

KEY_SHEET = "phiếu giao khóa"
PROGRAMS = "Cyberduck, WinSCP hoặc phần mềm S3 khác"

_ENTERS = re.compile(r"(/(?:vao|khoa)/)[\w.-]+")

MISSING = ("HS-01", "HS-02", "HS-11", "HS-12")
"""The codes of what is to be added; nothing of what was sent is wrong, whatever file they tell of."""

_LISTED = 10


def store_address() -> str | None:
    """Return the store's address as units see it; None where nobody said one that leads there from afar.

    Their key sheet has it.
    """
    address = os.environ.get(STORE_VARIABLE)
    return address if address and not _leads_here(address) else None


def _leads_here(address: str) -> bool:
    """Whether an address leads whoever opens it to the own machine, as that of a stack for trying out does."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def upload_link(plan: Plan, campaign: str, unit: str) -> str | None:
    """Return the page on which a unit hands in files; None while there is none: the plan's, or `SOKET_UPLOAD_PAGE`."""
    page = _page(plan)
    if not page:
        return None
    for name, value in {"{plan}": plan.id, "{campaign}": campaign, "{unit}": unit}.items():
        page = page.replace(name, value)
    return page


def entry_link(workspace: Workspace, entry: UnitEntry) -> str | None:
    """Return the link that opens a unit's page without more, for mails to the unit alone; None while there is no page.

    A page that is not soket's own, whose address doesn't say whose it is, has no such link: its plain address.
    """
    plan, campaign = workspace.plan, workspace.campaign.code
    address = upload_link(plan, campaign, entry.unit)
    if address is None or not _is_own(plan):
        return address
    return f"{address.rstrip('/')}/vao/{UnitLinks(workspace.seal, plan.id, campaign).token(entry.unit, entry.link)}"


def without_keys(text: str) -> str:
    """Return words with dots for what in their links opens a page without more: for who is not whom they were for."""
    return _ENTERS.sub(r"\1••••••", text)


def check_link(plan: Plan, campaign: str, code: str) -> str | None:
    """Return where anybody holds a receipt against the record, by its code; None while there is no page of soket's."""
    before, place, _ = (_page(plan) or "").rpartition("{plan}/{campaign}/{unit}")
    return f"{before}kiem-tra/{plan.id}.{campaign}.{code}" if place else None


def handover_link(plan: Plan, campaign: str, holder: str, token: str) -> str | None:
    """Return the link that shows a folder's key once; None while there is no page of soket's own."""
    address = upload_link(plan, campaign, holder)
    return f"{address.rstrip('/')}/khoa/{token}" if address and _is_own(plan) else None


def door_link(plan: Plan, campaign: str) -> str | None:
    """Return where a unit asks for its link, one address for all units; None while there is no page of soket's own."""
    before, place, _ = (_page(plan) or "").rpartition("{plan}/{campaign}/{unit}")
    return f"{before}{plan.id}/{campaign}/" if place else None


def leader_link(workspace: Workspace, acts: Acts, office: str, since: date) -> str | None:
    """Return the link that opens the page of an office's leader for a week, for mails to that office alone.

    None while there is no page of soket's own.
    """
    plan, campaign = workspace.plan, workspace.campaign.code
    address = upload_link(plan, campaign, f"{LEADERS}/{office}")
    if address is None or not _is_own(plan):
        return None
    links = LeaderLinks(workspace.seal, plan.id, campaign)
    return f"{address.rstrip('/')}/vao/{links.token(office, acts.renewals_of(office), since + LEADER_LINK_HOLDS)}"


def _is_own(plan: Plan) -> bool:
    """Whether the page's address says whose it is, as that of soket's own page does."""
    return all(part in (_page(plan) or "") for part in ("{plan}", "{campaign}", "{unit}"))


def _page(plan: Plan) -> str | None:
    return plan.upload_page or os.environ.get(UPLOAD_VARIABLE)


def say_where(plan: Plan, campaign: str, unit: str | None) -> str:
    """Return where files go, in a phrase; in a letter to all units, each one's folder by its code."""
    store = store_address()
    folder = Keys(plan.id, campaign).inbox_folder(unit or "MÃ_ĐƠN_VỊ")
    at = f"ở địa chỉ {store}" if store else f"có địa chỉ ghi trên {KEY_SHEET}"
    where = f"thư mục riêng {folder} trong kho tệp {at}"
    page = upload_link(plan, campaign, unit) if unit else door_link(plan, campaign)
    opened = " (mở bằng đường dẫn trong thư)" if unit and _is_own(plan) else ""
    return f"trang nộp hồ sơ {page}{opened}, hoặc {where}" if page else where


def say_how() -> str:
    """Return with what files are handed in, in a phrase."""
    return f"bằng {PROGRAMS}, với khóa trên {KEY_SHEET} đã gửi riêng cho đơn vị"


def say_ring(plan: Plan) -> str:
    """Return whom to ring, or to write to where the plan has no telephone: the leading office's desk."""
    desk = plan.office(plan.roles.lead).contact
    return f"gọi {desk.name}, điện thoại {desk.phone}" if desk.phone else f"viết thư tới {desk.name}, {desk.email}"


def say_unread(plan: Plan) -> str:
    """Say where a unit answers once the campaign is over: nowhere that is shown."""
    return f"Đợt đã kết thúc: đơn vị trả lời thì {say_ring(plan)}; hệ thống không đọc, bảng theo dõi không hiện."


def say_again(receipt: Receipt | None, found: Iterable[Fault]) -> str:
    """Return which files of a returned submission are to be sent again, which are kept, and which where they change.

    A kind of file that is sent again replaces all of its kind: whoever corrects one of two tables sends both.
    """
    told = list(found)
    faults = [fault for fault in told if fault.severity is Severity.CRITICAL]
    known = receipt.files if receipt else ()
    files = [file for file in known if not file.pages]
    whole = [fault for fault in faults if not fault.file or fault.code in MISSING]
    lacking = {fault.file for fault in whole}  # its place is taken by what it goes without
    wrong = {fault.file for fault in faults if fault not in whole and fault.file}
    kinds = {_comes_again_as(file.original_name) for file in files if file.name in wrong | lacking}
    left_out = lacking - wrong
    again = [
        file.original_name
        for file in files
        if _comes_again_as(file.original_name) in kinds and file.name not in left_out
    ]
    again += sorted(wrong - {file.name for file in known})  # of a receipt that cannot be read
    kept = [file.original_name for file in files if file.kept and kind_of(file.original_name) in CARRIED - kinds]
    asked = {fault.file for fault in told if fault.severity is Severity.WARNING}
    to_look = [file.original_name for file in files if file.original_name in kept and file.name in asked]
    as_is = [name for name in kept if name not in to_look]
    stays = "".join(
        f"; {_list(names)} {what}" for names, what in ((as_is, "giữ nguyên"), (to_look, "gửi lại nếu có sửa")) if names
    )
    if any(fault.code not in MISSING for fault in whole):
        return "lỗi ở cả bộ hồ sơ: sửa theo các điểm đã nêu, rồi gửi lại cả bộ"
    if again and whole:
        return f"chỉ cần gửi lại {_list(again)}, gửi thêm phần còn thiếu{stays}"
    if again:
        return f"chỉ cần gửi lại {_list(again)}{stays}"
    return f"chỉ cần gửi thêm phần còn thiếu{stays}"


def _comes_again_as(name: str) -> FileKind:
    """Return what takes the place of a file: a picture that nothing opens comes again as one that is opened."""
    return FileKind.ATTACHMENT if extension_of(name) in SPARING else kind_of(name)


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(dict.fromkeys(names[:_LISTED]))
    return shown + (f" và {len(names) - _LISTED} tệp khác" if len(names) > _LISTED else "")
