"""Whatever is spoilt in the bucket: nothing raises, nothing turns in a circle, and the operator hears of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from email.parser import BytesHeaderParser

import pytest

from conftest import Desk
from intake.turns import InlineReaders, PlainValidator, drop
from reading import corpus
from record.verbs import unit_reports
from soket.intake import batch, reread
from soket.intake.check_runs import kept_runs
from soket.intake.spoilt import is_spoilt
from soket.notices import lines
from soket.notices.delivery import deliver
from soket.notices.senders import MailServerError, RecordingSender, Refusal
from soket.notices.switch import held_by, throw
from soket.plan.model import Plan
from soket.record.decisions import Extension
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Attempt, ParsedReport, batch_id
from soket.record.workspace import Workspace
from soket.stages import collect, monitor

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}
WRONG = GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, 901))}
THEN, NOW, LATER = "2021-11-01 09:00", "2021-11-01 11:00", "2021-11-01 12:00"
MADE_AGAIN = ("kept file", "slip")

Spoil = Callable[[dict[str, bytes], str], bytes | None]

SPOILS: dict[str, Spoil] = {
    "empty": lambda held, key: b"",
    "half": lambda held, key: held[key][: len(held[key]) // 2],
    "other JSON": lambda held, key: b'{"a": [1, 2]}',
    "another's": lambda held, key: next(
        data for other, data in held.items() if other != key and other.split("/")[0] == key.split("/")[0]
    ),
    "deleted": lambda held, key: None,
}

RECORDS = {
    "receipt": "receipts/{0}/so_vh/1.json",
    "verdict": "reports/{0}/so_vh/1/verdict.json",
    "verdict of a returned one": "reports/{0}/huyen_1/1/verdict.json",
    "attempt": "reports/{0}/huyen_1/1/attempts/1.json",
    "decision": "decisions/{0}/extension-1.json",
    "stage record": "stages/{0}/unit_reports/1/records/opened.json",
}
OTHERS = {
    "parsed report": f"checks/{{0}}/parsed/{batch_id([('so_vh', 1)])}.json",
    "measured": f"checks/{{0}}/measured/so/{batch_id([('so_vh', 1)])}.json",
    "kept file": "reports/{0}/so_vh/1/files/" + corpus.REPORT,
    "slip": "reports/{0}/huyen_1/1/slip.docx",
    "snapshot": "register/{0}.json",
    "heartbeat": "register/{0}.heartbeat.json",
    "intent of a mail that went out": "notices/{0}/receipt.so_vh.n1/intent.json",
    "end of a mail": "notices/{0}/receipt.so_vh.n1/sent.json",
    "message of a mail that went out": "notices/{0}/receipt.so_vh.n1/message.eml",
    "intent of a mail that waits": "notices/{0}/return.huyen_1.n1/intent.json",
    "message of a mail that waits": "notices/{0}/return.huyen_1.n1/message.eml",
}


class Away(RecordingSender):
    """A mail server that goes away when it is to take a mail."""

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Mapping[str, Refusal]:
        raise MailServerError("mất kết nối")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, inline: None) -> None:
    monkeypatch.setattr("soket.intake.batch.Validator", PlainValidator)


@pytest.fixture(scope="module")
def lived(small_plan: Plan) -> tuple[dict[str, tuple[bytes, object]], RecordingSender]:
    """A campaign with one of each thing that is kept, and the mail that went out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        patch.setattr("soket.intake.batch.Validator", PlainValidator)
        desk = Desk(small_plan, small_plan.campaigns[0])
        desk(THEN)
        unit_reports.open_stage(desk())
        act = {"decided_at": desk.now, "account": "vh", "granted_by": "PBT", "reason": "bão"}
        file_decision(desk(), Extension(id="extension-1", unit="huyen_2", last_day=date(2021, 11, 9), **act))
        file_decision(desk(), Extension(id="extension-2", unit="huyen_3", last_day=date(2021, 11, 9), **act))
        file_stage_record(desk(), "communications", 1, "opened", "Mở.")
        drop(desk, "so_vh", GOOD, THEN)
        batch.process(desk())
        sender = RecordingSender()
        everything(desk(), sender)
        drop(desk, "huyen_1", WRONG, THEN)
        batch.process(desk())
        attempt = Attempt(
            unit="huyen_1", number=1, attempt=1, at=desk.now, again_at=desk.now, error="OSError", detail=""
        )
        desk().store.create(desk().keys.attempt("huyen_1", 1, 1), attempt.to_json())
        collect.answer_units(desk())
        deliver(desk(), Away())
        monitor.count_mail(desk())
        return dict(desk.store.objects), sender


