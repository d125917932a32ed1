"""Steps of a review made of its duties: who collects, drafts, appraises, confers, publishes, by when and after what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from soket.plan.dates import Deadline
from soket.plan_reading.bodies import BodyGroup, NamedBody
from soket.plan_reading.duties import Obligation, Work
from soket.plan_reading.paper import Passage
from soket.plan_reading.when import When
from soket.text import flat

_DONE_BY_OFFICES = (("draft", Work.DRAFT), ("appraise", Work.APPRAISE))


@dataclass
class ReviewStep:
    """One stage as the paper has it; what is None is to be asked."""

    kind: str
    owner: NamedBody | None = None
    receiver: NamedBody | None = None
    when: When | None = None
    passages: list[Passage] = field(default_factory=list)
    groups: dict[str, tuple[BodyGroup, When | None, Passage]] = field(default_factory=dict)  # of those who report
    named: list[tuple[NamedBody, When | None, Passage]] = field(default_factory=list)  # bodies that report, by name

    @property
    def last_day(self) -> date:
        """The last day; without a date, behind all others."""
        return self.when.deadline.last_day if self.when and self.when.deadline else date.max

    @property
    def deadline(self) -> Deadline | None:
        """The date as the paper says it."""
        return self.when.deadline if self.when else None


@dataclass
class Steps:
    """All steps in their order, who leads, and the duties that became no step."""

    collects: list[ReviewStep]
    works: list[ReviewStep]  # drafts and appraisals, by their dates
    confer: ReviewStep | None
    publish: ReviewStep
    lead: NamedBody | None
    lead_passage: Passage | None
    own_reviews: list[Obligation]
    used: list[Obligation]


def steps_of(obligations: Sequence[Obligation]) -> Steps:
    """Return the steps that the duties of a plan make."""
    repeated = {id(each.passage) for each in obligations if each.when and "lặp lại" in each.when.doubt}
    duties = [each for each in obligations if id(each.passage) not in repeated]
    used: list[Obligation] = []
    collects = _collects(duties, used)
    works = [step for kind, work in _DONE_BY_OFFICES for step in _by_offices(duties, kind, work, used)]
    works.sort(key=lambda step: (step.last_day, step.kind == "appraise"))
    confer = _confer(duties, used)
    leads = [each for each in duties if Work.LEAD in each.works and _single(each)]
    lead = max(leads, key=lambda each: ("don doc" in flat(each.passage.text), -duties.index(each)), default=None)
    if lead:
        used += [each for each in leads if each.who == lead.who and each.when is None]
    own = [each for each in duties if each.units and {Work.REVIEW, Work.CONFER} & {*each.works}]
    used += [each for each in own if each.when is None]
    return Steps(
        collects,
        works,
        confer,
        _publish(duties, used),
        lead.who[0] if lead else None,
        lead.passage if lead else None,
        own,
        used,
    )


def same_body(one: NamedBody | None, other: NamedBody | None) -> bool:
    """Whether two mentions are of one body, written alike but for short forms."""
    return one is not None and other is not None and key_of(one.name) == key_of(other.name)


def key_of(name: str) -> str:
    """Return a body's name for comparison: folded, short forms written out."""
    words = f" {flat(name)} "
    for short, whole in (
        (" ubnd ", " uy ban nhan dan "),
        (" vptu ", " van phong tinh uy "),
        (" & ", " va "),
        (" mttq ", " mat tran to quoc "),
    ):
        words = words.replace(short, whole)
    return " ".join(words.split())


def _single(each: Obligation) -> bool:
    return bool(each.who) and not each.units and not any(body.press for body in each.who)


def _reports(each: Obligation) -> bool:
    if any(body.press for body in each.who) or not {Work.REPORT, Work.DRAFT} & {*each.works}:
        return False
    if each.units:
        return True
    return (
        bool(each.who)
        and Work.REPORT in each.works
        and not {Work.DRAFT, Work.APPRAISE, Work.LEAD, Work.CONFER} & {*each.works}
    )


def _collects(duties: Sequence[Obligation], used: list[Obligation]) -> list[ReviewStep]:
    """Return one step a receiver of reports; what names no receiver goes to the first."""
    found: list[ReviewStep] = []
    by_units = [each for each in duties if _reports(each) and each.units]
    for each in by_units:
        receiver = each.to or next((other.to for other in by_units if other.passage is each.passage and other.to), None)
        step = next((step for step in found if receiver is None or same_body(step.receiver, receiver)), None)
        if step is None:
            step = next((step for step in found if step.receiver is None), None) or _added(found, ReviewStep("collect"))
        step.receiver = step.receiver or receiver
        _take(step, each, used)
    for each in duties:  # single bodies that send theirs to the same place, by a date
        if _reports(each) and not each.units and each.when and each.when.deadline:
            for step in found:
                if same_body(step.receiver, each.to):
                    _take(step, each, used)
    return [dated for step in found for dated in _by_date(step)]


