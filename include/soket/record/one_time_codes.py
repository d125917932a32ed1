"""A code that lets one browser into a unit's page: the page notes that it is asked for, and a run mails it.

The code is kept nowhere: whoever mails it and whoever checks it work it out of the note and the bucket's seal. Moments
are real, and the store's: no other clock says how long a code lives.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError

from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError, Store, StoredObject

LIVES = timedelta(minutes=10)
TRIES = 5
MOST_AN_HOUR = 6  # for a unit, whoever asks
DIGITS = 6

_AT_ONCE = timedelta(minutes=1)  # who asks again so soon has pressed twice
_KEPT = timedelta(hours=2)  # longer than a number could come back
_FOLDER = "one-time"  # no holder's code: it has a hyphen
_ASKED, _USED, _TRY = "asked.json", "used.json", "try-"
_USED_UP = (
    "Mã này đã dùng rồi. Chính trình duyệt này vừa nhập thì tải lại trang; không thì bấm “Gửi mã” để nhận mã khác."
)


class CodeRefusedError(ValueError):
    """No code is sent, or the one that was typed opens nothing; the message says why and what to do, in Vietnamese."""


class CodeAsk(Record):
    """That a browser asked for a unit's code; without the seal, nothing here leads to the code."""

    unit: str
    id: str  # the hour, and which ask of it
    browser: str  # a hash of what its cookie holds
    mark: str  # no two asks have it in common


@dataclass(frozen=True)
class _Noted:
    """An ask as a listing shows it."""

    unit: str
    id: str
    at: datetime
    tried: int
    used: bool

    @property
    def opens(self) -> bool:
        """Whether its code may still open the page."""
        return not self.used and self.tried < TRIES


def ask_for_code(workspace: Workspace, unit: str, browser: str) -> None:
    """Note that a browser asks for a unit's code; raise CodeRefusedError where that was done too often in this hour."""
    now = workspace.store.now()
    asked = _asks_of(workspace, _noted(workspace, unit), browser, now)
    if any(each.opens and now - each.at < _AT_ONCE for each, _ in asked):
        return
    for number in range(1, MOST_AN_HOUR + 1):
        ask = CodeAsk(unit=unit, id=f"{now:%Y%m%d%H}-{number}", browser=_hashed(browser), mark=secrets.token_hex(16))
        if workspace.store.create(_key(workspace, unit, ask.id, _ASKED), ask.to_json()):
            return
    raise CodeRefusedError(f"Giờ này đã gửi {MOST_AN_HOUR} mã cho đơn vị. Hãy dùng mã đã nhận, hoặc đợi sang giờ sau.")


def waits_for_code(workspace: Workspace, unit: str, browser: str) -> bool:
    """Whether a browser has asked for a code that may still open the page."""
    asked = _asks_of(workspace, _noted(workspace, unit), browser, workspace.store.now())
    return any(each.opens for each, _ in asked)


def use_code(workspace: Workspace, unit: str, browser: str, typed: str) -> None:
    """Use a code up; raise CodeRefusedError where it is not what this browser was sent, or is over.

    A try is counted before it is held against the code, so that many at once are no way round.
    """
    code = re.sub(r"[\s.\-]", "", typed)
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        raise CodeRefusedError(f"Mã gồm {DIGITS} chữ số. Hãy xem lại thư mới nhất rồi nhập đủ.")
    asked = _asks_of(workspace, _noted(workspace, unit), browser, workspace.store.now())
    if not asked:
        raise CodeRefusedError(
            f"Mã đã quá {LIVES.seconds // 60} phút, hoặc do trình duyệt khác xin. Hãy bấm “Gửi mã”, rồi nhập mã mới "
            "ngay trên trình duyệt này."
        )
    if any(each.used and _is_code(workspace, ask, code) for each, ask in asked):
        raise CodeRefusedError(_USED_UP)
    left = 0
    for noted, ask in asked:
        number = None if noted.used else _claim_try(workspace, noted)
        if number is None:
            continue
        if _is_code(workspace, ask, code):
            if workspace.store.create(_key(workspace, unit, ask.id, _USED), b"{}"):
                return
            raise CodeRefusedError(_USED_UP)
        left = max(left, TRIES - number)
    if left:
        raise CodeRefusedError(f"Mã không đúng, còn {left} lần thử. Hãy xem lại thư mới nhất.")
    raise CodeRefusedError(f"Đã nhập sai {TRIES} lần, mã này không dùng được nữa. Hãy bấm “Gửi mã” để nhận mã khác.")