def everything(workspace: Workspace, sender: RecordingSender) -> None:
    """Do all that happens of itself, and look at what people look at."""
    batch.process(workspace)
    collect.answer_units(workspace)
    monitor.chase(workspace)
    monitor.digest(workspace)
    monitor.count_mail(workspace)
    deliver(workspace, sender)
    lines.entries(workspace)
    kept_runs(workspace)
    held_by(workspace.store)


def after(plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender]) -> tuple[Desk, RecordingSender]:
    objects, sent = lived
    desk = Desk(plan, plan.campaigns[0])
    desk.store.objects.update(objects)  # type: ignore[arg-type]
    desk(NOW)
    return desk, RecordingSender(list(sent.raw), list(sent.recipients))


def spoil(desk: Desk, pattern: str, how: str) -> str:
    key = pattern.format(f"{desk.plan.id}/{desk.campaign.code}")
    data = SPOILS[how]({name: held for name, (held, _) in desk.store.objects.items()}, key)
    assert key in desk.store.objects
    if data is None:
        del desk.store.objects[key]
    else:
        desk.store.put(key, data)
    return key


def twice_to_anybody(sender: RecordingSender) -> list[object]:
    counted = Counter(
        (str(BytesHeaderParser().parsebytes(message)["Message-ID"]), address)
        for message, addresses in zip(sender.raw, sender.recipients, strict=True)
        for address in addresses
    )
    return [each for each, count in counted.items() if count > 1]


CASES = [(what, how, snapshot) for what in RECORDS for how in SPOILS for snapshot in ("with", "without")]
CASES += [(what, how, "with") for what in OTHERS for how in SPOILS if how != "other JSON"]


@pytest.mark.parametrize(("what", "how", "snapshot"), CASES, ids=map("-".join, CASES))
def test_a_campaign_lives_with_whatever_is_spoilt(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender], what: str, how: str, snapshot: str
) -> None:
    desk, sender = after(small_plan, lived)
    whole = {name: data for name, (data, _) in desk.store.objects.items()}
    key = spoil(desk, (RECORDS | OTHERS)[what], how)
    if snapshot == "without":
        desk.store.objects.pop(desk().keys.register, None)
    folder = desk().keys.report("so_vh", 1, "files/")
    made_again = {key: whole[key]} if how == "deleted" and what in MADE_AGAIN else {}
    kept = {name: data for name, (data, _) in desk.store.objects.items() if name.startswith(folder)}
    kept |= {name: data for name, data in made_again.items() if name.startswith(folder)}

    everything(desk(), sender)
    if what == "intent of a mail that waits":  # found by who sends: what is told of it goes with the next
        everything(desk(), sender)
    settled = dict(desk.store.objects)
    everything(desk(), sender)
    assert {name: data for name, (data, _) in desk.store.objects.items() if "heartbeat" not in name} == {
        name: data for name, (data, _) in settled.items() if "heartbeat" not in name
    }
    assert not is_spoilt(read_register(desk()))
    assert len(reports_of(desk)) == 1
    # Nobody knows of a mail any more that it went out: it goes again, under the same Message-ID, as after a crash.
    again = 1 if (what, how) == ("end of a mail", "deleted") else 0
    assert len(twice_to_anybody(sender)) == again
    assert {name: desk.store.get(name) for name in made_again} == made_again
    if (what in RECORDS and how != "deleted") or made_again:
        told = [message for message in sender.messages if "bản ghi bị hỏng" in str(message["Subject"])]
        texts = [message.get_body(("plain",)) for message in told]
        assert ["".join(key.split()) in "".join(text.get_content().split()) for text in texts if text] == [True]

    numbers = {receipt.number for receipt in read_register(desk()).units["so_vh"].receipts}
    drop(desk, "so_vh", {corpus.REPORT: corpus.report("Bản sửa.")}, LATER)
    everything(desk(), sender)
    entry = read_register(desk()).units["so_vh"]
    assert [receipt.number for receipt in entry.receipts][-1] not in numbers
    assert entry.last_number not in numbers
    assert entry.pending == entry.unjudged == ()
    assert {name: data for name, (data, _) in desk.store.objects.items() if name.startswith(folder)} == kept
    assert len(twice_to_anybody(sender)) == again


