"""The trees of days: made once, the same whoever makes them, and of every submission one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk, moment
from record.builders import owing, submit
from soket.plan.model import Campaign, Plan
from soket.record.day_tree import DayTree, leaf_text, trees_to_seal
from soket.record.keeping import read_register
from soket.record.proof import NoReceiptError, ProvenReceipt, prove, receipt_by_code, receipt_in
from soket.record.records import Receipt, ReceivedFile
from soket.record.tally import register_then
from soket.stages.monitor import seal_days

START = moment("2021-11-01 08:00")


def receipt_of(unit: int, number: int, minutes: int) -> Receipt:
    at = START + timedelta(minutes=minutes)
    file = ReceivedFile(
        inbox_key="i",
        key="k",
        name="a.docx",
        original_name="Báo cáo.docx",
        etag="0",
        sha256=f"{unit:032x}{number:032x}",
        size=9,
        arrived_at=at,
    )
    return Receipt(unit=f"u{unit}", number=number, received_at=at, deadline=at, files=(file,))


def sealed(receipts: list[Receipt], mornings: int = 6, known_from: dict[str, int] | None = None) -> list[DayTree]:
    """Return the trees of a week; a submission of `known_from` is on record that many mornings later only."""
    trees: list[DayTree] = []
    for morning in range(1, mornings + 1):
        now = START.replace(hour=7, minute=30) + timedelta(days=morning)
        there = [each for each in receipts if (known_from or {}).get(each.unit, 0) <= morning]
        trees += trees_to_seal("p", "c", there, trees, now)
    return trees


sent = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 3), st.integers(0, 4 * 24 * 60)),
    max_size=25,
    unique_by=lambda each: each[:2],
).map(lambda drawn: [receipt_of(*each) for each in drawn])


@settings(max_examples=30)
@given(
    sent,
    st.randoms(use_true_random=False),
    st.dictionaries(st.sampled_from([f"u{n}" for n in range(9)]), st.integers(1, 5)),
)
def test_each_submission_stands_in_one_tree_and_trees_do_not_change(
    receipts: list[Receipt], random: object, late: dict[str, int]
) -> None:
    trees = sealed(receipts, known_from=late)
    names = [name for tree in trees for name in tree.leaves]
    assert sorted(names) == sorted(f"{each.unit}/{each.number}" for each in receipts)
    assert [tree.day for tree in trees] == sorted({tree.day for tree in trees})
    shuffled = list(receipts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sealed(shuffled, known_from=late) == trees
    assert list(trees_to_seal("p", "c", receipts, trees, START + timedelta(days=9))) == []


@settings(max_examples=30)
@given(sent.filter(bool), st.data())
def test_any_changed_byte_time_or_place_changes_the_root(receipts: list[Receipt], draw: st.DataObject) -> None:
    (first, *_) = trees = sealed(receipts)
    changed = draw.draw(st.sampled_from([each for each in receipts if f"{each.unit}/{each.number}" in first.leaves]))
    file = changed.files[0]
    for other in (
        changed.model_copy(update={"received_at": changed.received_at + timedelta(seconds=1)}),
        changed.model_copy(update={"files": (file.model_copy(update={"sha256": "f" * 64}),)}),
        changed.model_copy(update={"files": (file.model_copy(update={"size": 10}),)}),
        changed.model_copy(update={"files": (file, file)}),
        changed.model_copy(update={"unit": "u99"}),
    ):
        roots = {tree.root for tree in sealed([other if each is changed else each for each in receipts])}
        assert first.root not in roots
    assert [tree.root for tree in sealed(receipts)] == [tree.root for tree in trees]


@pytest.fixture
def sealed_desk(plan: Plan, campaign: Campaign) -> Desk:
    desk = Desk(plan, campaign)
    for number, unit in enumerate(owing(plan)[:5]):
        submit(desk(f"2021-11-01 09:{number:02}"), unit.code)
    return desk


def test_a_day_is_sealed_the_morning_after_and_once(sealed_desk: Desk, plan: Plan) -> None:
    desk = sealed_desk
    assert seal_days(desk("2021-11-01 18:00"), read_register(desk())).trees == ()
    assert seal_days(desk("2021-11-02 07:00"), read_register(desk())).trees == ()
    for silent in ({"silent": True}, {"rerun": True}):
        assert seal_days(replace(desk("2021-11-02 07:30"), **silent), read_register(desk())).trees == ()
    register = seal_days(desk("2021-11-02 07:30"), read_register(desk()))
    (tree,) = register.trees
    assert (tree.day, len(tree.leaves)) == (date(2021, 11, 1), 5)
    assert register == read_register(desk()) == read_register(desk(), use_snapshot=False)
    before = dict(desk.store.objects)
    assert seal_days(desk("2021-11-02 12:00"), read_register(desk(), keep=False)).trees == (tree,)
    assert desk.store.objects == before
    # Of an earlier day, and on record only now: it goes into the next tree.
    late = owing(plan)[6].code
    submit(desk("2021-11-01 23:59"), late)
    desk("2021-11-02 08:00")
    assert seal_days(desk(), read_register(desk())).trees == (tree,)
    after = seal_days(desk("2021-11-03 07:31"), read_register(desk())).trees
    assert [(each.day, list(each.leaves)) for each in after[1:]] == [(date(2021, 11, 2), [f"{late}/1"])]
    assert register_then(desk(), read_register(desk()), moment("2021-11-02 12:00")).trees == (tree,)


def test_a_receipt_proves_itself_before_and_after(sealed_desk: Desk, plan: Plan) -> None:
    desk, unit = sealed_desk, owing(plan)[2].code
    register = read_register(desk())
    receipt = register.units[unit].receipts[0]
    early = prove(desk(), register, receipt)
    assert early.proof is None
    assert receipt_by_code(desk(), register, early.code.lower().replace("-", " ")) == receipt
    register = seal_days(desk("2021-11-02 08:00"), register)
    proven = prove(desk(), register, receipt)
    assert (proven.code, proven.leaf) == (early.code, early.leaf)
    assert proven.proof
    assert (proven.proof.root, proven.leads_to_root) == (register.trees[0].root, True)
    assert receipt_in(proven.to_json().decode()) == proven
    spoilt = json.loads(proven.leaf) | {"number": 2}
    assert not proven.model_copy(update={"leaf": json.dumps(spoilt)}).leads_to_root
    assert receipt_by_code(desk(), register, "AAAA-AAAA-AAAA-AAAA-AAAA") is None
    assert receipt_by_code(desk(), register, "") is None


def test_what_is_changed_behind_a_tree_shows(sealed_desk: Desk, plan: Plan) -> None:
    desk, unit, other = sealed_desk, owing(plan)[2].code, owing(plan)[3].code
    register = seal_days(desk("2021-11-02 08:00"), read_register(desk()))
    receipt = register.units[unit].receipts[0]
    changed = receipt.model_copy(update={"received_at": receipt.received_at - timedelta(hours=1)})
    desk.store.put(desk().keys.receipt(unit, 1), changed.to_json())
    register = read_register(desk())
    assert not prove(desk(), register, register.units[unit].receipts[0]).leads_to_root
    assert prove(desk(), register, register.units[other].receipts[0]).leads_to_root


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"leaf": "x", "code": "y"}', '{"leaf": "[]", "code": "y"}', "<a>"])
def test_what_is_no_receipt_is_told_from_one(text: str) -> None:
    with pytest.raises(NoReceiptError):
        receipt_in(text)


def test_a_proof_of_nonsense_proves_nothing() -> None:
    leaf = leaf_text("p", "c", receipt_of(1, 1, 0))
    (tree,) = sealed([receipt_of(1, 1, 0)])
    proof = {"day": tree.day, "index": 0, "size": 1, "path": (), "root": tree.root}
    assert ProvenReceipt.model_validate({"leaf": leaf, "code": "x", "proof": proof}).leads_to_root
    for wrong in ({"path": ("zz",)}, {"path": ("",)}, {"root": "0"}, {"index": 1}, {"size": 0}, {"size": 2**80}):
        assert not ProvenReceipt.model_validate({"leaf": leaf, "code": "x", "proof": proof | wrong}).leads_to_root
