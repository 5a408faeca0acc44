"""Copies of a wheel that are broken in one way each: `broken.py WHEEL DIRECTORY` writes DIRECTORY/WAY/*.whl."""

import base64
import hashlib
import io
import sys
import zipfile
from pathlib import Path


def pack(files):
    """The bytes of a wheel; where there's no RECORD in it, one is written."""
    files = dict(files)
    info = next(name for name in files if ".dist-info/" in name).split("/")[0]
    record = f"{info}/RECORD"
    if record not in files:
        files[record] = record_of(files, record)
    return plain(files)


def plain(files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return written.getvalue()


def record_of(files, record):
    lines = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return ("".join(lines) + f"{record},,\n").encode()


def main(path, directory):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    info = next(name for name in files if name.endswith(".dist-info/WHEEL")).split("/")[0]
    record, metadata, wheel = (f"{info}/{name}" for name in ("RECORD", "METADATA", "WHEEL"))
    original = files.pop(record)
    module = next(name for name in files if name.endswith("__init__.py"))
    name, version, tags = path.name.split("-", 2)

    def without(member):
        return {one: content for one, content in files.items() if one != member}

    def with_changed(member, old, new):
        assert old in files[member], (member, old)
        return files | {member: files[member].replace(old, new, 1)}

    def renamed_info(new):
        return {one.replace(info, new, 1): content for one, content in files.items()}

    sound = pack(files)
    ways = {
        "sound": sound,
        "no WHEEL": pack(without(wheel)),
        "no METADATA": pack(without(metadata)),
        "no RECORD": plain(files),
        "no dist-info": plain({one: content for one, content in files.items() if info not in one}),
        "another dist-info": pack(renamed_info("other-1.0.dist-info")),
        "two dist-infos": pack(files | {"other-1.0.dist-info/METADATA": files[metadata]}),
        "a later format": pack(with_changed(wheel, b"Wheel-Version: 1.0", b"Wheel-Version: 2.0")),
        "a somewhat later format": pack(with_changed(wheel, b"Wheel-Version: 1.0", b"Wheel-Version: 1.9")),
        "no format": pack(with_changed(wheel, b"Wheel-Version: 1.0", b"Comment: none")),
        "no Name": pack(with_changed(metadata, b"\nName: ", b"\nNickname: ")),
        "another Name": pack(with_changed(metadata, b"\nName: ", b"\nName: other-")),
        "another Version": pack(with_changed(metadata, b"\nVersion: ", b"\nVersion: 9.")),
        "a Python that is excluded": pack(with_changed(metadata, b"\nRequires-Python: ", b"\nRequires-Python: <3,")),
        "an invalid requirement": pack(with_changed(metadata, b"\nRequires-Python: ", b"\nRequires-Dist: ?!\nRequires-Python: ")),
        "a hash of other content": pack(files | {record: record_of(files | {module: files[module] + b"#"}, record)}),
        "a size of other content": pack(files | {record: original.replace(str(len(files[module])).encode(), b"1")}),
        "a file that is not in RECORD": pack(files | {"extra.py": b"", record: original}),
        "a file that is only in RECORD": pack(without(module) | {record: original}),
        "data before the archive": b"#!/bin/sh\n" + sound,
        "data after the archive": sound + b"more",
        "a flipped bit": sound[:200] + bytes([sound[200] ^ 4]) + sound[201:],
    }
    for way, content in ways.items():
        place = Path(directory, way)
        place.mkdir(parents=True, exist_ok=True)
        (place / path.name).write_bytes(content)
    names = {
        "an invalid version": f"{name}-none_{version}-{tags}",
        "a build number without a digit": f"{name}-{version}-first-{tags}",
        "another version in the file's name": f"{name}-9.{version}-{tags}",
        "another name in the file's name": f"other_{name}-{version}-{tags}",
    }
    for way, file in names.items():
        place = Path(directory, way)
        place.mkdir(parents=True, exist_ok=True)
        (place / file).write_bytes(sound)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
