"""The stages, blocks and parts of the plan being written, made of the steps of the review."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from soket.plan_reading.asking import OpenQuestion
from soket.plan_reading.blocks import Blocks, Dated
from soket.plan_reading.known import Known
from soket.plan_reading.review_step import ReviewStep
from soket.plan_reading.steps import Steps
from soket.plan_reading.yaml_text import CommentedOut, Flow, noted
from soket.text import quoted

_IDS = {
    "collect": "bao_cao",
    "draft": "du_thao",
    "appraise": "tham_dinh",
    "confer": "hoi_nghi",
    "publish": "tuyen_truyen",
}
_TITLES = {
    "collect": "Báo cáo của các đơn vị",
    "draft": "Dự thảo báo cáo tổng hợp",
    "appraise": "Thẩm định dự thảo báo cáo",
    "confer": "Hội nghị",
    "publish": "Tuyên truyền, lưu trữ",
}
_DELIVERS = {
    "collect": "Báo cáo của từng đơn vị",
    "draft": "Dự thảo báo cáo tổng hợp",
    "appraise": "Dự thảo báo cáo đã thẩm định",
    "confer": "Hội nghị",
    "publish": "Kế hoạch tuyên truyền của cơ quan báo chí, hồ sơ lưu trữ",
}
_WHO = {
    "collect": "Cơ quan nào hướng dẫn, đôn đốc các đơn vị báo cáo?",
    "draft": "Cơ quan nào dự thảo báo cáo?",
    "appraise": "Cơ quan nào thẩm định?",
    "confer": "Cơ quan nào chuẩn bị hội nghị?",
    "publish": "Cơ quan nào phụ trách tuyên truyền, lưu trữ?",
}


@dataclass
class WrittenStage:
    """A stage as the plan writes it, with the step it comes from."""

    id: str
    step: ReviewStep
    after: list[str]
    entry: dict[str, object]
    notes: list[str]
    blocks: dict[str, Dated] = field(default_factory=dict)  # of those who report, with what the paper says of each


@dataclass
class Stages:
    """What the steps come to."""

    entries: list[WrittenStage] = field(default_factory=list)
    reporting: list[str] = field(default_factory=list)  # the blocks of those who report
    blocks: list[object] = field(default_factory=list)
    roles: dict[str, object] = field(default_factory=dict)
    role_notes: list[str] = field(default_factory=list)

    def followed(self, stage: WrittenStage, dated: Collection[str]) -> list[str]:
        """Return what a stage follows: of what has no date, what that follows; reports are followed all the same."""
        out = {each.id: each.after for each in self.entries if each.id not in dated and each.step.kind != "collect"}
        after = [*stage.after]
        while over := next((code for code in after if code in out), None):
            after[after.index(over) : after.index(over) + 1] = out[over]
        return list(dict.fromkeys(after))

    def listed(self, dated: Collection[str]) -> list[object]:
        """Return the stages as the plan lists them; one without a date is left out, and passed over by the others.

        Reports are asked for all the same: what is wrong with a plan that does not say by when, its checker says.
        """
        entries: list[object] = []
        for each in self.entries:
            after = self.followed(each, dated)
            if each.id not in dated and each.step.kind != "collect":
                entries.append(CommentedOut(noted(each.entry, *each.notes)))
                continue
            if after:
                each.entry["after"] = Flow(after)
            if each.entry.get("returns_to") not in {None, *dated}:
                del each.entry["returns_to"]
            entries.append(noted(each.entry, *each.notes))
        return entries


def stages_of(steps: Steps, known: Known, issuer: str) -> Stages:
    """Return the stages in their order, each after those whose work it rests on."""
    asking, made = known.asking, Stages()
    collects = steps.collects or [ReviewStep("collect")]
    first = collects[0]
    lead_name = (
        known.name_of(steps.lead, steps.lead_passage.place if steps.lead_passage else "")
        if steps.lead
        else asking.ask(OpenQuestion("chu_tri", _WHO["collect"], issuer)) or issuer
    )
    lead_note = steps.lead_passage.quote() if steps.lead_passage else asking.assume(f"{lead_name} hướng dẫn, đôn đốc")
    lead = known.office(lead_name, lead_note, phone=True)
    receiver_name = (
        first.receiver.name
        if first.receiver
        else (
            asking.ask(OpenQuestion("noi_nhan_bao_cao", "Các đơn vị gửi báo cáo về cơ quan nào?", lead_name))
            or lead_name
        )
    )
    receiver = known.office(receiver_name, _where(first))
    if not first.receiver:
        asking.assume(f"các đơn vị gửi báo cáo về {receiver_name}")
    blocks = Blocks(known, lead)
    ids: dict[str, int] = {}
    gathered: list[str] = []
    drafts: list[str] = []
    last: list[str] = []
    last_works: list[str] = []  # several where they are done side by side
    for step in collects:
        to = known.office(step.receiver, _where(step)) if step.receiver else receiver
        entry = _entry(made, step, ids, known, lead, to, [])
        entry.entry["at_deadline"] = noted("proceed", asking.assume("hết hạn thì tổng hợp với báo cáo đã có"))
        gathered.append(entry.id)
        last = [*gathered]
        entry.blocks = blocks.of_reports(step)
        made.reporting += entry.blocks
        if len(collects) > 1:
            entry.entry["from"] = Flow(list(entry.blocks))
    for step in steps.works:
        owner = known.office(step.owner or lead_name, _where(step))
        to = _receiver(step, known, issuer, ids)
        if step.kind == "draft":
            entry = _entry(made, step, ids, known, owner, to, last_works or gathered)
            drafts.append(entry.id)
        else:
            beside = made.entries[-1] if _beside(made.entries[-1].step, step) else None
            entry = _entry(made, step, ids, known, owner, to, beside.after if beside else last_works or gathered)
            if drafts:
                entry.entry["returns_to"] = drafts[-1]
            last_works = last_works if beside else []
        last_works = [*(last_works if step.kind == "appraise" else ()), entry.id]
        last = last_works
    if steps.confer:
        ends = steps.confer.last_day  # a report that is finished after the conference does not hold it up
        later = [each.id for each in made.entries if ends <= each.step.last_day < date.max]
        earlier = [each.id for each in made.entries if each.id not in (*later, *gathered)]
        before = last_works if last_works and last_works[-1] in earlier[-1:] else earlier[-1:]
        conference = _confer(made, steps.confer, ids, known, before or gathered, issuer)
        last = [conference.id, *later[-1:]]
    if steps.publish:
        publish = _entry(made, steps.publish, ids, known, lead, lead, last)
        publish.notes.append(asking.assume("cơ quan chủ trì phụ trách tuyên truyền, lưu trữ"))
        publish.entry["at_deadline"] = "proceed"
        blocks.of_press(steps.publish)
    made.blocks = blocks.entries
    _roles(made, steps, known, lead, receiver, issuer)
    return made


def _beside(one: ReviewStep, other: ReviewStep) -> bool:
    """Whether two bodies appraise at one time, as one paragraph says."""
    return one.kind == other.kind == "appraise" and (one.passages, one.deadline) == (other.passages, other.deadline)


def _where(step: ReviewStep) -> str:
    return "; ".join(passage.place for passage in step.passages)


def _entry(
    made: Stages, step: ReviewStep, ids: dict[str, int], known: Known, owner: str, receiver: str, after: list[str]
) -> WrittenStage:
    """Add a stage."""
    ids[step.kind] = ids.get(step.kind, 0) + 1
    number = ids[step.kind]
    code = _IDS[step.kind] + (f"_{number}" if number > 1 else "")
    title = _TITLES[step.kind] + (f", {'nhóm' if step.kind == 'collect' else 'bước'} {number}" if number > 1 else "")
    entry: dict[str, object] = {"id": code, "kind": step.kind, "title": title, "owner": owner, "receiver": receiver,
                                "delivers": _DELIVERS[step.kind], "source": _where(step) or "Nơi nhận"}  # fmt: skip
    notes = [passage.quote() for passage in step.passages]
    known.asking.assume("tên giai đoạn, sản phẩm (title, delivers) đặt theo loại việc")
    made.entries.append(WrittenStage(code, step, after, entry, notes))
    return made.entries[-1]


def _receiver(step: ReviewStep, known: Known, issuer: str, ids: dict[str, int]) -> str:
    """Return who gets what a step delivers."""
    if step.receiver:
        return known.office(step.receiver, _where(step))
    key = f"noi_nhan_{_IDS[step.kind]}" + (f"_{ids[step.kind] + 1}" if ids.get(step.kind) else "")
    what = quoted(step.passages[0].text, 80) if step.passages else _TITLES[step.kind]
    name = known.asking.ask(OpenQuestion(key, f"{_where(step)}: gửi về cơ quan nào «{what}»?", issuer))
    if not name:
        known.asking.assume(f"nơi nhận của «{_TITLES[step.kind]}» là {issuer}")
    return known.office(name or issuer, _where(step))


def _confer(
    made: Stages, step: ReviewStep, ids: dict[str, int], known: Known, after: list[str], issuer: str
) -> WrittenStage:
    asking = known.asking
    owner = step.owner or asking.ask(OpenQuestion("co_quan_hoi_nghi", _WHO["confer"], issuer))
    if not owner:
        asking.assume(f"{issuer} chuẩn bị hội nghị")
    if not step.receiver:
        asking.assume(f"hội nghị do {issuer} tổ chức")
    receiver = step.receiver or issuer
    return _entry(
        made, step, ids, known, known.office(owner or issuer, _where(step)), known.office(receiver, _where(step)), after
    )


def _roles(made: Stages, steps: Steps, known: Known, lead: str, receiver: str, issuer: str) -> None:
    asking = known.asking
    drafts = [step for step in steps.works if step.kind == "draft"]
    appraisals = [step for step in steps.works if step.kind == "appraise"]
    above = (appraisals or drafts)[-1:]
    standing = known.office((above[0].receiver if above else None) or issuer)
    operator_name = asking.ask(OpenQuestion("van_hanh", "Cơ quan nào vận hành hệ thống?", "cơ quan chủ trì"))
    if not operator_name:
        made.role_notes.append(asking.assume("cơ quan chủ trì vận hành hệ thống"))
    made.roles.update({
        "lead": lead,
        "receiver": receiver,
        "standing": standing,
        "operator": known.office(operator_name, "theo trả lời «van_hanh»") if operator_name else lead,
    })  # fmt: skip
