"""Judging: every submission received and not judged yet, as one batch, to a verdict each.

The verdict is written last and once, so a run that breaks off anywhere is simply run again; what was read of some is
kept together before their verdicts, which name it. What its unit asks back until then is withdrawn instead. A
submission on which our own code fails stops no other, whether it fails over that one or over the batch with it: it
stays unjudged, the attempt is on record, and it is tried again after a while.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from soket.faults import Fault, weighed
from soket.intake.attempts import Setbacks, given_up
from soket.intake.check_runs import CheckRun, UnaskedRun, keep_run, run_of
from soket.intake.checking import Checker
from soket.intake.comparisons import last_reported, usual_values
from soket.intake.confirming import confirmations_in
from soket.intake.contents import Contents
from soket.intake.examine import Examined, examine
from soket.intake.likeness.compare import compare
from soket.intake.marking import marked_copies, to_be_marked
from soket.intake.measured import keep_measured
from soket.intake.peers import Peers
from soket.intake.places import Places
from soket.intake.receive import due
from soket.intake.rules import Stack
from soket.intake.together import check_together
from soket.intake.validation import SubmissionId, Validator
from soket.intake.withdrawing import asked_back_meanwhile, file_withdrawal
from soket.plan.model import RestatedRule, Severity, SpreadRule
from soket.record.confirming import Confirmation, by_matter, with_confirmed
from soket.record.filing import file_from_unit
from soket.record.parsed import TOGETHER, keep_parsed
from soket.record.products import CONTENT_TYPES
from soket.record.records import ParsedReport, Receipt, Ruling, Verdict, ruling_of
from soket.record.register import Register, UnitEntry
from soket.record.signed import SIGNATURES, SignedCopies
from soket.record.workspace import Workspace

_WRITERS = 8
_WEIGHT = {severity: index for index, severity in enumerate(Severity)}


def judge(
    workspace: Workspace,
    register: Register,
    *,
    validator: Validator | None = None,
    contents: Contents | None = None,
    marking: bool = True,
) -> list[Verdict]:
    """Judge every submission that is due and file what came of it; return the verdicts that this call wrote.

    Files with faults are kept with each at its place, too, unless `marking` is not asked for.
    `validator` and `contents` come from a caller that began with them while it received; else they begin here. Where
    Great Expectations fails, the rules are checked by arithmetic. Raises ReaderFailedError where no reader works, and
    then files nothing; StoreFailedError where the bucket fails, whatever was being asked of it.
    """
    receipts = due(register, workspace.clock.real_time(workspace.now))
    if not receipts:
        return []
    with ExitStack() as stack:
        validator = validator or stack.enter_context(Validator())
        contents = contents or stack.enter_context(Contents(workspace.store))
        contents.fetch(receipts)
        trouble = Setbacks()
        attempts = (
            trouble.over(receipt, examine, workspace, receipt, contents, given_up=given_up(register, receipt))
            for receipt in receipts
        )
        examined = [each for each in attempts if each is not None]
        checked = check_together(examined, partial(_check, workspace, register, Checker(validator)), trouble)
        if checked.run:
            keep_run(workspace, checked.run)
        keep_measured(workspace, checked.examined)
        readers, meanwhile = contents, asked_back_meanwhile(workspace, register)

        def decided(each: Examined) -> _Outcome | None:
            """Decide, and write the papers at once; None where that fails, or its unit asks it back meanwhile."""
            each.faults += checked.faults.get(each.id, ())
            sent = to_be_marked(workspace, each) if marking else {}
            entry = register.units[each.unit.code]
            on_trial = tuple(checked.on_trial.get(each.id, ()))
            outcome = trouble.over(each.receipt, _decide, workspace, each, entry, readers, sent, on_trial)
            if outcome is None:
                return None
            if word := entry.asks_back(each.receipt, meanwhile.get(entry.unit, ())):
                file_withdrawal(workspace, each.receipt, word)
                return None
            _file_papers(workspace, outcome.papers)
            return replace(outcome, papers={})  # the slips of a large batch are not all in memory

        written: list[Verdict | None] = []
        with ThreadPoolExecutor(_WRITERS) as pool:
            for start in range(0, len(checked.examined), TOGETHER):
                some = pool.map(decided, checked.examined[start : start + TOGETHER])
                if outcomes := [each for each in some if each]:
                    key = keep_parsed(workspace.store, workspace.keys, {each.id: each.parsed for each in outcomes})
                    written += pool.map(partial(_file, workspace, key), outcomes)
    trouble.file(workspace, register)
    return [verdict for verdict in written if verdict is not None]


@dataclass(frozen=True)
class _Checked:
    """What was found of a batch as a whole."""

    examined: Sequence[Examined]
    faults: Mapping[SubmissionId, Sequence[Fault]]
    run: CheckRun | UnaskedRun | None
    on_trial: Mapping[SubmissionId, Sequence[str]]


def _check(workspace: Workspace, register: Register, checker: Checker, examined: Sequence[Examined]) -> _Checked:
    """Compare a batch's reports, put its tables on one stack, and return what this and the plan's rules say of each."""
    peers = Peers(workspace, register, examined)
    alike = compare(workspace, examined, peers)
    stack = Stack()
    for each in examined:
        if each.form and each.table:
            stack.add(each.id, each.form, each.table)
    if spread := stack.indicators_with(SpreadRule):
        stack.usual = usual_values(peers.arrivals(), spread, stack.tables)
    if restated := stack.indicators_with(RestatedRule):
        stack.last_reported = last_reported(workspace, {unit for unit, _ in stack.tables}, restated)
    frame = stack.frame()
    found = checker.run(frame)
    faults = stack.faults(found.by_check)
    for submission, told in alike.items():
        faults.setdefault(submission, []).insert(0, told)
    trials = frozenset(rule.name for rule in stack.rules() if rule.trial)
    told_of = {name: each for name, each in found.by_check.items() if name not in trials}
    run = run_of(workspace.now, frame, told_of, by=found.by)
    asks = run and run.by == "arithmetic"
    kept = UnaskedRun(run=run, frame=frame, found=found.by_check) if asks else run
    return _Checked(examined, faults, kept, stack.on_trial(found.by_check))


@dataclass(frozen=True)
class _Outcome:
    """What is to be written of one submission: whatever can fail over its data has passed."""

    verdict: Verdict  # but for where what was read is kept; whatever it says of the files stands there, too
    parsed: bytes
    papers: Mapping[str, bytes]  # by key
    confirmed: Sequence[Confirmation]

    @property
    def id(self) -> SubmissionId:
        """Whose it is."""
        return self.verdict.unit, self.verdict.number


def _file_papers(workspace: Workspace, papers: Mapping[str, bytes]) -> None:
    for key, data in papers.items():
        workspace.store.put(key, data, CONTENT_TYPES[key.rpartition(".")[2].lower()])


def _file(workspace: Workspace, parsed_key: str, outcome: _Outcome) -> Verdict | None:
    """Write, last, the verdict, which says where what was read is kept; return None where another run had."""
    for each in outcome.confirmed:
        file_from_unit(workspace, each)
    verdict = outcome.verdict.model_copy(update={"parsed_key": parsed_key})
    key = workspace.keys.report(verdict.unit, verdict.number, "verdict.json")
    return verdict if workspace.store.create(key, verdict.to_json()) else None


def _decide(
    workspace: Workspace,
    examined: Examined,
    entry: UnitEntry,
    readers: Contents,
    sent: Mapping[str, bytes],
    on_trial: tuple[str, ...],
) -> _Outcome:
    """Return the verdict on an examined submission, with the slip of a returned one and the files `sent` marked.

    It is late by the later of two dates: the one at its receipt, and the unit's own now, which may have been extended.
    What the unit confirmed before, or confirms with these files, asks nothing more.
    """
    receipt = examined.receipt
    places = Places(examined.table) if examined.table else None
    found = [places.in_full(fault) for fault in examined.faults] if places else examined.faults
    said = confirmations_in(workspace, entry, examined)
    found = weighed(workspace.plan, found)
    found = places.waiting(found) if places else found
    judged = with_confirmed(found, by_matter((*entry.confirmations, *said)))
    faults = tuple(sorted(judged, key=lambda fault: _WEIGHT[fault.severity]))
    ruling = ruling_of(faults)
    slip_key = workspace.keys.report(receipt.unit, receipt.number, "slip.docx")
    parsed = ParsedReport(
        unit=receipt.unit,
        number=receipt.number,
        kind=examined.kind,
        sections=examined.sections,
        unplaced=examined.unplaced,
        figures=examined.figures,
        faults=faults,
        scans=examined.scans,
    )
    marked = marked_copies(workspace, examined, faults, readers, sent)
    verdict = Verdict(
        unit=receipt.unit,
        number=receipt.number,
        kind=examined.kind,
        ruling=ruling,
        late=receipt.late and receipt.received_at >= entry.deadline,
        judged_at=workspace.now,
        faults=faults,
        slip_key=slip_key if ruling is Ruling.RETURNED else None,
        marked=tuple(marked),
        on_trial=on_trial,
    )
    papers = {copy.key: data for copy, data in marked.items()}
    if examined.signed:
        signed = SignedCopies(
            unit=receipt.unit, number=receipt.number, checked_at=workspace.now, files=tuple(examined.signed)
        )
        papers[workspace.keys.report(receipt.unit, receipt.number, SIGNATURES)] = signed.to_json()
    if ruling is Ruling.RETURNED:
        papers[slip_key] = _slip(workspace, receipt, faults)
    return _Outcome(verdict, parsed.to_json(), papers, said)


def _slip(workspace: Workspace, receipt: Receipt, faults: Sequence[Fault]) -> bytes:
    from soket.documents.slip import render_slip

    unit = workspace.plan.unit(receipt.unit)
    return render_slip(workspace.plan, workspace.campaign, unit, receipt, faults, now=workspace.now)
