"""The board's pages of mail: the ledger, and each mail as its reader has it."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response

from soket.board import mail
from soket.board.access import NotHereError
from soket.board.acting import only_others
from soket.board.frame import Here, Known, Looking, show
from soket.board.pages import file_answer, mail_answer
from soket.board.routes import names_of
from soket.clock import ReplayClock
from soket.notices import ledger
from soket.notices.claims import shown
from soket.notices.letters import drafted
from soket.notices.notice import Kind
from soket.notices.reports.outcome import Outcome
from soket.notices.reports.unreached import unreached
from soket.notices.story import enclosed, named, page_of, parse, tell
from soket.record.sending import without_keys

router = APIRouter()

# The headers of a mail that name people.
_ADDRESSES = {"Từ": "From", "Đến": "To", "Đồng gửi": "Cc"}


@router.get("/{plan}/{campaign}/notices")
def notices(
    request: Request,
    here: Here,
    known: Known,
    kind: Kind | Literal[""] = "",
    state: ledger.Ending | Outcome | Literal["waiting", ""] = "",
) -> Response:
    """What was written to whom, and what became of it."""
    filters = mail.NoticeFilters(kind or None, state or None)
    chosen, more = mail.latest(known.notices(here), filters)
    kinds = mail.kind_lines(known.notices(here))
    return show(
        request,
        here,
        "notices.html",
        watched=True,
        kinds=kinds,
        fates={fate for line in kinds for fate in line.counts},
        replayed=isinstance(here.workspace.clock, ReplayClock),
        filters=filters,
        lines=known.lines(here, chosen)[::-1],
        letters=drafted(here.workspace, here.register, known.notices(here)),
        more=more,
        names=names_of(here.plan),
        unreached=unreached(here.workspace, known.notices(here)),
    )


def _source(here: Here, notice: str) -> bytes:
    if mail.ID.fullmatch(notice) and (words := shown(here.workspace, notice)) is not None:
        return words
    raise NotHereError(f"Sổ thư của đợt này không có thư «{notice}», hoặc thư chưa soạn xong.")


Source = Annotated[bytes, Depends(_source)]


def _message(data: Source) -> EmailMessage:
    return parse(data)


Letter = Annotated[EmailMessage, Depends(_message)]


def _whose(here: Here, looking: Looking) -> str:
    """Return who alone reads a mail's links that open a page without an account, where the viewer does not."""
    return only_others(here.plan, looking.name, "link_renewal")  # who makes such links can have one


Whose = Annotated[str, Depends(_whose)]


def _seen(whose: Whose) -> Callable[[str], str]:
    return without_keys if whose else str


Seen = Annotated[Callable[[str], str], Depends(_seen)]


@router.get("/{plan}/{campaign}/notices/{notice}")
def notice(
    request: Request, here: Here, known: Known, whose: Whose, seen: Seen, notice: str, message: Letter
) -> Response:
    """One mail as it went out, or would now: to whom, what it says, what goes with it, what became of it."""
    files = [(each.name, len(each.data)) for each in enclosed(message)]
    story = tell(here.workspace, notice)
    urging = story.entry.kind is Kind.ESCALATION
    letters = drafted(here.workspace, here.register, known.notices(here)) if urging else []
    return show(
        request,
        here,
        "mail.html",
        story=story,
        text=seen(story.text),
        whose_links=whose,
        addresses={words: named(message, header) for words, header in _ADDRESSES.items()},
        files=files,
        outdated=next((each["outdated"] for each in letters if each["notice"] == notice), None),
        names=names_of(here.plan),
    )


@router.get("/{plan}/{campaign}/notices/{notice}/page")
def notice_page(message: Letter, seen: Seen) -> Response:
    """What a mail's reader sees, for the frame on its page."""
    return mail_answer(seen(page_of(message)))


@router.get("/{plan}/{campaign}/notices/{notice}/message.eml")
def notice_source(notice: str, data: Source, whose: Whose) -> Response:
    """A mail as a file, byte for byte as it is kept."""
    if whose:
        raise NotHereError(f"{whose} tải được cả thư: thư có thể có đường dẫn riêng của người nhận.")
    return file_answer(f"{notice}.eml", data)


@router.get("/{plan}/{campaign}/notices/{notice}/files/{number}")
def notice_file(notice: str, number: int, message: Letter) -> Response:
    """A file that went with a mail, to be saved."""
    files = enclosed(message)
    if not 0 <= number < len(files):
        raise NotHereError(f"Thư «{notice}» không kèm tệp này.")
    return file_answer(files[number].name, files[number].data)
