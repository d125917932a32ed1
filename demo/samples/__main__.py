"""Write sample files for every unit of a plan, as the script tells that they lie beside: `python -m demo.samples`.

The output is the same, byte for byte, each time; nothing that is there already and is not a sample is touched.
"""

from __future__ import annotations

from demo.samples.folder import write_samples
from soket.stack.state import REPOSITORY

SAMPLES = REPOSITORY / "samples"


def main() -> None:
    """Write the samples of each script in the samples folder."""
    for script in sorted(SAMPLES.glob("*/scenario.yaml")):
        written = write_samples(script)
        size = sum(path.stat().st_size for path in written)
        print(f"{script.parent.name}: {len(written)} files, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
