"""Choosing wheels, and naming them."""

import hashlib
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

from packaging.tags import Tag, parse_tag
from packaging.utils import parse_wheel_filename


def best(wheels: list[str], supported: list[Tag]) -> str | None:
    """The name of the wheel that an installer takes, or `None` if none of them fits.

    `supported` lists the tags that the interpreter accepts, the best first. If several wheels have the best tag, the one with the
    highest build number wins; a wheel without one comes last.
    """
    place = {tag: index for index, tag in enumerate(supported)}
    fitting = []
    for name in wheels:
        _, _, build, tags = parse_wheel_filename(name)
        places = [place[tag] for tag in tags if tag in place]
        if places:
            fitting.append((-min(places), build, name))
    return max(fitting)[2] if fitting else None


def manylinux(versions: list[str], machine: str) -> str:
    """The platform tag of a file that needs these versions of its libraries' symbols, such as `"GLIBC_2.17"`.

    Versions of other libraries, such as `"GCC_3.0"`, don't matter. The oldest glibc that Rust supports is 2.17, so a file that needs
    nothing newer gets that.
    """
    needed = [version.removeprefix("GLIBC_") for version in versions if version.startswith("GLIBC_")]
    newest = max(["2.17", *needed]).split(".")
    return f"manylinux_{newest[0]}_{newest[1]}_{machine}"


def recorded(data: bytes) -> str:
    """What `RECORD` says about a file: its hash and its size."""
    digest = urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(data)}"


def retag(wheel: Path, platform: str) -> Path:
    """Writes a copy of a wheel for another platform, such as `"manylinux_2_28_x86_64"`, next to it, and returns its path.

    The platform may be several, with dots between them. The new wheel has the same Python and ABI tags, and agrees with itself: the
    file's name, the `Tag:` lines in `WHEEL` and the line about `WHEEL` in `RECORD`. All other lines and files are those of the original.
    """
    before, _ = wheel.stem.rsplit("-", 1)
    copy = wheel.with_name(f"{before}-{platform}.whl")
    tags = sorted(str(tag) for tag in parse_tag("-".join(copy.stem.split("-")[-3:])))
    with zipfile.ZipFile(wheel) as old:
        files = {name: old.read(name) for name in old.namelist()}
    (about,) = (name for name in files if name.endswith(".dist-info/WHEEL"))
    lines = [line for line in files[about].decode().splitlines() if not line.startswith("Tag:")]
    files[about] = "\n".join([*lines, *(f"Tag: {tag}" for tag in tags), ""]).encode()
    record = about.removesuffix("WHEEL") + "RECORD"
    rows = [line for line in files[record].decode().splitlines() if not line.startswith(f"{about},")]
    files[record] = "\n".join([*rows, f"{about},{recorded(files[about])}", ""]).encode()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in files.items():
            new.writestr(name, data)
    return copy
