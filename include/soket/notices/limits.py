"""How much mail goes out: so many a minute in all, and so many a day to one reader.

Deliveries run beside each other, on several machines. What they may send between them is cut into numbered objects;
whoever creates one may send what it stands for, so together they never send more. Time is the store's: every machine
reads it there, however its own clock stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from soket.notices.notice import Notice, first_id
from soket.notices.switch import held_by
from soket.record.workspace import Workspace
from soket.store.keys import mail_share
from soket.store.store import Store

WINDOW = 10  # seconds
LEAST_PER_MINUTE = 7

# No minute touches more than seven windows of ten seconds, wherever it begins.
_WINDOWS_OF_A_MINUTE = 7
_SHARES = 8  # enough for deliveries side by side; a delivery of a few mails takes no more than it needs


class StoreClock:
    """The store's time, asked of it once and then told by this machine's clock."""

    def __init__(self, store: Store, local: Callable[[], datetime]) -> None:
        self._store = store
        self._local = local
        self._ahead: timedelta | None = None

    def __call__(self) -> datetime:
        """Return the moment by the store's clock."""
        if self._ahead is None:
            self.set()
        assert self._ahead is not None  # noqa: S101 - `set` did
        return self._local() + self._ahead

    def set(self) -> None:
        """Ask the store: this machine's clock may have been put right since."""
        self._ahead = self._store.now() - self._local()


class Gate:
    """Lets one mail after the other out while the switch is on, at no more than so many a minute.

    Waits for its turn, `patience` in all. A share is good for its window only; the switch is asked once a window.
    """

    def __init__(
        self,
        store: Store,
        clock: StoreClock,
        pause: Callable[[float], None],
        per_minute: int | None,
        patience: timedelta,
    ) -> None:
        if per_minute is not None and per_minute < LEAST_PER_MINUTE:
            raise ValueError(f"mức gửi thư ít nhất là {LEAST_PER_MINUTE} thư một phút, không phải {per_minute}")
        self.store = store
        self.clock = clock
        self.pause = pause
        self.per_minute = per_minute
        self.patience = patience.total_seconds()
        self._window = -1
        self._share = 0
        self._left = 0
        self._held: str | None = None

    def closed(self) -> str | None:
        """Wait until one more mail may go out; return why it may not, where the wait is too long."""
        while True:
            self._enter_window()
            if self._held:
                return self._held
            if self._has_leave():
                return None
            wait = WINDOW - self.clock().timestamp() % WINDOW
            if wait > self.patience:
                return f"chờ lượt: mỗi phút gửi nhiều nhất {self.per_minute} thư"
            self.patience -= wait
            self.pause(wait)

    def _enter_window(self) -> None:
        if self._now_in() == self._window:
            return
        self.clock.set()
        self._window, self._share, self._left = self._now_in(), 0, 0
        throw = held_by(self.store)
        self._held = str(throw) if throw else None

    def _now_in(self) -> int:
        return int(self.clock().timestamp() // WINDOW)

    def _has_leave(self) -> bool:
        """Take one mail from the share at hand or, when it is spent, from the next that nobody has."""
        if self.per_minute is None:
            return True
        allowed = self.per_minute // _WINDOWS_OF_A_MINUTE
        shares = min(_SHARES, allowed)
        while self._left == 0 and self._share < shares:
            self._share += 1
            if self.store.create(mail_share(self._window, self._share), b""):
                self._left = allowed // shares
        if self._left == 0:
            return False
        self._left -= 1
        return True


class Readers:
    """Counts what each reader gets unasked in a day of the campaign.

    What answers a reader, or asks it for something once, always goes, and is not counted.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.most = workspace.plan.mail.per_reader_day

    def too_much_for(self, notice: Notice) -> str | None:
        """Take a turn for each address a notice is for; return why it has to wait for another day."""
        if not notice.kind.momentary:
            return None
        full = [contact.email for contact in notice.to if not self.has_turn(notice, contact.email)]
        return f"{', '.join(full)} đã nhận đủ {self.most} thư trong ngày" if full else None

    def has_turn(self, notice: Notice, address: str) -> bool:
        """Take a turn of an address for a notice, or find the one that it took before."""
        store, name = self.workspace.store, first_id(notice.id).encode()
        reader = hashlib.sha256(address.casefold().encode()).hexdigest()[:16]
        for number in range(1, self.most + 1):
            key = self.workspace.keys.mail_turn(self.workspace.now.date(), reader, number)
            if store.create(key, name) or store.get(key) == name:
                return True
        return False
