"""Sets a template's text into the form of an edition: of the Party's documents or of the state's.

A template holds only what its document says; the styles of its paragraphs tell where they belong. Those it begins with
in the style «Dưới số» come under the number; those in the style «Nơi nhận» become the list beside the signature; what
has the style «Gạch ngang» parts the title from the text. How all that looks, `forms/party.docx` and `forms/state.docx`
show: each has the head, the parting line and the foot, in this order, and its styles prevail over the template's.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from soket.folders import templates_folder
from soket.plan.editions import FormEdition

UNDER_NUMBER, RECIPIENTS_LABEL, RECIPIENT = "Dưới số", "Nhãn nơi nhận", "Nơi nhận"
_RULE = "Gạch ngang"


class StyleNames:
    """What the styles of a document are called, by the ids that paragraphs know them by."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - lxml has no types
        self._named: dict[str, str] = {
            each.get(qn("w:styleId")): each.find(qn("w:name")).get(qn("w:val")) for each in _styles(document)
        }

    def of(self, paragraph: Any) -> str:  # noqa: ANN401
        """Return a paragraph's style."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key: str = "" if style is None else style.get(qn("w:val"))
        return self._named.get(key, "")

    def has(self, element: Any, style: str) -> bool:  # noqa: ANN401
        """Whether a paragraph of a style is in an element."""
        return any(self.of(each) == style for each in element.iter(qn("w:p")))

    def id_of(self, style: str) -> str:
        """Return the id of a style."""
        return next(key for key, name in self._named.items() if name == style)


def frame(document: Any, edition: FormEdition) -> None:  # noqa: ANN401 - lxml has no types
    """Put an edition's head, parting lines and foot into a document that has its text only."""
    path = templates_folder() / "documents" / "forms" / f"{edition.shape}.docx"
    shape = _shape(path, path.stat().st_mtime_ns)
    named, shapes = StyleNames(document), StyleNames(shape)
    _take_styles(document, shape)
    body, (head, rule, foot) = document.element.body, (deepcopy(part) for part in shape.element.body[:3])
    paragraphs = [each for each in body if each.tag == qn("w:p")]
    under = list(takewhile(lambda each: named.of(each) == UNDER_NUMBER, body))
    recipients = [each for each in paragraphs if named.of(each) == RECIPIENT]
    for each in paragraphs:
        if named.of(each) == _RULE:
            body.replace(each, deepcopy(rule))
    body.insert(0, head)
    if recipients:
        recipients[-1].addnext(foot)
    for table, style, lines in ((head, UNDER_NUMBER, under), (foot, RECIPIENT, recipients)):
        example = next(each for each in table.iter(qn("w:p")) if shapes.of(each) == style)
        for line in lines:
            example.addprevious(line)
        example.getparent().remove(example)


@lru_cache(maxsize=8)
def _shape(path: Path, _changed: int) -> Any:  # noqa: ANN401 - lxml has no types
    return docx.Document(str(path))


def _styles(document: Any) -> list[Any]:  # noqa: ANN401 - lxml has no types
    return list(document.styles.element.iter(qn("w:style")))


def _take_styles(document: Any, shape: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Give a document the form's styles in place of its own of the same id."""
    styles = document.styles.element
    own = {each.get(qn("w:styleId")): each for each in _styles(document)}
    for style in map(deepcopy, _styles(shape)):
        before = own.get(style.get(qn("w:styleId")))
        if before is None:
            styles.append(style)
        else:
            styles.replace(before, style)
