"""Builds the wheel of the project in the current directory, with a bill of materials.

    python build_wheel.py --date 1767225600 --out dist --target-dir target

The date is that of the sources, in seconds since 1970, as printed by `git log -1 --format=%ct`. Everyone who builds the same
sources with the same tools should get the same bytes, in any directory and at any time.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path


def variables(source: Path, date: int) -> dict[str, str]:
    """The environment variables for the build of the project in `source`."""
    cargo = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    flags = [f"--remap-path-prefix={source}=/source", f"--remap-path-prefix={cargo}=/cargo"]
    # Separated by U+001F instead of spaces, which may be part of a path.
    return {"SOURCE_DATE_EPOCH": str(date), "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags)}


def options() -> list[str]:
    """More options for cargo."""
    return ["--locked"]


def bill_of_materials(source: Path, date: int) -> dict:
    """The packages that the project is made of, in the format of CycloneDX."""
    packages = {(package["name"], package["version"]) for package in metadata()["packages"]}
    components = [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:cargo/{name}@{version}"}
        for name, version in sorted(packages)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"timestamp": datetime.datetime.fromtimestamp(date, datetime.UTC).isoformat()},
        "components": components,
    }


def metadata() -> dict:
    """What cargo knows about the project and its dependencies."""
    command = ["cargo", "metadata", "--format-version", "1", *options()]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--date", type=int, required=True)
    parser.add_argument("--out", default="dist")
    parser.add_argument("--target-dir", default="target")
    arguments = parser.parse_args()
    source = Path.cwd()
    bill = Path(arguments.target_dir) / "reproducible_builds.cyclonedx.json"
    bill.parent.mkdir(parents=True, exist_ok=True)
    bill.write_text(json.dumps(bill_of_materials(source, arguments.date), indent=2), encoding="utf-8")
    maturin = [sys.executable, "-m", "maturin", "build", "--release", "--interpreter", sys.executable]
    maturin += ["--out", arguments.out, "--target-dir", arguments.target_dir, "--sbom-include", bill]
    subprocess.run([*maturin, *options()], check=True, env=os.environ | variables(source, arguments.date))


if __name__ == "__main__":
    main()
