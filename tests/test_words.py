"""What people read for a member of an enum stands in one table, and every member has its words there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from soket.record.decisions import Decision
from soket.text import Word

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "include" / "soket"
_ENUMS = {"StrEnum", "IntEnum", "IntFlag", "Enum"}

# Where each enum, by its name, or each closed set of words in a record or plan, has what people read for it.
TABLES = {
    "plan.bodies.Duty": "plan.words.DUTIES",
    "plan.rules.Severity": "plan.words.SEVERITIES",
    "plan.ladders.Tone": "plan.words.TONES",
    "plan.ladders.LadderStep.kind": "plan.words.LADDER_STEPS",
    "plan.natures.Aggregate": "plan.words.AGGREGATES",
    "plan.natures.Nature": "plan.words.NATURES",
    "plan.natures.Target.scope": "plan.words.SCOPES",
    "plan.changes.ChangeKind": "plan.changes.CHANGES",
    "record.records.Ruling": "record.words.RULINGS",
    "record.records.Submission": "record.words.SUBMISSIONS",
    "record.resting.Late": "record.resting.LATE",
    "record.standing.Standing": "record.words.STANDINGS",
    "reading.signatures.Integrity": "record.signed.INTEGRITIES",
    "reading.signatures.Chain": "record.signed.CHAINS",
    "record.tally.Progress": "record.words.PROGRESS",
    "record.attendance.Attending": "record.attendance.ATTENDING",
    "record.attendance.Channel": "record.attendance.CHANNELS",
    "record.decisions.Appraisal.outcome": "record.words.APPRAISALS",
    "record.decisions.ConferenceFormat.format": "record.words.FORMATS",
    "record.decisions.OfficialMessage.manner": "record.words.MANNERS",
    "record.decisions.Commendation.conclusion": "record.words.COMMENDED",
    "notices.notice.Kind": "notices.words.NOTICES",
    "intake.form_rules.Presence": "intake.form_rules._PRESENCE",
    "stages.rehearsal.Coming": "stages.rehearsal.COMING",
    "documents.standing.PaperList": "documents.standing.PLACES",
    "documents.checks.finding.FindingLevel": "documents.checks.finding.LEVELS",
    "documents.checks.finding.DraftCheck": "documents.checks.finding.CHECKS",
    "documents.checks.changed.ChangeSort": "documents.checks.changed.CHANGE_SORTS",
    "documents.provenance.Reckoning": "documents.provenance.RECKONINGS",
    "board.ribbon.StageState": "board.ribbon._STAGE_STATES",
    "board.standing.Group": "board.standing._GROUPS",
    "board.rules.Fate": "board.rules.FATES_OF_RULES",
    "board.choosing.Order": "board.choosing._ORDERS",
    "board.overview.CampaignState": "board.overview._CAMPAIGN_STATES",
    "stack.status.Phase": "stack.display._WORDS",
}

# What people never read, and why.
UNSAID = {
    "narrative.sentences.clauses.Opens": "what a clause begins with: it only steers how sentences are parted",
    "narrative.sections.kinds.SectionKind": "what a heading is of only steers which section it opens",
    "narrative.figures.kinds.FigureKind": "a finding says it in a sentence of its own",
    "narrative.names.times.TimeKind": "how a text tells a time is never told",
    "narrative.figures.stated_figure.Doubt": "a finding with doubts is one to look at",
    "plan.stages.StageKind": "a plan calls its stages by titles of its own",
    "plan.letters.ReviewWord": "its values are its words",
    "plan.letters.DocumentForm": "it is seen in the look of papers",
    "plan.ladders.Recipient": "a ladder's readers are offices, by their names in the plan (plan.schedule)",
    "plan.rules.SettableCode": "a code is shown as it is; its words are in the catalogue of faults",
    "plan.rights.Part": "a part is an office, by its name in the plan",
    "plan.stages.Stage.at_deadline": "what a plan decides shows in what happens",
    "plan.unit_page.Quantities.late": "what a plan decides shows in what happens",
    "plan.campaigns.Section.naming": "what a plan decides shows in what drafts say",
    "plan.tables.Indicator.type": "a form asks for numbers by it",
    "record.decisions.Review.outcome": "these are rulings",
    "intake.validation.CheckedBy": "a run's page says in a sentence of its own that arithmetic made it",
    "record.nominees.Origin": "each has a list of its own in the paper",
    "reading.kinds.FileKind": "faults name files, not kinds",
    "reading.legacy.codings.Coding": "a label of codecs",
    "reading.process.kernel.Space": "flags of the kernel",
    "reading.formats.delimited._read_rows.quoting": "the csv module's own",
    "reading.formats.cell_marks.Mark": "what ends at a place in a file",
    "narrative.quantities.amounts.About": "its values are words of reports, as they are read",
    "narrative.sections.headings.Level": "a rank",
    "plan.stages.Stage.signed_copy": "what a plan demands shows in what is returned",
    "intake.copies.signers.Whose": "a fault says it in a sentence of its own",
    "plan.stages.Stage.takes": "a reader gets what the stage delivers, by name",
    "plan_reading.works.Work": "what a passage asks for; a reader gets the passage itself",
    "narrative.quantities.columns.Role": "a rank",
    "narrative.said.stances.Held": "its values are its words",
    "narrative.said.stances.HeadingKind": "what a heading asks for shows in what drafts say",
    "narrative.said.outcomes.WhatCame": "how a sentence is read is never told",
    "intake.validation.Expects": "names of Great Expectations' checks; rules say themselves what they are about",
    "notices.ledger.Ending": "a part of Fate, whose words are notices.words.FATES",
    "notices.reports.outcome.Outcome": "a part of Fate, whose words are notices.words.FATES",
    "documents.figure_checks.Match": "its values are its words",
    "stages.act_blanks.Blank.kind": "a form asks by it",
    "board.acting.Shape": "what a field of a form looks like",
    "stack.component.Wave": "a rank",
    "stack.doctor.Level": "shown as a sign",
    "cli.mail.Listed": "what `--only` takes",
}


# What is said beside a kind of stage, which is no word for it.
OF_KINDS = {
    "plan.coherence._ANSWERING": "what its owner answers",
    "stages.waiting.DELIVERIES": "what it delivers",
    "stages.questions.STAGE_QUESTIONS": "what its owner is asked",
    "plan_reading.stages._TITLES": "what a new plan calls its first of the kind",
    "plan_reading.stages._DELIVERS": "what a new plan has it deliver",
    "plan_reading.stages._WHO": "what is asked of it",
}

# Faults that a plan may set the severity of are worded where all others are.
_CATALOGUE = "faults.words."


@cache
def _trees() -> Mapping[str, ast.Module]:
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def _found() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every enum, and every literal of several words, with its members' values."""
    for module, tree in _trees().items():
        yield from _closed_sets(module, tree)


