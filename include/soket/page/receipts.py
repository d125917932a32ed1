"""Receipts: one to print, one to keep that checks itself, and the page that holds any against the record."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from soket.board.pages import Pages, file_answer, part_answer
from soket.folders import templates_folder
from soket.page.answers import show
from soket.page.door import Inside, Visit, find_receipt
from soket.page.staging import RefusedFileError
from soket.record.proof import proof_due, prove
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.sending import check_link
from soket.record.workspace import Workspace

receipts = APIRouter()


@receipts.get("/{plan}/{campaign}/{unit}/bien-nhan/{number}")
def printed(request: Request, visit: Inside, number: int) -> Response:
    """The receipt of one submission, to be printed."""
    return show(request, visit, "receipt.html", **_facts(request, visit, _receipt(visit, number)))


@receipts.get("/{plan}/{campaign}/{unit}/bien-nhan/{number}/luu")
def to_keep(request: Request, visit: Inside, number: int) -> Response:
    """The receipt as a page that opens anywhere and checks itself."""
    pages: Pages = request.app.state.pages
    facts = _facts(request, visit, _receipt(visit, number))
    page = show(
        request,
        visit,
        "receipt_file.html",
        style=Markup(pages.style.decode()),  # noqa: S704 - our own
        script=Markup(_script().decode()),  # noqa: S704 - our own
        **facts,
    )
    return file_answer(f"bien-nhan-{visit.unit.code}-lan-{number}.html", bytes(page.body))


@receipts.get("/kiem-tra/{code}")
def check(request: Request, code: str) -> Response:
    """What is on record under a receipt's code: its number, its time, its hashes, and nothing else."""
    workspace, register, receipt = find_receipt(request, code)
    pages: Pages = request.app.state.pages
    return pages.answer(
        request, "check.html", script_version=_version(), receipt=receipt, **_proof_facts(workspace, register, receipt)
    )


@receipts.get("/-/check.js")
def script() -> Response:
    """The script that hashes files in the browser."""
    return part_answer(_script(), "text/javascript")


def _receipt(visit: Visit, number: int) -> Receipt:
    found = next((each for each in visit.entry.receipts if each.number == number), None)
    if found is None:
        raise RefusedFileError(f"Chưa có biên nhận lần nộp {number}.")
    return found


def _facts(request: Request, visit: Visit, receipt: Receipt) -> dict[str, Any]:
    plan, campaign = visit.workspace.plan, visit.workspace.campaign
    facts = _proof_facts(visit.workspace, visit.register, receipt)
    code = facts["proven"].code
    link = check_link(plan, campaign.code, code)
    link = link or f"{request.base_url}kiem-tra/{plan.id}.{campaign.code}.{code}"
    withdrawal = next((each for each in visit.entry.withdrawals if each.number == receipt.number), None)
    return {"receipt": receipt, "withdrawal": withdrawal, "link": link, "qr": _qr(link), **facts}


def _proof_facts(workspace: Workspace, register: Register, receipt: Receipt) -> dict[str, Any]:
    """Return what proves a receipt, or when it will be proved."""
    return {
        "proven": prove(workspace, register, receipt),
        "due": proof_due(register, receipt),
        "over": workspace.is_over,
    }


def _qr(text: str) -> Markup:
    """Return a QR code as a picture inside the page."""
    import segno

    return Markup(segno.make(text, micro=False, error="m").svg_inline(scale=3, border=2))  # noqa: S704 - lines alone


@cache
def _script() -> bytes:
    return (templates_folder() / "page" / "check.js").read_bytes()


@cache
def _version() -> str:
    return hashlib.sha256(_script()).hexdigest()[:12]
