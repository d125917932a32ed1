"""A receipt that proves: what a unit holds in its hand can be checked against what was printed, without us.

It carries the leaf as it was hashed, a code that only the bucket's seal makes, and, once the day is over, the path from
the leaf to the root of the day's tree.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, Literal

from pydantic import ValidationError

from soket.clock import VIETNAM
from soket.plan.ladders import MORNING
from soket.record.day_tree import DayTree, leaf_text
from soket.record.hash_tree import leaf_hash, root_by_path
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.record import Record

_GROUPS, _GROUP = 5, 4  # of a code: 100 bits, as people read them out
_EMBEDDED = re.compile(r'<script type="application/json" id="receipt">(.*?)</script>', re.DOTALL)


class NoReceiptError(ValueError):
    """A file is no receipt of ours; the message says so in Vietnamese."""


class ProofPath(Record):
    """The way from a receipt's leaf to the root of its day's tree."""

    day: date
    index: int
    size: int
    path: tuple[str, ...]
    root: str


class ProvenReceipt(Record):
    """A receipt as it is given out."""

    format: Literal["soket-receipt-1"] = "soket-receipt-1"
    leaf: str
    code: str
    proof: ProofPath | None = None  # none before the day's tree is made

    @property
    def told(self) -> dict[str, Any]:
        """What the leaf says."""
        said: dict[str, Any] = json.loads(self.leaf)
        return said

    @property
    def leads_to_root(self) -> bool:
        """Whether the path leads from the leaf to the root that stands beside it."""
        return self.proof is not None and _leads(self.leaf, self.proof)


def prove(workspace: Workspace, register: Register, receipt: Receipt) -> ProvenReceipt:
    """Return a unit's receipt with all that is known now to prove it."""
    leaf = leaf_text(workspace.plan.id, workspace.campaign.code, receipt)
    found = tree_of(register, receipt)
    path = None
    if found:
        tree, index = found
        path = ProofPath(day=tree.day, index=index, size=len(tree.leaves), path=tuple(tree.path(index)), root=tree.root)
    return ProvenReceipt(leaf=leaf, code=receipt_code(workspace.seal, leaf), proof=path)


def tree_of(register: Register, receipt: Receipt) -> tuple[DayTree, int] | None:
    """Return the tree that a submission stands in, and where; None before there is one."""
    for tree in register.trees:
        if (index := tree.place_of(receipt.unit, receipt.number)) is not None:
            return tree, index
    return None


def proof_due(register: Register, receipt: Receipt) -> datetime:
    """Return when the tree of a submission that has none yet is made."""
    arrived = receipt.received_at.astimezone(VIETNAM).date()
    day = max([arrived, *(tree.day + timedelta(days=1) for tree in register.trees)])
    return datetime.combine(day + timedelta(days=1), MORNING, VIETNAM)


def receipt_code(seal: bytes, leaf: str) -> str:
    """Return the code of a receipt: what nobody makes who has not the bucket's seal, and by which it is found again."""
    digest = hmac.new(seal, b"soket/receipt\n" + leaf.encode(), hashlib.sha256).digest()
    text = base64.b32encode(digest).decode()[: _GROUPS * _GROUP]
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def receipt_by_code(workspace: Workspace, register: Register, code: str) -> Receipt | None:
    """Return the submission that a code is of, however it was typed; None where there is none."""
    wanted = re.sub(r"[\s-]", "", code).upper()
    for receipt in _receipts(register):
        leaf = leaf_text(workspace.plan.id, workspace.campaign.code, receipt)
        if hmac.compare_digest(receipt_code(workspace.seal, leaf).replace("-", "").encode(), wanted.encode()):
            return receipt
    return None


def receipt_in(text: str) -> ProvenReceipt:
    """Return the receipt that a saved file is: a page with it, or its data alone; raise NoReceiptError."""
    embedded = _EMBEDDED.search(text)
    with suppress(ValidationError, ValueError):
        receipt = ProvenReceipt.model_validate_json(embedded[1] if embedded else text)
        told = receipt.told
        if isinstance(told, dict) and isinstance(told.get("files"), list):
            return receipt
    raise NoReceiptError("Tệp không phải biên nhận điện tử tải từ trang nộp hồ sơ.")


def _receipts(register: Register) -> Iterator[Receipt]:
    for entry in register.units.values():
        yield from entry.receipts


def _leads(leaf: str, proof: ProofPath) -> bool:
    try:
        path = [bytes.fromhex(each) for each in proof.path]
        root = bytes.fromhex(proof.root)
    except ValueError:
        return False
    return root_by_path(leaf_hash(leaf.encode()), proof.index, proof.size, path) == root
