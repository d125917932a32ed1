"""The oracle finds nothing in a campaign that went well, and each kind of loss that is planted in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from ordeal.done import Done
from ordeal.found import Evidence, Kept
from ordeal.oracle import RULES, losses
from ordeal.sendings import Sending

PLACE = "thu/dot"
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WRONG = Sending("xa_a", 1, True, {"a.docx": b"wrong", "b.xlsx": b"table"})
RIGHT = Sending("xa_a", 2, False, {"a.docx": b"right", "b.xlsx": b"table"})
ONLY = Sending("xa_b", 1, False, {"a.docx": b"other"})
NUMBERS = ((WRONG, 1), (RIGHT, 2), (ONLY, 1))


def kept(data: bytes, at: datetime = AT) -> Kept:
    return Kept(md5(data, usedforsecurity=False).hexdigest(), len(data), at)


READ = f"checks/{PLACE}/parsed/0123.json"


def records() -> dict[str, Any]:
    """Every record of a campaign in which one unit was returned its report, and put it right."""
    found: dict[str, Any] = {}
    for sending, number in NUMBERS:
        folder = f"reports/{PLACE}/{sending.unit}/{number}"
        files = [
            {
                "name": name,
                "key": f"{folder}/files/{name}",
                "inbox_key": f"inbox/{PLACE}/{sending.unit}/{name}",
                "sha256": digest,
                "etag": kept(data).etag,
            }
            for (name, data), digest in zip(sending.files.items(), digests(sending), strict=True)
        ]
        found[f"receipts/{PLACE}/{sending.unit}/{number}.json"] = {
            "unit": sending.unit,
            "number": number,
            "files": files,
        }
        found[f"{folder}/verdict.json"] = {
            "unit": sending.unit,
            "number": number,
            "ruling": "returned" if sending.returned else "accepted",
            "parsed_key": READ,
            "slip_key": f"{folder}/slip.docx" if sending.returned else None,
        }
        for name in ("intent", "sent"):
            found[f"notices/{PLACE}/{notice(sending, number)}/{name}.json"] = {}
    found[READ] = {"submissions": [{"unit": sending.unit, "number": number} for sending, number in NUMBERS]}
    found[f"checks/{PLACE}/runs/89ab.json"] = {"again": {"at": "2026-11-02T09:00:00Z", "unlike": []}}
    found[f"checks/{PLACE}/runs/cdef.json"] = {}
    found[f"stages/{PLACE}/bao_cao/1/records/opened.json"] = {"products": [f"stages/{PLACE}/bao_cao/1/cong-van.docx"]}
    found[f"register/{PLACE}.json"] = {
        "receipts": {key: {} for key in found if key.startswith("receipts/")},
        "verdicts": {key: {} for key in found if key.endswith("/verdict.json")},
    }
    return found


def digests(sending: Sending) -> list[str]:
    return [next(iter(replace(sending, files={name: data}).digests)) for name, data in sending.files.items()]


def notice(sending: Sending, number: int) -> str:
    return f"{'return' if sending.returned else 'receipt'}.{sending.unit}.n{number}"


def evidence(told: dict[str, Any] | None = None) -> Evidence:
    told = records() if told is None else told
    data = {key: json.dumps(each).encode() for key, each in told.items()}
    listing = {key: kept(each) for key, each in data.items()}
    for sending, number in NUMBERS:
        folder = f"reports/{PLACE}/{sending.unit}/{number}"
        listing |= {f"{folder}/files/{name}": kept(each) for name, each in sending.files.items()}
        listing |= {f"inbox/{PLACE}/{sending.unit}/{name}": kept(each) for name, each in sending.files.items()}
        listing[f"{folder}/slip.docx"] = kept(b"slip")
        listing[f"notices/{PLACE}/{notice(sending, number)}/message.eml"] = kept(b"words")
    listing[f"stages/{PLACE}/bao_cao/1/cong-van.docx"] = kept(b"letter")
    ids = {notice(*each): f"<{notice(*each)}@soket>" for each in NUMBERS}
    register = {"units": {"xa_a": {"accepted": 2}, "xa_b": {"accepted": 1}}}
    return Evidence(
        place=PLACE,
        sendings=[sending for sending, _ in NUMBERS],
        listing=listing,
        records=data,
        versions=dict.fromkeys(data, 1),
        mailbox=Counter(ids.values()),
        message_ids=ids,
        shown=register,
        rebuilt=register,
    )


FOLDER = f"reports/{PLACE}/xa_a/1"
OTHER = f"reports/{PLACE}/xa_b/1"
MAIL = "<receipt.xa_b.n1@soket>"
LEDGER = f"notices/{PLACE}/receipt.xa_b.n1"


def without(key: str) -> Callable[[], Evidence]:
    def planted() -> Evidence:
        good = evidence()
        keep = {each: found for each, found in good.listing.items() if each != key}
        return replace(good, listing=keep, records={each: found for each, found in good.records.items() if each != key})

    return planted


def changed(key: str, **fields: Any) -> Callable[[], Evidence]:
    def planted() -> Evidence:
        told = records()
        told[key] = told[key] | fields
        return evidence(told)

    return planted


def received_again() -> Evidence:
    told = records()
    again = told[f"receipts/{PLACE}/xa_b/1.json"] | {"number": 2}
    verdict = told[f"{OTHER}/verdict.json"] | {"number": 2}
    return evidence(told | {f"receipts/{PLACE}/xa_b/2.json": again, f"reports/{PLACE}/xa_b/2/verdict.json": verdict})


def cut_short(key: str) -> Callable[[], Evidence]:
    return lambda: replace(evidence(), records=evidence().records | {key: b'{"unit": "xa'})


def with_checks(name: str, **fields: Any) -> Callable[[], Evidence]:
    return lambda: evidence(records() | {f"checks/{PLACE}/{name}": fields})


def mails(**counts: int) -> Callable[[], Evidence]:
    return lambda: replace(evidence(), mailbox=evidence().mailbox + Counter({MAIL: counts["more"]}))


def other_copy() -> Evidence:
    good = evidence()
    return replace(good, listing=good.listing | {f"{FOLDER}/files/a.docx": kept(b"wro")})


ROUND = f"stages/{PLACE}/du_thao/1"
ADDRESS = ("units", "xa_b", "contact", "email")
DATE = ("campaigns", "dot", "stages", "unit_reports", "before")


def reported(address: str = "b@xa") -> Evidence:
    """A mail that came back from where it went."""
    return evidence(records() | {f"{LEDGER}/reports/bounced-1-of-1.json": {"address": address}})


def with_end(ending: str, **fields: Any) -> Evidence:
    """A mail that ended in another way than that it was sent."""
    told = {key: each for key, each in records().items() if key != f"{LEDGER}/sent.json"}
    return evidence(told | {f"{LEDGER}/{ending}.json": fields})


def edited(
    *, said: str = "vanthu-1@b", first: str = "2026-12-17", told_of: str = "2026-12-17", sent_to: str = "vanthu-1@b"
) -> Evidence:
    """A campaign whose plan got another address and another date; a third unit, which sent nothing, is told of that."""
    told = records()
    unit = {"code": "xa_b", "contact": {"email": said}}
    before, after = ({"code": "dot", "stages": {"unit_reports": {"before": day}}} for day in (first, "2026-12-18"))
    edition = {"units": [{"code": "xa_a"}, unit, {"code": "xa_c"}], "campaigns": [after]}
    new_date = f"notices/{PLACE}/new_date.xa_c.date-1.{told_of}"
    told |= {f"plans/{PLACE}/0001-aa.json": {"campaigns": [before]}, f"plans/{PLACE}/0002-bb.json": edition}
    told |= {f"decisions/{PLACE}/plan_change-2-bb.json": {}, f"plans/{PLACE}/refused/0002-cc.json": {}}
    told |= {f"{new_date}/intent.json": {}, f"{new_date}/suppressed.json": {}}
    told[f"{LEDGER}/sent.json"] = {"delivered": [sent_to]}
    found = evidence(told)
    later = {f"{LEDGER}/sent.json": replace(found.listing[f"{LEDGER}/sent.json"], at=AT + timedelta(hours=1))}
    return replace(
        found,
        listing={**found.listing, **later},
        message_ids={**found.message_ids, f"new_date.xa_c.date-1.{told_of}": "<new_date>"},
        done=Done(says={ADDRESS: "vanthu-1@b", DATE: "2026-12-18"}, edits_refused=1),
    )


def paper() -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as package:
        package.writestr("document.xml", "words")
    return data.getvalue()


def drafted(*, rests_on: int = 2, tells_of: int = 2, data: bytes = b"", other: bytes = b"") -> Evidence:
    """A campaign with a working draft, which rests on the second report of one unit and the first of the other."""
    data = data or paper()
    units = [{"code": "xa_a", "submission": tells_of}, {"code": "xa_b", "submission": 1}]
    told = records()
    told[f"{ROUND}/records/working.json"] = {
        "stage": "du_thao",
        "round": 1,
        "products": [f"{ROUND}/du-thao.docx"],
        "details": {"basis": {"xa_a": rests_on, "xa_b": 1}},
    }
    told[f"{ROUND}/nguon-goc.json"] = {
        "papers": [{"name": "du-thao.docx", "sha256": sha256(other or data).hexdigest()}],
        "units": units,
    }
    found = evidence(told)
    listing = {**found.listing, f"{ROUND}/du-thao.docx": kept(data)}
    return replace(found, listing=listing, papers={f"{ROUND}/du-thao.docx": data})


PLANTED = {
    "a mail that failed though its reader takes mail": (
        "who_is_not_reached_is_on_record",
        lambda: with_end("failed", refused={"b@xa": "550"}),
    ),
    "a mail that failed for no reason": ("who_is_not_reached_is_on_record", lambda: with_end("failed")),
    "a mail that came back, and nobody wrote it down": (
        "who_is_not_reached_is_on_record",
        lambda: replace(evidence(), done=Done(bounced=[("receipt.xa_b.n1", "b@xa")])),
    ),
    "a mail that did not come back": ("who_is_not_reached_is_on_record", reported),
    "a report of a mail of nobody's": (
        "who_is_not_reached_is_on_record",
        lambda: evidence(records() | {f"mail/strays/{PLACE}/89.json": {"why": "?"}}),
    ),
    "an edition that does not say what the file says": ("plan_is_followed", lambda: edited(said="vanthu@b")),
    "an edition without its decision": (
        "plan_is_followed",
        lambda: evidence(records() | {f"plans/{PLACE}/0001-aa.json": {}, f"plans/{PLACE}/0002-bb.json": {}}),
    ),
    "a decision of no edition": (
        "plan_is_followed",
        lambda: evidence(records() | {f"decisions/{PLACE}/plan_change-2-bb.json": {}}),
    ),
    "an edit that was to be refused": (
        "plan_is_followed",
        lambda: replace(evidence(), done=Done(edits_refused=1)),
    ),
    "a mail to an address of before": ("readers_are_as_the_plan_says", lambda: edited(sent_to="vanthu@b")),
    "a unit that does not know its date": ("readers_are_as_the_plan_says", lambda: edited(told_of="2026-12-16")),
    "a paper cut short": ("products_are_whole", lambda: drafted(data=paper()[:-30])),
    "a paper of another try": ("products_are_whole", lambda: drafted(other=b"other")),
    "a paper that tells of another report": ("products_are_whole", lambda: drafted(tells_of=1)),
    "a draft of an earlier report": ("drafts_are_current", lambda: drafted(rests_on=1, tells_of=1)),
    "a record cut short": ("every_record_can_be_read", cut_short(f"{OTHER}/verdict.json")),
    "a sending never received": ("each_sending_received_and_judged_once", without(f"receipts/{PLACE}/xa_b/1.json")),
    "a submission never judged": ("each_sending_received_and_judged_once", without(f"{OTHER}/verdict.json")),
    "a sending received twice": ("each_sending_received_and_judged_once", received_again),
    "a wrong one accepted": (
        "each_sending_received_and_judged_once",
        changed(f"{FOLDER}/verdict.json", ruling="accepted"),
    ),
    "a right one returned": (
        "each_sending_received_and_judged_once",
        changed(f"{OTHER}/verdict.json", ruling="returned", slip_key=f"{FOLDER}/slip.docx"),
    ),
    "files nobody sent": (
        "nothing_was_made_up",
        changed(
            f"receipts/{PLACE}/xa_b/1.json",
            files=[{"sha256": "0", "name": "x", "key": "x", "inbox_key": "x", "etag": "x"}],
        ),
    ),
    "a number left out": ("nothing_was_made_up", changed(f"receipts/{PLACE}/xa_b/1.json", number=3)),
    "judged without being received": ("nothing_was_made_up", without(f"receipts/{PLACE}/xa_b/1.json")),
    "a copy deleted, and not made again": (
        "copies_are_whole",
        lambda: replace(without(f"{OTHER}/files/a.docx")(), done=Done(deleted=[f"{OTHER}/files/a.docx"])),
    ),
    "a copy gone": ("copies_are_whole", without(f"{OTHER}/files/a.docx")),
    "half a copy": ("copies_are_whole", other_copy),
    "a slip gone": ("papers_are_there", without(f"{FOLDER}/slip.docx")),
    "what was read gone": ("papers_are_there", without(READ)),
    "one left out of what was read together": (
        "papers_are_there",
        changed(READ, submissions=records()[READ]["submissions"][1:]),
    ),
    "returned without a slip": ("papers_are_there", changed(f"{FOLDER}/verdict.json", slip_key=None)),
    "a stage's paper gone": ("papers_are_there", without(f"stages/{PLACE}/bao_cao/1/cong-van.docx")),
    "a register that is another when made anew": (
        "register_is_bucket",
        lambda: replace(evidence(), rebuilt={"units": {}}),
    ),
    "a register that rests on an earlier report": (
        "register_is_bucket",
        lambda: replace(evidence(), shown={"units": {"xa_a": {"accepted": 1}, "xa_b": {"accepted": 1}}}),
    ),
    "a verdict written twice": (
        "written_once",
        lambda: replace(evidence(), versions=dict(evidence().versions) | {f"{OTHER}/verdict.json": 2}),
    ),
    "a verdict that nobody is told of": ("every_verdict_is_answered", without(f"{LEDGER}/intent.json")),
    "a mail that waits": ("every_mail_arrived_once", without(f"{LEDGER}/sent.json")),
    "a mail that never came": ("every_mail_arrived_once", mails(more=-1)),
    "a mail that came twice": ("every_mail_arrived_once", mails(more=1)),
    "a mail of nobody's": ("every_mail_arrived_once", without(f"{LEDGER}/intent.json")),
    "a paper that does not know what counts": (
        "products_are_current",
        lambda: replace(evidence(), stale=["Dự thảo: chưa tính báo cáo của xã A."]),
    ),
    "a run that Great Expectations was never asked about": (
        "great_expectations_was_asked_in_the_end",
        with_checks("unasked/0123.json", run={"by": "arithmetic"}),
    ),
    "a run that it found something else in": (
        "great_expectations_was_asked_in_the_end",
        with_checks("runs/0123.json", again={"at": "2026-11-02T09:00:00Z", "unlike": ["bieu/CT01/KG-01"]}),
    ),
    "a snapshot that lacks a receipt": ("products_are_current", changed(f"register/{PLACE}.json", receipts={})),
}


def test_a_campaign_that_went_well_lost_nothing() -> None:
    assert losses(evidence()) == []
    assert losses(edited()) == []
    assert losses(edited(first="2026-12-18", told_of="2026-12-16")) == []  # the requests told of it
    assert losses(drafted()) == []
    assert losses(replace(reported(), done=Done(bounced=[("receipt.xa_b.n1", "b@xa")]))) == []
    refused = with_end("failed", refused={"b@xa": "550"})
    assert losses(replace(refused, mailbox=mails(more=-1)().mailbox, done=Done(refused=["b@xa"]))) == []


@pytest.mark.parametrize("what", PLANTED)
def test_each_loss_is_found(what: str) -> None:
    rule, planted = PLANTED[what]
    assert rule in {each.rule for each in losses(planted())}


def test_every_rule_has_a_loss_planted() -> None:
    assert {rule for rule, _ in PLANTED.values()} == {rule.__name__ for rule in RULES}


def twice(crashed: timedelta | None, copies: int = 1) -> Evidence:
    """A mail that came again, at its second try an hour later, with a crash so long after the first."""
    good = mails(more=copies)()
    tries = {f"{LEDGER}/attempts/2.json": kept(b"{}", AT + timedelta(hours=1))}
    crashes = [] if crashed is None else [(AT + crashed, AT + crashed + timedelta(seconds=5))]
    return replace(good, listing={**good.listing, **tries}, crashes=crashes)


def test_a_mail_may_come_twice_only_where_something_was_down_between_its_tries() -> None:
    assert losses(twice(timedelta(minutes=1))) == []
    assert losses(twice(timedelta(hours=2)))
    assert losses(twice(None))
    assert losses(twice(timedelta(minutes=1), copies=2))
    first = {f"{LEDGER}/attempts/1.json": kept(b"{}", AT - timedelta(minutes=1))}  # the same try as its message's
    once = replace(mails(more=1)(), crashes=[(AT - timedelta(seconds=30), AT)])
    assert losses(replace(once, listing={**once.listing, **first}))


def test_what_waits_for_a_better_hour_or_was_spoilt_by_hand_is_no_loss() -> None:
    waits = without(f"{LEDGER}/sent.json")()
    assert losses(replace(waits, mailbox=waits.mailbox - Counter([MAIL]), may_wait=["receipt.xa_b.n1"])) == []
    mended = replace(evidence(), versions=dict(evidence().versions) | {f"{OTHER}/verdict.json": 3})
    assert losses(replace(mended, done=Done(spoilt=[f"{OTHER}/verdict.json"]))) == []


def test_what_nobody_can_know_of_what_was_deleted_by_hand_is_no_loss() -> None:
    replaced = f"{FOLDER}/files/a.docx"  # its unit has sent another since
    assert losses(replace(without(replaced)(), done=Done(deleted=[replaced]))) == []
    assert losses(replace(without(READ)(), done=Done(deleted=[READ]))) == []
    again = mails(more=1)()
    assert losses(replace(again, done=Done(deleted=[f"{LEDGER}/sent.json"]))) == []
    assert losses(replace(mails(more=2)(), done=Done(deleted=[f"{LEDGER}/sent.json"])))
    judged_again = replace(evidence(), versions=dict(evidence().versions) | {f"{OTHER}/verdict.json": 2})
    assert losses(replace(judged_again, done=Done(deleted=[f"{OTHER}/verdict.json"]))) == []
