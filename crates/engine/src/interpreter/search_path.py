# What only the interpreter itself knows about its search path: where its build has the standard library, how it lays out
# site directories (distributors patch `site`), where the user's own packages are, and what is built in. The crate
# `environments` reads everything else from files: `pyvenv.cfg`, `.pth` files, and what is installed.
#
# Runs after probe.py, without site: a `.pth` file could run a package's code, and no installed code may run.
import site


def site_directories(prefixes, current):
    """The site directories below prefixes for an interpreter whose own prefix is `current`, which Debian's `site` looks at."""
    sys.prefix = sys.exec_prefix = current
    return list(dict.fromkeys(site.getsitepackages(prefixes)))


def layout():
    """The same of any virtual environment, relative to it."""
    root = os.path.join(os.sep, "prefix")
    return [os.path.relpath(place, root) for place in site_directories([root], root)]


def libc():
    try:
        return os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, OSError, ValueError):
        return None


bases = [sys.base_prefix, sys.base_exec_prefix]
print(
    json.dumps(
        {
            "standard_library": [place for place in sys.path if os.path.isdir(place)],
            "of_environment": layout(),
            "of_base": [site.getusersitepackages()]
            + site_directories(bases, sys.base_prefix),
            "built_in": sorted(sys.builtin_module_names),
            "libc": libc(),
        }
    )
)