@pytest.mark.parametrize("snapshot", ["with", "without"])
@pytest.mark.parametrize("what", RECORDS)
def test_what_a_newer_version_wrote_is_left_alone_and_turns_nothing_in_a_circle(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender], what: str, snapshot: str
) -> None:
    desk, sender = after(small_plan, lived)
    key = RECORDS[what].format(f"{desk.plan.id}/{desk.campaign.code}")
    newer = json.dumps(json.loads(desk.store.get(key)) | {"weather": "mưa"}).encode()
    desk.store.put(key, newer)
    if snapshot == "without":
        del desk.store.objects[desk().keys.register]
    everything(desk(), sender)
    settled = {name: data for name, (data, _) in desk.store.objects.items() if "heartbeat" not in name}
    assert batch.process(desk()) == "Không có tệp mới."
    everything(desk(), sender)
    assert {name: data for name, (data, _) in desk.store.objects.items() if "heartbeat" not in name} == settled
    assert desk.store.get(key) == newer
    assert read_register(desk()).unreadable == (key,)
    intents = [data for name, (data, _) in desk.store.objects.items() if "/oddities." in name and "intent" in name]
    assert any(key.encode() in intent for intent in intents)


@pytest.mark.parametrize("throws", [1, 2])
@pytest.mark.parametrize("data", [b"", b"{}", b"[1, 2"])
def test_a_spoilt_switch_stands_as_it_was_thrown(desk: Desk, throws: int, data: bytes) -> None:
    store = desk(NOW).store
    for number in range(throws):
        throw(store, held=number % 2 == 0, by="vh", reason="kiểm tra", at=desk.now)
    store.put(f"mail/switch/{throws:06}.json", data)
    assert (held_by(store) is not None) is (throws == 1)
    assert throw(store, held=throws == 2, by="vh", reason="xong", at=desk.now)


def test_a_draft_is_made_of_reports_read_again(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender]
) -> None:
    desk, _ = after(small_plan, lived)
    (before,) = reports_of(desk)
    key, alone = spoil(desk, OTHERS["parsed report"], "half"), desk().keys.report("so_vh", 1, "parsed.json")
    spoilt = desk.store.get(key)
    assert reports_of(desk) == [before]
    assert (desk.store.get(key), desk.store.get(alone)) == (spoilt, before.to_json())
    held = dict(desk.store.objects)
    assert reports_of(desk) == [before]
    assert desk.store.objects == held, "what was read anew is found there the next time"
    alerts = [name for name in desk.store.objects if "/alert." in name and name.endswith("intent.json")]
    assert len(alerts) == 1
    for kept in [name for name in desk.store.objects if "/so_vh/1/files/" in name] + [key, alone]:
        del desk.store.objects[kept]
    desk(desk.now + timedelta(days=1))
    assert reports_of(desk) == [before], "what its unit sent still lies in the inbox"
    for lost in [name for name in desk.store.objects if "/so_vh/1/" in name or name.startswith("inbox/")] + [key]:
        desk.store.objects.pop(lost, None)
    desk(desk.now + timedelta(days=1))
    assert reports_of(desk) == []


def reports_of(desk: Desk) -> list[ParsedReport]:
    register = read_register(desk())
    return reread.accepted_reports(desk(), register, register.basis().items())


def test_a_file_that_its_unit_has_taken_away_is_not_copied_again_and_turns_nothing_in_a_circle(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender]
) -> None:
    desk, sender = after(small_plan, lived)
    key = spoil(desk, OTHERS["kept file"], "deleted")
    del desk.store.objects[desk().keys.inbox_folder("so_vh") + corpus.REPORT]
    everything(desk(), sender)
    assert key not in desk.store.objects
    assert not is_spoilt(read_register(desk()))


def test_a_return_goes_out_with_its_slip_though_that_was_deleted_before_anybody_attached_it(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender]
) -> None:
    desk, _ = after(small_plan, lived)
    drop(desk, "huyen_2", WRONG, NOW)
    batch.process(desk())
    collect.answer_units(desk())
    del desk.store.objects[desk().keys.report("huyen_2", 1, "slip.docx")]
    sender = RecordingSender()
    everything(desk(), sender)
    (letter,) = [each for each in sender.messages if each["X-Soket-Notice"] == "return.huyen_2.n1"]
    assert [part.get_filename() for part in letter.iter_attachments()]


def test_a_receipt_made_anew_names_the_file_that_came_before_and_still_counts(
    small_plan: Plan, lived: tuple[dict[str, tuple[bytes, object]], RecordingSender]
) -> None:
    desk, _ = after(small_plan, lived)
    drop(desk, "huyen_1", {corpus.TABLE: GOOD[corpus.TABLE]}, NOW)
    batch.process(desk())
    before = read_register(desk()).units["huyen_1"].receipts
    assert [len(receipt.files) for receipt in before] == [2, 2], "the report of the first counts with the second"
    for receipt in before:
        del desk.store.objects[desk().keys.receipt("huyen_1", receipt.number)]
    batch.process(desk())
    anew = read_register(desk()).units["huyen_1"].receipts
    assert [{file.key for file in each.files} for each in anew] == [
        {file.key for file in each.files} for each in before
    ]
