"""Makes the files of `table/`: the small plan's form filled in and its outline written into, saved by LibreOffice.

`python -m intake.made.table`, from tests/; needs soffice. The tests need only the files.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import docx

from intake.sheets import filled_form, small_form
from soket.documents.request import render_outline

HERE = Path(__file__).with_suffix("")
SENTENCE = "Trong 05 năm qua đơn vị đã triển khai đồng bộ các nhiệm vụ, giải pháp của Nghị quyết. "
# The first sheet, semicolons, UTF-8, cells as shown.
CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true,false,false,false,0"


def written_outline() -> bytes:
    """The outline with three sentences under each of its headings, and its hints removed."""
    plan, _ = small_form()
    document = docx.Document(io.BytesIO(render_outline(plan, plan.campaigns[0], plan.stages[0])))
    titles = {f"{section.number}. {section.title}" for section in plan.outline}
    hints = {section.guidance for section in plan.outline if section.guidance}
    for paragraph in list(document.paragraphs):
        if paragraph.text in titles:
            following = document.paragraphs[[each.text for each in document.paragraphs].index(paragraph.text) + 1]
            following.insert_paragraph_before(SENTENCE * 3)
        elif paragraph.text in hints:
            paragraph._element.getparent().remove(paragraph._element)  # as the outline asks
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "form.xlsx").write_bytes(filled_form())
        (place / "outline.docx").write_bytes(written_outline())
        convert = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        for kind in ("xlsx:Calc MS Excel 2007 XML", "ods", "xls:MS Excel 97", CSV):
            subprocess.run([*convert, kind, "--outdir", str(HERE), "form.xlsx"], cwd=place, check=True)
        outline = ["docx:MS Word 2007 XML", "--outdir", str(HERE), "outline.docx"]
        subprocess.run([*convert, *outline], cwd=place, check=True)


if __name__ == "__main__":
    main()