def _closed_sets(where: str, node: ast.AST) -> Iterator[tuple[str, frozenset[str]]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef) and any(ast.unparse(base) in _ENUMS for base in child.bases):
            enum = getattr(import_module(f"soket.{where}"), child.name)
            yield f"{where}.{child.name}", frozenset(str(member.value) for member in enum)
            continue
        name = _name(child)
        inside = f"{where}.{name}" if name else where
        if isinstance(child, ast.Subscript) and ast.unparse(child.value) == "Literal":
            words = child.slice.elts if isinstance(child.slice, ast.Tuple) else [child.slice]
            values = frozenset(str(each.value) for each in words if isinstance(each, ast.Constant) and each.value != "")
            if len(values) > 1:
                yield inside, values
        yield from _closed_sets(inside, child)


def _name(node: ast.AST) -> str | None:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return None


@cache
def _known() -> dict[str, frozenset[str]]:
    """Return the closed sets by name; one that is written out again, as a table's or a variable's type, is no other."""
    found: dict[str, frozenset[str]] = {}
    for name, values in _found():
        if name not in TABLES.values() and not (values in found.values() and name not in TABLES | UNSAID):
            found[name] = values
    return found


def test_each_enum_is_worded_or_never_shown() -> None:
    assert not set(TABLES) & set(UNSAID)
    assert set(_known()) == set(TABLES) | set(UNSAID)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_words_every_member(name: str) -> None:
    table = _table(TABLES[name])
    assert {str(getattr(member, "value", member)) for member in table} == _known()[name]
    said = [word.label if isinstance(word, Word) else str(word) for word in table.values()]
    assert all(said)
    assert len({each.casefold() for each in said}) == len(said), "two members of one word"


