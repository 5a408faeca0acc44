"""Makes several module objects out of one extension."""

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from types import ModuleType

__all__ = ["extension_file", "new_module"]


def extension_file() -> str:
    """The compiled file, which may be inside a package of the same name."""
    spec = find_spec("module_state")
    if spec.submodule_search_locations:
        spec = find_spec("module_state.module_state")
    return spec.origin


def new_module() -> ModuleType:
    """Another module object, which `sys.modules` doesn't know."""
    spec = spec_from_file_location("module_state", extension_file())
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
