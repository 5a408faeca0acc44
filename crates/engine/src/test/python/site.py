# Makes the code under test importable as if it were installed. Python reads this file as `sitecustomize` in every
# interpreter that a test starts; the harness reads it for itself.
#
# `WR_PATH` names the directories that belong where packages are installed: after the standard library, before other
# packages. `WR_LATE_PATH` names those that come after all of them, as with a `.pth` file. `WR_EXPOSE` names the directory of an
# extension module that belongs inside a package of the source tree: its built file is kept apart from the package's other modules.
import os
import sys

# Imported here, because an import in the finder would call the finder again and again.
from importlib.machinery import PathFinder


def place(directories):
    """Puts directories on `sys.path` where an installer would have put their content."""
    installed = ("site-packages", "dist-packages")
    at = (at for at, there in enumerate(sys.path) if os.path.basename(os.path.normpath(there)) in installed)
    at = next(at, len(sys.path))
    sys.path[at:at] = [directory for directory in directories if directory not in sys.path]


class _WrExposed:
    root = os.environ.get("WR_EXPOSE", "")
    here = os.path.dirname(os.path.abspath(__file__))

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "wr_worker":
            return PathFinder.find_spec(name, [cls.here], target)
        if not cls.root or "." not in name:
            return None
        directory = os.path.join(cls.root, *name.split(".")[:-1])
        if not os.path.isdir(directory):
            return None
        spec = PathFinder.find_spec(name, [directory], target)
        # The directories on the way to the module aren't packages: the packages are in the source tree.
        return spec if spec is not None and spec.has_location else None


sys.meta_path.insert(0, _WrExposed)

# This file hides any other `sitecustomize`, so that one is read too.
if __name__ == "sitecustomize":
    place([directory for directory in os.environ.get("WR_PATH", "").split(os.pathsep) if directory])
    sys.path.extend(directory for directory in os.environ.get("WR_LATE_PATH", "").split(os.pathsep) if directory)
    _here = os.path.dirname(os.path.abspath(__file__))
    for _dir in sys.path:
        _other = os.path.join(_dir, "sitecustomize.py")
        if os.path.abspath(_dir) != _here and os.path.isfile(_other):
            with open(_other) as _file:
                exec(compile(_file.read(), _other, "exec"), {"__name__": "sitecustomize", "__file__": _other})
            break