def code_of(workspace: Workspace, unit: str, mark: str) -> str:
    """Return the code of an ask."""
    what = f"soket/code/{workspace.plan.id}/{workspace.campaign.code}/{unit}/{mark}"
    return f"{int.from_bytes(hmac.digest(workspace.seal, what.encode(), 'sha256')) % 10**DIGITS:0{DIGITS}}"


def codes_folder(workspace: Workspace) -> str | None:
    """Return the prefix of all that is noted of codes; None of a plan that asks for none."""
    return _key(workspace) if workspace.plan.unit_page.one_time_code else None


def code_asks_listed(workspace: Workspace, store: Store | None = None) -> Iterator[StoredObject]:
    """Yield every note that a code is asked for, of all units, from one listing; of a plan that asks for none, none."""
    if folder := codes_folder(workspace):
        yield from (each for each in (store or workspace.store).list(folder) if each.key.endswith(f"/{_ASKED}"))


def codes_asked_for(workspace: Workspace) -> list[CodeAsk]:
    """Return what was asked for of all units and may still be of use."""
    listed = list(code_asks_listed(workspace))
    now = workspace.store.now() if listed else None
    return _read(workspace, [each.key for each in listed if now and now - each.last_modified < LIVES])


def forget_old_codes(workspace: Workspace) -> None:
    """Remove what was asked for and tried long ago."""
    if workspace.plan.unit_page.one_time_code and (listed := list(workspace.store.list(_key(workspace)))):
        now = workspace.store.now()
        for each in listed:
            if now - each.last_modified > _KEPT:
                workspace.store.take_back(each.key, each.etag)


def _is_code(workspace: Workspace, ask: CodeAsk, code: str) -> bool:
    return hmac.compare_digest(code, code_of(workspace, ask.unit, ask.mark))


def _asks_of(
    workspace: Workspace, noted: Iterable[_Noted], browser: str, now: datetime
) -> list[tuple[_Noted, CodeAsk]]:
    """Return what a browser asked for no longer ago than a code lives, the latest first."""
    lately = {each.id: each for each in noted if now - each.at < LIVES}
    asks = _read(workspace, [_key(workspace, each.unit, each.id, _ASKED) for each in lately.values()])
    own = [(lately[ask.id], ask) for ask in asks if hmac.compare_digest(ask.browser, _hashed(browser))]
    return sorted(own, key=lambda each: (each[0].at, each[0].id), reverse=True)


def _read(workspace: Workspace, keys: Iterable[str]) -> list[CodeAsk]:
    asks = []
    for key in keys:
        with suppress(MissingObjectError, ValidationError):  # forgotten meanwhile, or spoilt: then it is asked for anew
            asks.append(CodeAsk.model_validate_json(workspace.store.get(key)))
    return asks


def _noted(workspace: Workspace, unit: str) -> list[_Noted]:
    """Return every ask of a unit, from one listing."""
    folder = _key(workspace, unit)
    found: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for each in workspace.store.list(folder):
        ask, _, name = each.key.removeprefix(folder).partition("/")
        found[ask][name] = each.last_modified
    return [
        _Noted(unit, ask, names[_ASKED], sum(name.startswith(_TRY) for name in names), _USED in names)
        for ask, names in found.items()
        if _ASKED in names
    ]


def _claim_try(workspace: Workspace, noted: _Noted) -> int | None:
    """Count a try of a code; return which it is, None where there were all."""
    for number in range(noted.tried + 1, TRIES + 1):
        if workspace.store.create(_key(workspace, noted.unit, noted.id, f"{_TRY}{number}.json"), b"{}"):
            return number
    return None


def _key(workspace: Workspace, unit: str = "", ask: str = "", name: str = "") -> str:
    """Return where a part of an ask lies; without more, the prefix of a unit's, or of all."""
    return workspace.keys.handover(_FOLDER, unit, f"{ask}/{name}" if ask else "")


def _hashed(browser: str) -> str:
    return hashlib.sha256(f"browser/{browser}".encode()).hexdigest()
