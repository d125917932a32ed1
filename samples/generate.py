"""Write sample files for every unit of a plan, as the script beside them tells: `python samples/generate.py`.

The output is the same, byte for byte, each time; nothing that is there already and is not a sample is touched.
"""

from __future__ import annotations

import sys
from pathlib import Path

from soket.demo.samples.folder import write_samples

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write the samples of each script under this folder."""
    for script in sorted(HERE.glob("*/scenario.yaml")):
        written = write_samples(script)
        size = sum(path.stat().st_size for path in written)
        print(f"{script.parent.name}: {len(written)} files, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
