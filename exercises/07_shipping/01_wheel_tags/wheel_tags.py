"""Choosing wheels, and naming them."""

import hashlib
from base64 import urlsafe_b64encode
from pathlib import Path

from packaging.tags import Tag


def best(wheels: list[str], supported: list[Tag]) -> str | None:
    """The name of the wheel that an installer takes, or `None` if none of them fits.

    `supported` lists the tags that the interpreter accepts, the best first. If several wheels have the best tag, the one with the
    highest build number wins; a wheel without one comes last.
    """
    raise NotImplementedError("TODO: choose the wheel whose tag comes first")


def manylinux(versions: list[str], machine: str) -> str:
    """The platform tag of a file that needs these versions of its libraries' symbols, such as `"GLIBC_2.17"`.

    Versions of other libraries, such as `"GCC_3.0"`, don't matter. The oldest glibc that Rust supports is 2.17, so a file that needs
    nothing newer gets that.
    """
    raise NotImplementedError("TODO: name the newest version of glibc")


def recorded(data: bytes) -> str:
    """What `RECORD` says about a file: its hash and its size."""
    digest = urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(data)}"


def retag(wheel: Path, platform: str) -> Path:
    """Writes a copy of a wheel for another platform, such as `"manylinux_2_28_x86_64"`, next to it, and returns its path.

    The platform may be several, with dots between them. The new wheel has the same Python and ABI tags, and agrees with itself: the
    file's name, the `Tag:` lines in `WHEEL` and the line about `WHEEL` in `RECORD`. All other lines and files are those of the original.
    """
    raise NotImplementedError("TODO: write the copy")
