import json
import os
import platform
import struct
import sys
import sysconfig

try:
    from importlib.machinery import EXTENSION_SUFFIXES
    from importlib.util import find_spec

    has_ensurepip = find_spec("ensurepip") is not None and find_spec("venv") is not None
except ImportError:
    EXTENSION_SUFFIXES = []
    has_ensurepip = False


def variable(name):
    return sysconfig.get_config_var(name)


print(
    json.dumps(
        {
            "executable": sys.executable,
            "base": os.path.realpath(
                getattr(sys, "_base_executable", None) or sys.executable
            ),
            "implementation": platform.python_implementation(),
            "version": list(sys.version_info[:3]),
            "suffixes": EXTENSION_SUFFIXES,
            "pointer_width": struct.calcsize("P") * 8,
            "machine": platform.machine(),
            "free_threaded": bool(variable("Py_GIL_DISABLED")),
            "debug": bool(variable("Py_DEBUG")),
            "shared": bool(variable("Py_ENABLE_SHARED")),
            "library_dir": variable("LIBDIR"),
            "library": variable("LDLIBRARY"),
            "has_ensurepip": has_ensurepip,
            "link_with": " ".join(
                part for part in (variable("LIBS"), variable("SYSLIBS")) if part
            ),
        }
    )
)
