"""Releases a version: checks its files and uploads them to an index.

    INDEX_TOKEN=... python release.py 0.2.0 --dist dist --publish-url https://test.pypi.org/legacy/

It fails if there's nothing to upload, if a description can't be displayed, or if the index refuses a file.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

NAME = "publishing"


def files_of(version: str, dist: Path) -> list[Path]:
    """The wheels and the source distribution of this version of `publishing`, and nothing else that is in `dist`."""
    files = [*dist.glob(f"{NAME}-{version}*.whl"), *dist.glob(f"{NAME}-{version}*.tar.gz")]
    return sorted(files)


def upload(files: list[Path], publish_url: str, token: str) -> None:
    """Uploads the files, and raises an exception if the index refuses one of them.

    On a shared machine, everyone can read the arguments of every process. So the token mustn't be one.
    """
    command = [sys.executable, "-m", "uv", "publish", "--publish-url", publish_url, *files]
    subprocess.run(command, env=os.environ | {"UV_PUBLISH_TOKEN": token}, check=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("version")
    parser.add_argument("--dist", type=Path, default=Path("dist"))
    parser.add_argument("--publish-url", required=True)
    options = parser.parse_args()
    files = files_of(options.version, options.dist)
    if not files:
        sys.exit(f"there's nothing of version {options.version} in {options.dist}")
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", *files], check=True)
    upload(files, options.publish_url, os.environ["INDEX_TOKEN"])


if __name__ == "__main__":
    main()
