"""Steps of a review made of its duties: who collects, drafts, appraises, confers, publishes, by when and after what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from soket.plan_reading.bodies import NamedBody
from soket.plan_reading.dates_apart import date_of_reports, date_of_work
from soket.plan_reading.duties import Obligation
from soket.plan_reading.passages import Passage
from soket.plan_reading.placed import PlacedWords
from soket.plan_reading.review_step import ReviewStep, same_body
from soket.plan_reading.works import Work, of_the_report, urgency
from soket.plan_reading.written_date import When, ends

_DONE_BY_OFFICES = (("draft", Work.DRAFT), ("appraise", Work.APPRAISE))


@dataclass
class Steps:
    """All steps in their order, who leads, and the duties that became no step."""

    collects: list[ReviewStep]
    works: list[ReviewStep]  # drafts and appraisals, by their dates
    confer: ReviewStep | None
    publish: ReviewStep | None
    lead: NamedBody | None
    lead_passage: Passage | None
    own_reviews: list[Obligation]  # of units, without a date: guidance for all
    placed: PlacedWords


def steps_of(obligations: Sequence[Obligation]) -> Steps:
    """Return the steps that the duties of a plan make."""
    duties = [each for each in obligations if not (each.when and each.when.repeats)]
    placed = PlacedWords()
    works = [step for kind, work in _DONE_BY_OFFICES for step in _by_offices(duties, kind, work, placed)]
    works.sort(key=lambda step: (step.last_day, step.kind == "appraise"))
    lead = _lead(obligations, placed)
    busy = [step.owner for step in works] + ([lead.who[0]] if lead else [])
    collects = _collects(duties, busy, placed)
    confer = _confer(duties, placed)
    return Steps(
        collects,
        works,
        confer,
        _publish(duties, placed),
        lead.who[0] if lead else None,
        lead.passage if lead else None,
        [each for each in duties if _own_review(each, {code for step in collects for code in step.groups})],
        placed,
    )


def _own_review(each: Obligation, reporting: set[str]) -> bool:
    """Whether a duty is a review of its own that all who report owe alike, and so can be told to all."""
    owe = {body.group.code for body in each.who if body.group}
    return bool({Work.REVIEW, Work.CONFER} & {*each.works}) and not each.dates and bool(owe) and owe >= reporting


def _lead(duties: Sequence[Obligation], placed: PlacedWords) -> Obligation | None:
    """Return the duty of whoever leads: that which urges most, the first of those."""
    leads = [each for each in duties if Work.LEAD in each.works and _single(each)]
    lead = max(leads, key=lambda each: (urgency(each.text), -duties.index(each)), default=None)
    for each in leads:
        if (
            lead
            and same_body(each.who[0], lead.who[0])
            and (each is lead or (each.when is None and each.passage is lead.passage))
        ):
            placed.take(each, each.who[0], dated=False)
    return lead


def _single(each: Obligation) -> bool:
    return bool(each.who) and not each.units and not any(body.press for body in each.who)


def _reports(each: Obligation) -> bool:
    if any(body.press for body in each.who) or not {Work.REPORT, Work.DRAFT} & {*each.works}:
        return False
    if each.when and each.when.deadline is None:
        return False  # nobody can tell by when
    if each.units:
        return True
    return (
        bool(each.who)
        and Work.REPORT in each.works
        and not {Work.DRAFT, Work.APPRAISE, Work.LEAD, Work.CONFER} & {*each.works}
    )


def _collects(duties: Sequence[Obligation], busy: Sequence[NamedBody | None], placed: PlacedWords) -> list[ReviewStep]:
    """Return one step a receiver of reports; what names no receiver goes to the first."""
    found: list[ReviewStep] = []
    by_units = [each for each in duties if _reports(each) and each.units]
    for each in by_units:
        receiver = each.to or next((other.to for other in by_units if other.passage is each.passage and other.to), None)
        step = next((step for step in found if receiver is None or same_body(step.receiver, receiver)), None)
        if step is None:
            step = next((step for step in found if step.receiver is None), None) or _added(found, ReviewStep("collect"))
        step.receiver = step.receiver or receiver
        _take(step, each, placed)
    for each in duties:  # single bodies with a date, that do not themselves draft, appraise or lead
        if not _reports(each) or each.units or not (each.when and each.when.deadline):
            continue
        if each.to is None:
            if found and len(each.who) > 1:  # one alone may report on anything to anybody
                _take(found[0], each, placed)
            continue
        step = next((step for step in found if same_body(step.receiver, each.to)), None)
        within = any(same_body(each.to, body) for other in duties for body in other.who)  # and not one above them all
        if step is None and within and not any(same_body(body, other) for body in each.who for other in busy):
            step = _added(found, ReviewStep("collect", receiver=each.to))
        if step:
            _take(step, each, placed)
    for step in found:
        _date(step, duties, placed)
    return sorted(found, key=lambda step: step.last_day)


def _date(step: ReviewStep, duties: Sequence[Obligation], placed: PlacedWords) -> None:
    """Date a step by the last day of those who report; where none has one, by a list of dates under their heading."""
    whens = [when for _, when, _ in (*step.groups.values(), *step.named) if when and when.deadline]
    step.when = max(whens, key=_last_day, default=None)
    if step.when is None and (listed := date_of_reports(duties, step.passages)):
        step.when = listed.when
        step.passages = list(dict.fromkeys((*step.passages, listed.passage)))
        placed.take(listed)


def _last_day(when: When) -> date:
    return when.deadline.last_day if when.deadline else date.min


def _added(steps: list[ReviewStep], step: ReviewStep) -> ReviewStep:
    steps.append(step)
    return step


def _take(step: ReviewStep, each: Obligation, placed: PlacedWords) -> None:
    """Have a step take a duty; a second date of the same units is no date of it, and left to be told."""
    if each.passage not in step.passages:
        step.passages.append(each.passage)
    clashes = False
    for body in each.who:
        if body.group is None:
            before = next((when for other, when, _ in step.named if when and same_body(other, body)), None)
            clashes = clashes or bool(before and each.when and before.deadline != each.when.deadline)
            step.named.append((body, before or each.when, each.passage))
            continue
        _, when, passage = step.groups.get(body.group.code, (body.group, None, each.passage))
        if when and passage is each.passage and ends(when, each.when, each.text):
            placed.dates.discard((passage, when.text))
            when = None
        if when is None or when.deadline is None:
            step.groups[body.group.code] = body.group, each.when or when, each.passage
        elif each.when and each.when.deadline != when.deadline:
            clashes = True
    placed.take(each, *each.who, each.to if same_body(each.to, step.receiver) else None, dated=not clashes)


def _by_offices(duties: Sequence[Obligation], kind: str, work: Work, placed: PlacedWords) -> list[ReviewStep]:
    """Return a step for each dated duty of single bodies; where none has a date, for the first."""
    found = [
        each
        for each in duties
        if _single(each)
        and work in each.works
        and not (work is Work.DRAFT and Work.APPRAISE in each.works)
        and (work is Work.DRAFT or of_the_report(each.text) or _gets_the_draft(each.who[0], duties))
    ]
    dated = [each for each in found if each.when and each.when.deadline]
    steps = []
    if found and not dated and (alone := date_of_work(duties, work)):  # "Tuần 2 tháng 9: hoàn thành dự thảo"
        steps.append(ReviewStep(kind, found[0].who[0], found[0].to, alone.when, [found[0].passage, alone.passage]))
        placed.take(found[0], found[0].who[0], found[0].to)
        placed.take(alone)
    for each in dated or ([] if steps else found[:1]):
        owners = each.who if kind == "appraise" and dated else each.who[:1]  # two who appraise do so side by side
        steps += [ReviewStep(kind, owner, each.to, each.when, [each.passage]) for owner in owners]
        placed.take(each, *owners, each.to, dated=bool(each.when and each.when.deadline))
    for each in found:  # what says more of the same
        step = next((step for step in steps if same_body(each.who[0], step.owner)), None)
        if step and each.when is None:
            step.passages = list(dict.fromkeys((*step.passages, each.passage)))
            placed.take(each, each.who[0])
    return steps


def _gets_the_draft(body: NamedBody, duties: Sequence[Obligation]) -> bool:
    return any(Work.DRAFT in each.works and same_body(each.to, body) for each in duties)


def _confer(duties: Sequence[Obligation], placed: PlacedWords) -> ReviewStep | None:
    """Return the conference of whoever issued the plan: those who prepare it own it, for those who hold it."""
    found = [each for each in duties if Work.CONFER in each.works and not each.units]
    if not found:
        return None
    dated = [each.when for each in found if each.when and each.when.deadline]
    when = max(dated, key=_last_day, default=None)  # after those of regions
    found = _settled(found, when)  # others are of regions, of lower levels
    holders = [each for each in found if each.who and not each.prepares]
    prepared = [each for each in found if each.who and each.prepares]
    owner = next((each.who[0] for each in (*prepared, *holders)), None)
    receiver = next((each.who[0] for each in holders), None)
    for each in found:
        of_step = [body for body in each.who[:1] if same_body(body, owner) or same_body(body, receiver)]
        if of_step or not each.who:
            placed.take(each, *of_step)
    return ReviewStep("confer", owner, receiver, when, _passages(found))


def _publish(duties: Sequence[Obligation], placed: PlacedWords) -> ReviewStep | None:
    """Return the step of the press; None where the paper gives it nothing to do."""
    press = {id(each): _press_of(each) for each in duties if Work.PUBLISH in each.works}
    found = [each for each in duties if press.get(id(each))]
    if not found:
        return None
    step = ReviewStep("publish", when=_date_of(found), passages=_passages(found))
    for each in found:
        for body in press[id(each)]:
            if body.group:
                step.groups[body.group.code] = body.group, each.when, each.passage
            else:
                step.named.append((body, each.when, each.passage))
    for each in _settled(found, step.when):
        placed.take(each, *press[id(each)])
    return step


def _press_of(each: Obligation) -> list[NamedBody]:
    """Return who publishes: all who act, of whom one is press; or the press that others are to have do it."""
    return [*each.who] if any(body.press for body in each.who) else [body for body in each.named if body.press]


def _date_of(duties: Sequence[Obligation]) -> When | None:
    return next((each.when for each in duties if each.when and each.when.deadline), None)


def _settled(duties: Sequence[Obligation], when: When | None) -> list[Obligation]:
    """Return the duties that a step with one date is made of: those with another date are still to be looked at."""
    return [each for each in duties if each.when is None or (when and each.when.deadline == when.deadline)]


def _passages(duties: Iterable[Obligation]) -> list[Passage]:
    return list(dict.fromkeys(each.passage for each in duties))
