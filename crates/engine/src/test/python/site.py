# Finds an extension module that belongs inside a package of the source tree: its built file lies in a directory of
# wr's, not beside the package's other modules. `WR_EXPOSE` names that directory. Python reads this file as
# `sitecustomize` in every interpreter that a test starts.
import os
import sys

# Here and not in the finder, which would be asked where `importlib.machinery` is, over and over.
from importlib.machinery import PathFinder


class _WrExposed:
    root = os.environ.get("WR_EXPOSE", "")

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if not cls.root or "." not in name:
            return None
        directory = os.path.join(cls.root, *name.split(".")[:-1])
        if not os.path.isdir(directory):
            return None
        spec = PathFinder.find_spec(name, [directory], target)
        # The directories that lead to the module are no packages: those are in the source tree.
        return spec if spec is not None and spec.has_location else None


sys.meta_path.insert(0, _WrExposed)

# The directory that holds this file hides any other `sitecustomize`; that one is read too.
if __name__ == "sitecustomize":
    _here = os.path.dirname(os.path.abspath(__file__))
    for _dir in sys.path:
        _other = os.path.join(_dir, "sitecustomize.py")
        if os.path.abspath(_dir) != _here and os.path.isfile(_other):
            with open(_other) as _file:
                exec(compile(_file.read(), _other, "exec"), {"__name__": "sitecustomize", "__file__": _other})
            break
