"""Bodies of .docx, and what is read of them."""

from __future__ import annotations

from reading import corpus, hostile
from soket.reading.process.child import read


def run(text: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def said(body: str, **changed: str) -> tuple[str, ...]:
    data = hostile.word(body)
    parts = {f"word/{name}.xml": content.encode() for name, content in changed.items()}
    names = {name for name in parts if name in ("word/styles.xml", "word/numbering.xml")}
    data = corpus.repacked(
        data,
        changed={name: parts[name] for name in names},
        added={name: content for name, content in parts.items() if name not in names},
    )
    content = read("docx", data)
    assert [finding.code for finding in content.findings if finding.code != "TEP-21"] == []
    return content.paragraphs