def _by_date(step: ReviewStep) -> list[ReviewStep]:
    """Return a step for each date that a step's units have, the earliest first; units without one have the last."""
    whens = [when for _, when, _ in (*step.groups.values(), *step.named) if when and when.deadline]
    dates = {when.deadline: when for when in reversed(whens)}
    found = sorted((replace(step, when=when, groups={}, named=[], passages=[]) for when in dates.values()),
                   key=lambda each: each.last_day) or [replace(step, groups={}, named=[], passages=[])]  # fmt: skip

    def own(when: When | None, passage: Passage) -> ReviewStep:
        one = next((each for each in found if when and when.deadline == each.deadline), found[-1])
        one.passages = list(dict.fromkeys((*one.passages, passage)))
        return one

    for group, when, passage in step.groups.values():
        own(when, passage).groups[group.code] = group, when, passage
    for body, when, passage in step.named:
        own(when, passage).named.append((body, when, passage))
    for passage in step.passages:  # what says more of the same
        if not any(passage in each.passages for each in found):
            found[-1].passages.append(passage)
    return found


def _added(steps: list[ReviewStep], step: ReviewStep) -> ReviewStep:
    steps.append(step)
    return step


def _take(step: ReviewStep, each: Obligation, used: list[Obligation]) -> None:
    if each.passage not in step.passages:
        step.passages.append(each.passage)
    clashes = False
    for body in each.who:
        if body.group is None:
            step.named.append((body, each.when, each.passage))
            continue
        _, when, _ = step.groups.get(body.group.code, (body.group, None, each.passage))
        if when is None or when.deadline is None:
            step.groups[body.group.code] = body.group, each.when or when, each.passage
        elif each.when and each.when.deadline != when.deadline:
            clashes = True  # a second date of the same units is no date of this step
    if not clashes:
        used.append(each)


def _by_offices(duties: Sequence[Obligation], kind: str, work: Work, used: list[Obligation]) -> list[ReviewStep]:
    """Return a step for each dated duty of single bodies; where none has a date, for the first."""
    found = [
        each
        for each in duties
        if _single(each) and work in each.works and not (work is Work.DRAFT and Work.APPRAISE in each.works)
    ]
    dated = [each for each in found if each.when and each.when.deadline]
    steps = [ReviewStep(kind, each.who[0], each.to, each.when, [each.passage]) for each in dated or found[:1]]
    used += [
        each
        for each in found
        if each in (dated or found[:1])
        or (each.when is None and any(same_body(each.who[0], step.owner) for step in steps))
    ]
    return steps


def _confer(duties: Sequence[Obligation], used: list[Obligation]) -> ReviewStep | None:
    """Return the conference of whoever issued the plan: those who prepare it own it, for those who hold it."""
    found = [each for each in duties if Work.CONFER in each.works and not each.units]
    if not found:
        return None
    when = _date_of(found)
    used += _settled(found, when)
    holders = [each for each in found if each.who and not each.prepares]
    prepares = [each for each in found if each.who and each.prepares]
    owner = next((each.who[0] for each in (*prepares, *holders)), None)
    receiver = next((each.who[0] for each in holders), None)
    return ReviewStep("confer", owner, receiver, when, _passages(found))


def _publish(duties: Sequence[Obligation], used: list[Obligation]) -> ReviewStep:
    found = [each for each in duties if Work.PUBLISH in each.works and any(body.press for body in each.who)]
    step = ReviewStep("publish", when=_date_of(found), passages=_passages(found))
    used += _settled(found, step.when)
    for each in found:
        for body in each.who:
            if body.group:
                step.groups[body.group.code] = body.group, each.when, each.passage
            else:
                step.named.append((body, each.when, each.passage))
    return step


def _date_of(duties: Sequence[Obligation]) -> When | None:
    return next((each.when for each in duties if each.when and each.when.deadline), None)


def _settled(duties: Sequence[Obligation], when: When | None) -> list[Obligation]:
    """Return the duties that a step with one date is made of: those with another date are still to be looked at."""
    return [each for each in duties if each.when is None or (when and each.when.deadline == when.deadline)]


def _passages(duties: Iterable[Obligation]) -> list[Passage]:
    return list(dict.fromkeys(each.passage for each in duties))
