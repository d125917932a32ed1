"""Sets of files in one .zip, and what else calls itself an archive."""

from __future__ import annotations

from intake.cases import RETURNED, A, Case, W
from reading import corpus
from reading.hostile import png

GOOD = {corpus.REPORT: corpus.report(), corpus.TABLE: corpus.table()}


def _alone(data: bytes, name: str = "bộ hồ sơ.zip") -> dict[str, bytes]:
    return {name: data}


CASES = [
    Case("set", lambda: _alone(corpus.zipped(GOOD)), A, ("TEP-50",)),
    Case(
        "folder and litter",
        lambda: _alone(
            corpus.zipped(
                {f"Hồ sơ/{name}": data for name, data in GOOD.items()}
                | {
                    "Hồ sơ/": b"",
                    "__MACOSX/Hồ sơ/._báo cáo.docx": b"x",
                    "Hồ sơ/Thumbs.db": b"x",
                    "Hồ sơ/~$a.docx": b"x",
                }
            )
        ),
        A,
        ("TEP-50",),
    ),
    Case(
        "backslashes",
        lambda: _alone(corpus.zipped({f"Ho so\\{name}": data for name, data in GOOD.items()})),
        A,
        ("TEP-50",),
    ),
    Case(
        "names without a mark",
        lambda: _alone(corpus.zipped({name.encode(): data for name, data in GOOD.items()})),
        A,
        ("TEP-50",),
    ),
    Case(
        "names in TCVN3",
        lambda: _alone(corpus.zipped({b"b\xb8o c\xb8o.docx": corpus.report(), b"s\xe8 li\xd6u.xlsx": corpus.table()})),
        A,
        ("TEP-50",),
    ),
    Case(
        "fault in a member",
        lambda: _alone(corpus.zipped(GOOD | {corpus.TABLE: corpus.table(CT01=(1000, 1200, 901))})),
        RETURNED,
        ("TEP-50", "S-CT01"),
    ),
    Case("without a table", lambda: _alone(corpus.zipped({"a.docx": corpus.report()})), RETURNED, ("TEP-50", "HS-02")),
    Case(
        "beside a file",
        lambda: {"a.zip": corpus.zipped({"a.docx": corpus.report()}), "b.xlsx": corpus.table()},
        A,
        ("TEP-50",),
    ),
    Case("zip in a zip", lambda: _alone(corpus.zipped({"trong.zip": corpus.zipped(GOOD)})), RETURNED, ("TEP-52",)),
    Case("password", lambda: _alone(corpus.locked_zip(corpus.zipped(GOOD))), RETURNED, ("TEP-51",)),
    Case("empty", lambda: _alone(corpus.zipped({})), RETURNED, ("TEP-53",)),
    Case("litter only", lambda: _alone(corpus.zipped({"__MACOSX/._a": b"x"})), RETURNED, ("TEP-53",)),
    Case("out of the folder", lambda: _alone(corpus.zipped({"../../a.docx": corpus.report()})), RETURNED, ("TEP-54",)),
    Case("absolute", lambda: _alone(corpus.zipped({"C:\\a.docx": corpus.report()})), RETURNED, ("TEP-54",)),
    Case("name twice", lambda: _alone(corpus.zipped({"a.docx": b"1", "A.DOCX": b"2"})), RETURNED, ("TEP-54",)),
    Case("link", lambda: _alone(corpus.zip_with_link()), RETURNED, ("TEP-54",)),
    Case("bomb", lambda: _alone(corpus.zipped({"a.docx": bytes(100 << 20)})), RETURNED, ("TEP-54",)),
    Case("much too large", lambda: _alone(corpus.zipped({"a.docx": bytes(201 << 20)})), RETURNED, ("TEP-55",)),
    Case("crowd", lambda: _alone(corpus.zipped({f"{n}.txt": b"" for n in range(1001)})), RETURNED, ("TEP-54",)),
    Case("broken off", lambda: _alone(corpus.zipped(GOOD)[:-30]), RETURNED, ("TEP-05",)),
    Case("nothing", lambda: _alone(b""), RETURNED, ("TEP-01",)),
    Case("wrong sum", lambda: _alone(corpus.with_wrong_sum(corpus.zipped(GOOD))), RETURNED, ("TEP-05",)),
    Case("not a zip", lambda: _alone(b"%PDF-1.7"), RETURNED, ("TEP-05",)),
    Case("rar", lambda: _alone(b"Rar!\x1a\x07\x00", "bộ.rar"), RETURNED, ("TEP-56",)),
    Case("7z", lambda: _alone(b"7z\xbc\xaf\x27\x1c", "bộ.7z"), RETURNED, ("TEP-56",)),
    Case("refused beside a good set", lambda: GOOD | {"ảnh.rar": b"Rar!"}, RETURNED, ("TEP-56",)),
    Case(
        "more than the plan takes",
        lambda: _alone(corpus.zipped(GOOD | {f"ảnh {n}.png": png(100, 100 + n) for n in range(9)})),
        RETURNED,
        ("TEP-50", "TEP-20", "TEP-20", "TEP-16"),
    ),
    Case(
        "nil return in a zip", lambda: _alone(corpus.zipped({"cv.docx": corpus.nil_return()})), W, ("TEP-50", "HS-04")
    ),
]
