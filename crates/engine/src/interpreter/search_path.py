# Runs after probe.py, without site: a `.pth` file could run a package's code, and no installed code may run.
import site


def environment():
    """The virtual environment that the interpreter belongs to (PEP 405), and whether it sees its base's packages."""
    here = os.path.dirname(os.path.abspath(sys.executable))
    for place in (here, os.path.dirname(here)):
        try:
            with open(os.path.join(place, "pyvenv.cfg"), encoding="utf-8") as lines:
                pairs = [line.partition("=") for line in lines]
        except (OSError, UnicodeDecodeError):
            continue
        values = {key.strip().lower(): value.strip() for key, _, value in pairs}
        sees_base = values.get("include-system-site-packages", "").lower() == "true"
        return place, sees_base
    return None, True


def site_directories():
    venv, sees_base = environment()
    bases = [sys.base_prefix, sys.base_exec_prefix]
    found = []
    if venv is not None:
        sys.prefix = sys.exec_prefix = venv
        found += site.getsitepackages([venv])
        sys.prefix, sys.exec_prefix = bases
    if sees_base:
        found.append(site.getusersitepackages())
        found += site.getsitepackages(list(dict.fromkeys(bases)))
    return [place for place in dict.fromkeys(found) if os.path.isdir(place)]


def libc():
    try:
        return os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, OSError, ValueError):
        return None


print(
    json.dumps(
        {
            "standard_library": [place for place in sys.path if os.path.isdir(place)],
            "site_directories": site_directories(),
            "built_in": sorted(sys.builtin_module_names),
            "libc": libc(),
        }
    )
)
