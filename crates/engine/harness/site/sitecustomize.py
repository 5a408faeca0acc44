"""Makes what is under test importable as if it were installed.

Python imports this file as `sitecustomize` in every interpreter that a test starts; the harness runs it for itself.

`WR_PATH` names the directories that belong where packages are installed: after the standard library, before other
packages. `WR_LATE_PATH` names those that come after all packages, like the directories in a `.pth` file. `WR_EXPOSE`
names the directory of an extension module that belongs inside a package of the source tree: its built file is kept
apart from the package's other modules.

A test may start any Python 3, so nothing here needs a recent one; that's why type hints are strings.
"""

import os
import sys

# Imported here, because inside the finder the import would ask the finder again.
from importlib.machinery import ModuleSpec, PathFinder


def place(directories: "list[str]") -> None:
    """Puts directories on `sys.path` where an installer would have put their content."""
    installed = ("site-packages", "dist-packages")
    places = (at for at, entry in enumerate(sys.path) if os.path.basename(os.path.normpath(entry)) in installed)
    at = next(places, len(sys.path))
    sys.path[at:at] = [directory for directory in directories if directory not in sys.path]


class _WrFinder:
    """Finds the extension under test inside its package, and the harness for workers of pytest-xdist."""

    root = os.environ.get("WR_EXPOSE", "")
    harness = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """What Python calls for each module that isn't loaded."""
        if name == "wr_harness":
            return PathFinder.find_spec(name, [cls.harness])
        if not cls.root or "." not in name:
            return None
        directory = os.path.join(cls.root, *name.split(".")[:-1])
        if not os.path.isdir(directory):
            return None
        spec = PathFinder.find_spec(name, [directory])
        # The directories that contain the module aren't packages: the packages are in the source tree.
        return spec if spec is not None and spec.has_location else None


sys.meta_path.insert(0, _WrFinder)


def _run_hidden(here: str) -> None:
    """Runs the other `sitecustomize` that this one hides, if there is one."""
    for directory in sys.path:
        other = os.path.join(directory, "sitecustomize.py")
        if os.path.abspath(directory) != here and os.path.isfile(other):
            with open(other) as file:
                exec(compile(file.read(), other, "exec"), {"__name__": "sitecustomize", "__file__": other})
            return


if __name__ == "sitecustomize":
    place([directory for directory in os.environ.get("WR_PATH", "").split(os.pathsep) if directory])
    sys.path.extend(directory for directory in os.environ.get("WR_LATE_PATH", "").split(os.pathsep) if directory)
    _run_hidden(os.path.dirname(os.path.abspath(__file__)))