def test_what_becomes_of_a_mail_is_worded() -> None:
    parts = _known()["notices.ledger.Ending"] | _known()["notices.reports.outcome.Outcome"] | {"waiting"}
    assert {str(getattr(member, "value", member)) for member in _table("notices.words.FATES")} == parts


def test_every_decision_is_worded() -> None:
    assert set(TypeAdapter(Decision).json_schema()["discriminator"]["mapping"]) == set(_table("record.words.DECISIONS"))


def test_nothing_is_worded_twice() -> None:
    tables = {*TABLES.values(), *OF_KINDS, "notices.words.FATES", "record.words.DECISIONS", "record.words.STEPS"}
    assert not [place for place in _wordings() if place not in tables and not place.startswith(_CATALOGUE)]


def test_a_second_table_is_seen() -> None:
    for words in (
        'RULINGS = {Ruling.ACCEPTED: "nhận", Ruling.RETURNED: "trả lại"}',
        'FORMS = {"in_person": "họp trực tiếp", "online": "họp trực tuyến"}',
        'FORMS = {"Trực tiếp": "in_person", "Trực tuyến": "online"}',
        'FORMS = "phê duyệt" if outcome == "approved" else "trả lại"',
    ):
        assert list(_wordings_in("a.b", ast.parse(words))), words
    assert not list(_wordings_in("a.b", ast.parse('STYLES = {Ruling.ACCEPTED: "green", Ruling.RETURNED: "red"}')))


def _table(place: str) -> Mapping[object, object]:
    module, _, name = place.rpartition(".")
    table: Mapping[object, object] = getattr(import_module(f"soket.{module}"), name)
    return table


def _wordings() -> Iterator[str]:
    for module, tree in _trees().items():
        yield from _wordings_in(module, tree)
    for path in sorted((REPOSITORY / "demo").rglob("*.py")):
        yield from _wordings_in(path.name, ast.parse(path.read_text(encoding="utf-8")))


def _wordings_in(where: str, node: ast.AST) -> Iterator[str]:
    """Yield where the members of an enum, or of a closed set, have Vietnamese beside them."""
    for child in ast.iter_child_nodes(node):
        name = _name(child)
        inside = f"{where}.{name}" if name else where
        if (isinstance(child, ast.Dict) and _is_table(child)) or (isinstance(child, ast.IfExp) and _is_choice(child)):
            yield inside
        yield from _wordings_in(inside, child)


def _is_table(node: ast.Dict) -> bool:
    """Whether some of an enum's members are keys of words, or words keys of them."""
    keys = [each for each in node.keys if each is not None]
    for members, words in ((keys, node.values), (node.values, keys)):
        if len(members) > 1 and all(map(_is_vietnamese, words)) and _are_members(members):
            return True
    return False


def _is_choice(node: ast.IfExp) -> bool:
    """Whether it words both members of a set of two; of a larger one it tells a case apart, and no members."""
    match node.test:
        case ast.Compare(comparators=[ast.Constant(value=str(member))]):
            both = any(member in known and len(known) == 2 for known in _known().values())
            return both and _is_vietnamese(node.body) and _is_vietnamese(node.orelse)
    return False


def _are_members(nodes: list[ast.expr]) -> bool:
    enums = {name.rpartition(".")[2] for name in _known()}
    if all(isinstance(each, ast.Attribute) and ast.unparse(each.value) in enums for each in nodes):
        return True
    values = {each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return len(values) == len(nodes) and any(values <= known for known in _known().values())


def _is_vietnamese(node: ast.expr) -> bool:
    """Whether a text is Vietnamese, as far as its marks tell."""
    texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return not all(text.isascii() for text in texts)
