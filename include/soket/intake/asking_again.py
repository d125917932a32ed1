"""What arithmetic found while Great Expectations failed: that is asked about it when it works again.

No verdict follows from its answer. Where it finds something else the operator is told, before the run's record is made
anew; whoever dies half-way leaves the question to the next, who asks and tells the same.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from soket.intake.check_runs import AskedAgain, UnaskedRun, run_of
from soket.intake.check_words import say_years
from soket.intake.checking import Checker
from soket.intake.validation import Check, CheckOutcome, SubmissionId, Validator
from soket.plan.periods import PeriodId
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError, StoredObject
from soket.text import format_moment

_SHOWN = 50  # of a list that may be of any length

log = logging.getLogger(__name__)


def ask_again(workspace: Workspace) -> str:
    """Ask Great Expectations about every run it was not asked; return a note in Vietnamese, "" where there is none."""
    waiting = sorted(workspace.store.list(workspace.keys.check_run(asked=False)), key=lambda each: each.last_modified)
    if not waiting:
        return ""
    asked = 0
    with Validator() as validator:
        checker = Checker(validator)
        for listed in waiting:
            try:
                if not _ask(workspace, checker, listed):
                    break
            except MissingObjectError:
                log.info("Another has asked about %s meanwhile", listed.key)
            except ValueError:  # it is spoilt, or unfit
                log.exception("Great Expectations cannot be asked about %s", listed.key)
                continue
            asked += 1
    left = len(waiting) - asked
    return f"Great Expectations kiểm lại {asked} lượt chấm bằng phép tính thường" + (f", còn {left}." if left else ".")


def _ask(workspace: Workspace, checker: Checker, listed: StoredObject) -> bool:
    """Ask about one run, and keep the answer in its place; return False where Great Expectations still fails."""
    store = workspace.store
    kept = UnaskedRun.model_validate_json(store.get(listed.key))
    found = checker.run(kept.frame)
    if found.by == "arithmetic":
        return False
    outcomes = found.by_check
    unlike = [check for check in kept.frame.checks if outcomes[check.name] != kept.found[check.name]]
    if unlike:
        _tell(workspace, kept, [each for check in unlike for each in _differences(workspace, kept, check, outcomes)])
    shown = {result.check.name: outcomes[result.check.name] for result in kept.run.results}
    again = AskedAgain(at=workspace.now, unlike=tuple(check.name for check in unlike))
    run = run_of(kept.run.at, kept.frame, shown, again=again)
    assert run is not None  # noqa: S101 - it has the results of the run before
    store.put(workspace.keys.check_run(run.batch), run.model_dump_json().encode(), "application/json")
    store.take_back(listed.key, listed.etag)
    return True


def _differences(
    workspace: Workspace, kept: UnaskedRun, check: Check, outcomes: Mapping[str, CheckOutcome]
) -> Iterator[str]:
    """Yield, submission by submission, in which years one finds a rule broken and the other does not."""
    before, outcome = kept.found[check.name], outcomes[check.name]
    if outcome.looked_at != before.looked_at:
        yield f"{check.code}: xét {outcome.looked_at} chỗ, phép tính thường xét {before.looked_at} chỗ"
    now, then = set(outcome.broken), set(before.broken)
    newly, no_more = "không đạt, phép tính thường: đạt", "đạt, phép tính thường: không đạt"
    for rows, said in ((now - then, newly), (then - now, no_more)):
        years: defaultdict[SubmissionId, list[PeriodId]] = defaultdict(list)
        for submission, year in filter(rows.__contains__, kept.frame.rows):
            years[submission].append(year)
        for (unit, number), each in years.items():
            name = getattr(workspace.plan.holder(unit), "name", unit)
            yield f"{name} (mã {unit}), lần nộp {number}, {check.code}, {say_years(each)}: {said}"


def _tell(workspace: Workspace, kept: UnaskedRun, differences: Sequence[str]) -> None:
    """Tell the operator, once for each batch."""
    from soket.notices.alerts import alert
    from soket.notices.outbox import post

    what = (
        f"Lúc {format_moment(kept.run.at)} Great Expectations không chạy được, hồ sơ được chấm bằng phép tính thường. "
        f"Nay kiểm lại, Great Expectations thấy khác ở {len(differences)} chỗ. Kết luận đã gửi đơn vị không đổi."
    )
    left = [f"… và {len(differences) - _SHOWN} chỗ khác."] if len(differences) > _SHOWN else []
    advice = (
        *(f"{each}." for each in differences[:_SHOWN]),
        *left,
        "Mở từng hồ sơ; kết luận nào sai thì kết luận lại: soket act review (“Xử lý của người vận hành”).",
        "Báo người phát triển: hai cách phải cho một kết quả.",
    )
    notice = alert(workspace, "kiểm lại thấy khác phép tính thường", what, advice, f"unlike-{kept.run.batch}")
    post(workspace, notice, suppressed=workspace.silent)
