"""Write the corpus out: a folder a case."""

from __future__ import annotations

import sys
from pathlib import Path

from intake.cases import all_cases


def main(folder: Path) -> None:
    for name, case in all_cases():
        for file, data in case.files().items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
