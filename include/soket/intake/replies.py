"""Takes in what lies in folders of replies to invitations: filled forms, and texts of speeches."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from soket.documents.registration import FORM_TYPES, Registration, read_registration
from soket.plan.guests import name_of_guest
from soket.plan.model import Plan, StageKind
from soket.reading.kinds import extension_of
from soket.reading.reader import UnreadFileError
from soket.record.attendance import UNREAD, Channel, Reply, reply_id
from soket.record.drops import Drop
from soket.record.register import Register
from soket.record.replying import record_reply
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError
from soket.text import flat, nfc, quoted

log = logging.getLogger(__name__)

_SPEECH = "tham luan"  # how the name of a file with a speech begins, without marks
_NO_FORM = "không phải Phiếu đăng ký đã gửi kèm giấy mời (không có mã phiếu); điền đúng phiếu ấy rồi thả lại"
_NOT_WORD = "phiếu phải là tệp Word (.docx, .doc, .odt, .rtf)"
_TOO_LARGE = "tệp quá lớn"


def replies_waiting(register: Register) -> list[tuple[str, Drop]]:
    """Return the files that are no reply on record yet, each with whose folder it lies in."""
    known = {each.id for each in register.replies}
    return [
        (owner, drop)
        for owner, drops in register.reply_drops.items()
        for drop in drops
        if reply_id(Channel.DROP, _source(drop)) not in known
    ]


def take_replies(workspace: Workspace, register: Register) -> list[Reply]:
    """Record every file that waits, as a reply or as what cannot be one; each once, however often this runs."""
    return list(_taken(workspace, register))


def _taken(workspace: Workspace, register: Register) -> Iterator[Reply]:
    for owner, drop in replies_waiting(register):
        name = nfc(drop.key.rpartition("/")[2])
        kept = workspace.keys.reply_file(reply_id(Channel.DROP, _source(drop)), name)
        refused, form, told = _unread(workspace.plan, drop, name), None, dict[str, str]()
        if not refused:
            try:
                workspace.store.copy(drop.key, kept, drop.etag)
                refused, form = _read(workspace.store.get(kept), name)
            except MissingObjectError:  # replaced meanwhile: it is listed anew
                continue
        if form is None and not refused:
            if flat(name).replace("-", " ").replace("_", " ").startswith(_SPEECH):
                told["speech"] = name
            else:
                refused = _NO_FORM
        guest, stage, number = (form.guest, form.stage, form.round) if form else (owner, "", 0)
        if form:
            told |= form.fields
            refused = refused or _not_theirs(workspace.plan, owner, form)
            if form.attending is None and not refused:
                refused = f"không rõ dự, cử người dự thay hay vắng: «{quoted(form.said, 100)}»"
        yield record_reply(
            workspace,
            register,
            channel=Channel.DROP,
            source=_source(drop),
            guest=guest,
            stage=stage,
            round_number=number,
            at=drop.arrived_at,
            attending=form.attending if form else None,
            refused=refused,
            **told,
        )


def _source(drop: Drop) -> str:
    return f"{drop.key} {drop.etag}"


def _unread(plan: Plan, drop: Drop, name: str) -> str:
    """Return why a file is not even opened."""
    if extension_of(name) not in FORM_TYPES:
        return _NOT_WORD
    return _TOO_LARGE if drop.size > plan.limits.max_file_mb << 20 else ""


def _read(data: bytes, name: str) -> tuple[str, Registration | None]:
    """Return why a file cannot be read, and the form that it is."""
    try:
        return "", read_registration(data, extension_of(name))
    except UnreadFileError:
        log.exception("a registration form could not be read")
        return UNREAD, None


def _not_theirs(plan: Plan, owner: str, form: Registration) -> str:
    """Return why a form cannot be brought by whoever's folder it lies in; the organiser may bring anybody's."""
    organisers = {stage.owner for stage in plan.stages_of(StageKind.CONFER) if stage.id == form.stage}
    if owner == form.guest or owner in organisers:
        return ""
    whose, where = (name_of_guest(plan, code) for code in (form.guest, owner))
    return f"phiếu của {whose} nằm trong thư mục của {where}"
