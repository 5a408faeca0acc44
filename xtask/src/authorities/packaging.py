"""What `packaging` reads of wheels: their names, tags and metadata, as JSON."""

import json
import sys
import zipfile

from packaging.metadata import parse_email
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import InvalidWheelFilename, parse_wheel_filename


def read(path):
    said = {"tags": [], "errors": []}
    try:
        name, version, build, tags = parse_wheel_filename(path.rsplit("/", 1)[-1])
        said["distribution"], said["version"] = name, str(version)
        said["tags"] = sorted(str(tag) for tag in tags)
    except InvalidWheelFilename as error:
        said["errors"].append(str(error))
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        text = archive.read(members[0]) if members else b""
    raw, _ = parse_email(text)
    said["metadata"] = {
        "name": raw.get("name"),
        "version": raw.get("version"),
        "requires_python": raw.get("requires_python"),
        "requires_dist": raw.get("requires_dist", []),
    }
    try:
        SpecifierSet(raw.get("requires_python") or "")
    except InvalidSpecifier as error:
        said["errors"].append(str(error))
    for field in ("name", "version"):
        if not raw.get(field):
            said["errors"].append(f"no {field}")
    return said


if __name__ == "__main__":
    json.dump(read(sys.argv[1]), sys.stdout)
