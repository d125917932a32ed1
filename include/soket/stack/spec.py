"""What the plans ask of the stack: who may drop files where, and who may log in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

ROLES = ("admin", "op", "user", "viewer")

_ACCOUNT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]*")


@dataclass(frozen=True)
class Folder:
    """A place in the bucket that one holder of credentials may write and read; `prefix` ends with a slash."""

    name: str
    prefix: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a folder has a name")
        # The prefix becomes a pattern in the server's policy: a star or a bare start would open the neighbours too.
        if not self.prefix.endswith("/") or self.prefix.startswith("/") or set("*?\\") & set(self.prefix):
            raise ValueError(f"a folder's prefix reads 'inbox/plan/campaign/unit/', not {self.prefix!r}")
        if any(part in ("", ".", "..") for part in self.prefix[:-1].split("/")):
            raise ValueError(f"a folder's prefix has no empty or dotted parts: {self.prefix!r}")


@dataclass(frozen=True)
class Account:
    """Someone who may log in to the Airflow pages; `role` is one of `ROLES`."""

    name: str
    role: str

    def __post_init__(self) -> None:
        if not _ACCOUNT_NAME.fullmatch(self.name):
            raise ValueError(f"an account's name is made of letters, digits, '.', '_', '@' and '-', not {self.name!r}")
        if self.role not in ROLES:
            raise ValueError(f"an account's role is one of {', '.join(ROLES)}, not {self.role!r}")


@dataclass(frozen=True)
class StackSpec:
    """All that the stack needs to know of the plans."""

    folders: tuple[Folder, ...] = ()
    accounts: tuple[Account, ...] = ()
    bucket: str = "soket"
    settings: dict[str, str] = field(default_factory=dict)  # variables that soket's own code reads

    def __post_init__(self) -> None:
        _refuse_repeats("folder", (folder.name for folder in self.folders))
        _refuse_repeats("account", (account.name for account in self.accounts))

    def keeping(self, before: StackSpec) -> StackSpec:
        """Return this spec with whatever was in an earlier one and is missing here; who is in both is as here."""
        folders = {folder.name: folder for folder in (*before.folders, *self.folders)}
        accounts = {account.name: account for account in (*before.accounts, *self.accounts)}
        return replace(self, folders=tuple(folders.values()), accounts=tuple(accounts.values()))

    def to_json(self) -> str:
        """Return the spec as text that `from_json` reads back."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> StackSpec:
        """Read a spec from its text."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            tuple(Folder(**folder) for folder in data["folders"]),
            tuple(Account(**account) for account in data["accounts"]),
            data["bucket"],
            data.get("settings", {}),
        )


def _refuse_repeats(kind: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"two {kind}s have one name: {name!r}")
        seen.add(name)
