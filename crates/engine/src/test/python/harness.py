"""The test harness: a Python process that has loaded pytest and waits for runs.

It reads JSON requests from its standard input, one per line, and writes JSON events to its standard output, one per line. If
processes can be forked safely, every run is a child with its own address space, so a crash costs one run and not the harness;
otherwise the harness runs once and exits. It is single-threaded, and it never imports the extension under test: only the child
does.

A child may be forked before the extension is built: it configures pytest while cargo compiles, then waits.
"""

import gc
import importlib
import json
import os
import selectors
import signal
import sys
import tempfile
import time

LONGEST_TEXT = 64 * 1024

# Where Python's own modules are, and where installers put packages.
LIBRARY = os.path.dirname(os.__file__) + os.sep
INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


def shorten(text):
    """Keeps the beginning and the end of a text that is too long to read anyway."""
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return text[:half] + "\n[...]\n" + text[-half:]


def native(value):
    """A path or another value of the system: strings unchanged, and bytes that aren't text decoded as Python does."""
    return os.fsdecode(bytes(value)) if isinstance(value, list) else value


def mark_end(run_id):
    """Marks on standard error the end of everything that a run printed there."""
    os.write(2, b"\x1ewr-end %d\n" % run_id)


class Report:
    """Events for `wr`, one JSON object per line, on a descriptor that no test inherits."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self.begin()

    def begin(self):
        """From now on, this process reports."""
        self.process = os.getpid()

    def send(self, event, **values):
        # A test may fork, and the copy then runs the rest of pytest too. Its events, like its exit status, don't count.
        if os.getpid() != self.process:
            return
        # No JSON reader accepts invalid Unicode, such as half of a surrogate pair.
        line = json.dumps({"event": event, **values}, default=str, ensure_ascii=False) + "\n"
        data = line.encode("utf-8", "replace")
        while data:
            data = data[os.write(self.descriptor, data) :]


class Start:
    """The moment at which a run starts: when `wr` says that the extension is in place."""

    def __init__(self, request, gate, report):
        self.request = request
        self.gate = gate
        self.report = report
        self.is_over = False
        self.began = None
        self.trace = None
        self.before = set(sys.modules)

    def wait(self, is_refused=False):
        if self.is_over:
            return
        self.is_over = True
        if self.gate is not None and self.gate.is_early:
            # The extension may not be in place yet, so code that has loaded it has an older state or none.
            if is_refused or own_modules(self.before):
                self.gate.decline()
        # Existing objects stay, so the collector needn't visit them, which would also copy shared pages.
        gc.freeze()
        if self.gate is not None:
            self.gate.wait()
        self.began = time.perf_counter()
        # Directories may have been listed before the new module was put into them.
        importlib.invalidate_caches()
        self.trace = open(native(self.request["trace"]), "w")
        self.dump_after(self.request["limit"])

    def dump_after(self, seconds):
        """Has `faulthandler` record where the run is when its time is up. A fork of the run doesn't do that."""
        if self.trace is None or os.getpid() != self.report.process:
            return
        import faulthandler

        faulthandler.dump_traceback_later(max(seconds, 0.001), file=self.trace)

    def dump_again(self):
        """The same for the remaining time, after something has cancelled it."""
        if self.began is not None:
            self.dump_after(self.request["limit"] - self.seconds())

    def seconds(self):
        return time.perf_counter() - self.began


def is_installed(file):
    """Whether a file belongs to Python or was installed: such files aren't edited to see what happens."""
    return file.startswith(LIBRARY) or any(part in file for part in INSTALLED)


def ignore_bytecode():
    """Compiles editable source at every import, without writing a compiled file next to it.

    Python trusts a compiled file if its source has the same size and time in seconds, and a file saved twice within a second may
    keep its size. Installed packages keep their compiled files, as they do without `wr`.
    """
    import importlib._bootstrap_external as external

    import _pytest.assertion.rewrite as rewrite

    of_python, of_pytest = external.cache_from_source, rewrite.get_cache_dir

    def cache_from_source(path, *args, **options):
        if not is_installed(os.fspath(path)):
            raise NotImplementedError  # Python's convention for source that has no compiled file.
        return of_python(path, *args, **options)

    def get_cache_dir(path):
        # There is no directory below a file, so pytest finds nothing there and writes nothing.
        return of_pytest(path) if is_installed(str(path)) else type(path)(os.devnull, "none")

    external.cache_from_source = cache_from_source
    rewrite.get_cache_dir = get_cache_dir


class Reads:
    """What a run reads, as far as Python notices (PEP 578), so that its verdict can be remembered until one of these changes.

    Files that the run itself created don't count. If the outcome may depend on something other than files, such as another
    program or the network, the reason is recorded.
    """

    # More files than this aren't worth remembering.
    MOST = 20000

    UNSEEN = {
        "subprocess.Popen": "it starts programs",
        "os.system": "it starts programs",
        "os.exec": "it starts programs",
        "os.posix_spawn": "it starts programs",
        "os.spawn": "it starts programs",
        "os.startfile": "it starts programs",
        "os.fork": "it forks",
        "os.forkpty": "it forks",
        "pty.spawn": "it starts programs",
        "socket.connect": "it uses the network",
        "socket.getaddrinfo": "it uses the network",
        "socket.gethostbyname": "it uses the network",
        "socket.sendto": "it uses the network",
    }

    # Options that make a run depend on an earlier one.
    USES_EARLIER_RUNS = ("lf", "failedfirst", "newfirst", "stepwise")

    def __init__(self, own):
        # Files of `wr`, or of pytest between runs, aren't inputs.
        self.own = own
        self.files = set()
        self.directories = set()
        self.written = set()
        self.unseen = set()
        self.kinds = {
            "open": self.opened,
            "import": lambda args: args[1] and self.add(self.files, args[1]),
            "os.listdir": lambda args: self.add(self.directories, args[0]),
            "os.scandir": lambda args: self.add(self.directories, args[0]),
            "ctypes.dlopen": self.opened_by_c,
            "sqlite3.connect": self.opened_by_c,
        }

    def note(self, event, args):
        """The audit hook."""
        kind = self.kinds.get(event)
        if kind is not None:
            kind(args)
        elif event in self.UNSEEN:
            self.unseen.add(self.UNSEEN[event])

    def opened(self, args):
        path, mode, flags = args
        mode = mode if isinstance(mode, str) else ""
        flags = flags if isinstance(flags, int) else 0
        if "w" in mode or "x" in mode or flags & (os.O_TRUNC | os.O_EXCL):
            self.add(self.written, path)
        elif ("a" in mode or "+" in mode or flags & (os.O_WRONLY | os.O_RDWR)) and self.add(self.files, path):
            self.unseen.add("it changes an existing file")
        else:
            self.add(self.files, path)

    def opened_by_c(self, args):
        if isinstance(args[0], str) and os.sep in args[0]:
            self.add(self.files, args[0])

    def add(self, paths, path):
        """Records a path; returns whether the outcome may depend on it."""
        try:
            path = os.path.abspath("." if path is None else os.fsdecode(path))
            path.encode()
        except TypeError:
            return False  # An open file by its number: it was recorded when it was opened.
        except (ValueError, OSError):
            self.unseen.add("it reads a file whose name isn't valid text")
            return False
        if path in self.written or path.startswith(self.own):
            return False
        paths.add(path)
        return True

    def ask(self, config):
        """Checks how pytest was called."""
        if any(getattr(config.option, name, False) for name in self.USES_EARLIER_RUNS):
            self.unseen.add("it depends on an earlier run")

    def report(self, report):
        files = {path for file in self.files for path in origins(file)}
        unseen = sorted(self.unseen)
        if len(files) + len(self.directories) > self.MOST:
            files, unseen = set(), ["it reads more files than are worth remembering"]
        report.send("read", files=sorted(files), directories=sorted(self.directories), unseen=unseen)


def scratch():
    """Where pytest keeps temporary directories between runs."""
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir()
    return os.path.join(os.path.abspath(root), "pytest-of-")


def origins(file):
    """The file itself, or the source of a compiled one, which Python checks without opening it."""
    directory, name = os.path.split(file)
    if name.endswith(".pyc") and os.path.basename(directory) == "__pycache__":
        yield os.path.join(os.path.dirname(directory), name.split(".")[0] + ".py")
    elif not file.startswith(("/dev/", "/proc/self/")):
        yield file


class Gate:
    """The child's end of the gate at which it waits until it's needed."""

    def __init__(self, gate, refusal, is_early):
        self.gate = gate
        self.refusal = refusal
        self.is_early = is_early

    def decline(self):
        """Exits the child, and asks for another that starts only when it's needed."""
        os.write(self.refusal, b"!")
        os._exit(0)

    def wait(self):
        # The run must not be able to decline for the child.
        os.close(self.refusal)
        if os.read(self.gate, 1) == b"":
            os._exit(0)  # Never needed: there is no run to report.
        os.close(self.gate)


def own_modules(before):
    """Modules that were loaded since and weren't installed: the project's, and others that the user is working on."""
    # `wr`'s own plugin is loaded before any project.
    loaded = set(sys.modules) - before - {"wr_worker"}
    files = (getattr(sys.modules[name], "__file__", None) or LIBRARY for name in loaded)
    return [file for file in files if not is_installed(file)]


def module_of(error):
    """The name of the module that lacks something, if the error is about a module."""
    if isinstance(error, ImportError):
        return error.name
    module = error.obj if isinstance(error, AttributeError) else None
    return module.__name__ if type(module) is type(sys) else None


def offered(name):
    """The names in a loaded module."""
    module = sys.modules.get(name or "")
    return sorted(name for name in getattr(module, "__dict__", {}) if not name.startswith("_"))


def notes(error):
    """The notes that `add_note` added to an exception, as PyO3 does with a parameter's name."""
    added = getattr(error, "__notes__", None)
    return [shorten(note) for note in added if isinstance(note, str)] if isinstance(added, list) else []


# Types whose values have a short and complete text.
PLAIN = (bool, bytes, float, int, str, type(None))
MOST_VALUES = 4
LONGEST_VALUE = 60


def values_at(frame, line):
    """The values at a line: the variables of the loops around it, and those named in its statement."""
    import ast
    import linecache

    try:
        source = "".join(linecache.getlines(frame.f_code.co_filename))
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    names = []

    def add(node):
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id not in names:
                names.append(part.id)

    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.AsyncFor)) and node.lineno < line <= node.end_lineno:
            add(node.target)
    for node in ast.walk(tree):
        if isinstance(node, (ast.With, ast.AsyncWith)) and node.lineno == line:
            for statement in node.body:
                add(statement)
        elif isinstance(node, ast.Expr) and node.lineno == line:
            add(node)
    found = []
    for name in names:
        if name in frame.f_locals and type(frame.f_locals[name]) in PLAIN:
            text = repr(frame.f_locals[name])
            if len(text) <= LONGEST_VALUE:
                found.append([name, text])
    return found[:MOST_VALUES]


def where_from(name):
    """Where a module was loaded from; None if it was created by hand or isn't loaded."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    origin = getattr(spec, "origin", None)
    return origin if isinstance(origin, str) else None


def imported(wanted):
    """Where the extension under test and the package around it were loaded from, and whether `wr` expects them there.

    Modules that the tests didn't import are left out.
    """
    found = []

    def look(name, is_fresh):
        origin = where_from(name)
        if origin is not None:
            found.append({"module": name, "origin": origin, "is_fresh": is_fresh(os.path.realpath(origin))})

    name = wanted["module"]
    package = name.split(".")[0]
    if package != name:
        homes = [os.path.realpath(native(home)) for home in wanted["packages"]]
        look(package, lambda origin: os.path.dirname(os.path.dirname(origin)) in homes)
    home = os.path.realpath(native(wanted["home"])) + os.sep
    look(name, lambda origin: origin.startswith(home))
    return found


def import_now(wanted):
    """Imports the extension if no test has, since it may not be importable; returns the reason if it isn't."""
    name = wanted["module"]
    if name in sys.modules:
        return None
    try:
        importlib.import_module(name)
    except BaseException as error:
        text = "%s: %s" % (type(error).__name__, error)
        return {"text": shorten(text), "name": module_of(error), "offered": offered(module_of(error))}
    return None


class Plugin:
    """Reports to `wr` what pytest does, as it does it."""

    def __init__(self, report, root, start):
        self.report = report
        self.root = root
        self.start = start

    def describe(self, excinfo):
        """An exception as values: its type, its text, and the last place in the project that it passed through."""
        value = excinfo.value
        # pytest wraps an import error of a test module in its own error; the cause says what is missing.
        if type(value).__name__ == "CollectError" and value.__cause__ is not None:
            value = value.__cause__
        kind = type(value)
        place = None
        last = None
        trace = value.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if self.is_ours(name):
                place = {"file": self.shown(name), "line": trace.tb_lineno}
                last = trace
            trace = trace.tb_next
        if isinstance(value, SyntaxError) and value.filename:
            place = {"file": self.shown(value.filename), "line": value.lineno or 1}
        try:
            text = str(value)
        except Exception as error:
            text = "(its text can't be shown: %r)" % (error,)
        return {
            "type": kind.__name__,
            "module": kind.__module__,
            "text": shorten(text),
            "notes": notes(value),
            "name": module_of(value),
            "offered": offered(module_of(value)),
            "place": place,
            "values": values_at(last.tb_frame, last.tb_lineno) if last and kind.__name__ == "Failed" else [],
        }

    def shown(self, name):
        """A file relative to where pytest starts, so that even a path whose parent isn't valid text can be shown."""
        inside = name.startswith(self.root + os.sep)
        return name[len(self.root) + 1 :] if inside else name

    def is_ours(self, name):
        inside = name.startswith(self.root + os.sep)
        return inside and not any(
            part in name for part in ("/site-packages/", "\\site-packages\\", "/.wr/", "/.venv/")
        )

    def note(self, report, excinfo):
        """Attaches the description of an exception to the report, as text, because reports may pass between processes."""
        if excinfo is not None and report.outcome == "failed":
            report._wr_error = json.dumps(self.describe(excinfo), default=str)

    def outcome(self, report):
        values = {
            "id": report.nodeid,
            "outcome": report.outcome,
            "when": getattr(report, "when", "collect"),
            "seconds": getattr(report, "duration", 0.0),
        }
        if hasattr(report, "wasxfail"):
            values["xfail"] = str(report.wasxfail)
        if report.outcome != "passed":
            values["text"] = shorten(report.longreprtext)
            values["printed"] = [[name, shorten(text)] for name, text in report.sections]
            error = report.__dict__.pop("_wr_error", None)
            if error is not None:
                values["error"] = json.loads(error)
            values.update(getattr(report, "_wr_exit", {}))
            crash = where_it_crashed(report.longrepr)
            if crash is not None:
                values["crash"] = {"file": self.shown(str(crash.path)), "line": crash.lineno, "text": shorten(crash.message)}
        return values


def where_it_crashed(longrepr):
    """What pytest calls the crash. For a `unittest` subtest, pytest doesn't leave out the frames of `unittest` itself, as it does for
    a test; the place is then the last line outside `unittest`."""
    crash = getattr(longrepr, "reprcrash", None)
    unittest = sys.modules.get("unittest")
    if crash is None or unittest is None:
        return crash
    own = os.path.join(os.path.dirname(unittest.__file__), "")
    if not os.path.abspath(str(crash.path)).startswith(own):
        return crash
    entries = getattr(getattr(longrepr, "reprtraceback", None), "reprentries", ())
    for entry in reversed(entries):
        place = getattr(entry, "reprfileloc", None)
        if place is not None and not os.path.abspath(place.path).startswith(own):
            return type(crash)(os.path.abspath(place.path), place.lineno, crash.message)
    return crash


# pytest's warnings for `sys.unraisablehook` and `threading.excepthook`.
UNRAISABLE = ("PytestUnraisableExceptionWarning", "PytestUnhandledThreadExceptionWarning")


# Functions that decide whether a test passes, by module.
DECIDING = {
    "_pytest.python": ("pytest_pyfunc_call", "Function.runtest", "Function.setup"),
    "_pytest.runner": (
        "pytest_runtest_protocol",
        "runtestprotocol",
        "call_and_report",
        "pytest_runtest_call",
        "pytest_runtest_makereport",
        "CallInfo.from_call",
    ),
    "_pytest.reports": ("TestReport.from_item_and_call",),
    "_pytest.assertion.rewrite": ("AssertionRewritingHook.exec_module", "rewrite_asserts"),
}


def replaced(is_ours):
    """The functions of pytest that the project's code replaced: the name, and the file with that code."""
    for module, names in DECIDING.items():
        for name in names:
            found = sys.modules.get(module)
            for part in name.split("."):
                found = getattr(found, part, None)
            code = getattr(getattr(found, "__func__", found), "__code__", None)
            file = getattr(code, "co_filename", "")
            if is_ours(file):
                yield f"{module}.{name}", file


def make_describing():
    """The part of the plugin for the process that runs the tests, which may be a worker; pytest is imported by now."""
    import pytest

    class Describing(Plugin):
        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_runtest_makereport(self, item, call):
            result = yield
            self.note(result, call.excinfo)
            return result

        @pytest.hookimpl(wrapper=True, tryfirst=True)
        def pytest_make_collect_report(self, collector):
            result = yield
            call = result.__dict__.get("call")
            self.note(result, call.excinfo if call is not None else None)
            return result

    return Describing


def make_workers(report, start, wanted):
    """Collects what pytest-xdist's workers report, if the tests run in workers."""
    import pytest

    class Workers:
        """With workers, other processes collect and run the tests."""

        def __init__(self):
            self.exits = {}
            self.is_collected = False
            self.imported = []

        @pytest.hookimpl(optionalhook=True)
        def pytest_xdist_setupnodes(self, config, specs):
            os.environ["WR_MODULE"] = json.dumps(wanted)

        @pytest.hookimpl(optionalhook=True)
        def pytest_xdist_node_collection_finished(self, node, ids):
            # Every worker collects all tests.
            if not self.is_collected:
                self.is_collected = True
                report.send("collected", count=len(ids), seconds=start.seconds())

        @pytest.hookimpl(optionalhook=True, tryfirst=True)
        def pytest_testnodedown(self, node, error):
            self.imported += json.loads(getattr(node, "workeroutput", {}).get("wr_imported", "[]"))
            if error:
                self.exits[node.gateway.id] = self.exit_of(node)

        def exit_of(self, node):
            """How a worker exited; empty if that isn't known."""
            process = getattr(getattr(node.gateway, "_io", None), "popen", None)
            try:
                code = process.wait(timeout=5)
            except Exception:
                return {}
            return {"signal": -code} if code < 0 else {"status": code}

        @pytest.hookimpl(optionalhook=True)
        def pytest_handlecrashitem(self, crashitem, report, sched):
            report._wr_exit = self.exits.get(report.node.gateway.id, {})

    return Workers()


def make_plugin(report, root, start, reads):
    """The plugin proper; pytest is imported by now."""
    import pytest

    class Hooks(make_describing()):
        @pytest.hookimpl(tryfirst=True)
        def pytest_cmdline_main(self, config):
            # An installed plugin may import the tested code as soon as the session starts; pytest's own plugins don't.
            if config.pluginmanager.list_plugin_distinfo():
                self.start.wait()

        @pytest.hookimpl(tryfirst=True)
        def pytest_collection(self, session):
            reads.ask(session.config)
            self.start.wait()

        def pytest_collectreport(self, report):
            if report.outcome == "failed":
                self.report.send("collect_failed", **self.outcome(report))
            elif report.outcome == "skipped":
                self.report.send("collect_skipped", **self.outcome(report))

        def pytest_collection_finish(self, session):
            self.report.send("collected", count=len(session.items), seconds=self.start.seconds())

        def pytest_runtest_logstart(self, nodeid, location):
            file, line, _ = location
            self.report.send("test_started", id=nodeid, file=file, line=(line or 0) + 1)

        def pytest_runtest_logreport(self, report):
            if report.when == "call" or report.outcome != "passed":
                self.report.send("test", **self.outcome(report))

        def pytest_runtest_logfinish(self, nodeid, location):
            self.report.send("test_finished", id=nodeid)

        @pytest.hookimpl(trylast=True)
        def pytest_exception_interact(self):
            # pytest's own `faulthandler` plugin has just cancelled the dump, in case the user debugs the failure.
            self.start.dump_again()

        def pytest_warning_recorded(self, warning_message, when, nodeid, location):
            # Nothing could catch it: it was raised when an object was dropped, or in a thread.
            if warning_message.category.__name__ in UNRAISABLE:
                report.send("unraisable", id=nodeid, text=shorten(str(warning_message.message)))

        def pytest_internalerror(self, excrepr):
            self.report.send("internal_error", text=shorten(str(excrepr)))

        @pytest.hookimpl(tryfirst=True)
        def pytest_sessionfinish(self):
            for name, file in replaced(self.is_ours):
                self.report.send("replaced", name=name, file=self.shown(file))

    return Hooks(report, root, start)


def report_imported(wanted, status, by_workers, report):
    """Reports where the extension under test came from."""
    # If tests failed, importing it now would explain nothing.
    error = import_now(wanted) if status in (0, 5) and not by_workers else None
    report.send("imported", found=imported(wanted) + by_workers, error=error)


def run(request, report, gate=None):
    """One run of pytest in this process; returns its exit status."""
    start = Start(request, gate, report)
    root = native(request["cwd"])
    args = [native(arg) for arg in request["args"]]
    os.chdir(root)
    os.environ.update({name: native(value) for name, value in request["env"].items()})
    ignore_bytecode()
    reads = Reads((scratch(), *(native(dir) for dir in request["own"])))
    sys.addaudithook(reads.note)
    # The code under test is found as if it were installed, here and in every Python process started from here.
    site = native(request["site"])
    placing = {"__name__": "wr_site", "__file__": site}
    exec(compile(open(site).read(), site, "exec"), placing)
    placing["place"]([native(part) for part in request["path"]])
    sys.path.extend(native(part) for part in request["late_path"])
    # pytest usually imports nothing from the project while it's configured. If it does, the child declines.
    if gate is None or not gate.is_early:
        start.wait()
    import faulthandler

    import pytest

    sys.argv[:] = ["pytest", *args]
    workers = make_workers(report, start, request.get("module"))
    # pytest-xdist's workers get the same arguments, including the plugin that reports for them.
    status = pytest.main(["-p", "wr_worker", *args], plugins=[make_plugin(report, root, start, reads), workers])
    # pytest refused before it started, because of a broken configuration: that's the result once the run is requested.
    start.wait(is_refused=True)
    if request.get("module"):
        report_imported(request["module"], int(status), workers.imported, report)
    reads.report(report)
    report.send("finished", status=int(status), seconds=start.seconds())
    faulthandler.cancel_dump_traceback_later()
    return int(status)


class Captured:
    """What a child's tests print. pytest keeps it in files that vanish with the process; these survive a crash of the child."""

    MOST = 65536
    # How much may be printed, in bytes; an endless loop that prints fills a disk in minutes.
    MOST_PRINTED = 256 * 1024 * 1024
    # Separates the report of a crash from what was printed before it; `wr` recognises it.
    HEADING = b"\n--- printed before the crash ---\n"

    def __init__(self):
        # Standard output's, then standard error's.
        self.files = [tempfile.TemporaryFile(buffering=0) for _ in range(2)]

    def lend(self):
        """Makes pytest use these files. A version that creates its files differently uses its own, and only output is lost."""
        import _pytest.capture as capture

        own = getattr(capture, "TemporaryFile", None)
        lent = list(self.files)
        if own is not None:
            capture.TemporaryFile = lambda *args, **options: lent.pop(0) if lent else own(*args, **options)

    def printed(self):
        """How much was printed but not reported yet, in bytes."""
        return sum(os.fstat(file.fileno()).st_size for file in self.files)

    def print_rest(self):
        """Prints the end of what wasn't reported yet."""
        texts = []
        for file in self.files:
            size = os.fstat(file.fileno()).st_size
            texts.append(os.pread(file.fileno(), self.MOST, max(0, size - self.MOST)))
        text = b"".join(texts)
        if text:
            text = self.HEADING + text
        while text:
            text = text[os.write(2, text) :]


def busy_seconds(process):
    """How long each thread of a process had something to do, in seconds; empty if the system doesn't say.

    That's the time on a processor and, if the kernel counts it, the time spent waiting for one (the kernel's documentation,
    "Scheduler Statistics", `schedstat`): on a busy machine a loop gets only part of a processor.
    """
    found = {}
    try:
        for thread in os.listdir("/proc/%d/task" % process):
            place = "/proc/%d/task/%s" % (process, thread)
            try:
                with open(place + "/schedstat") as file:
                    ran, waited, _ = file.read().split()
                found[int(thread)] = (int(ran) + int(waited)) / 1e9
            except FileNotFoundError:
                with open(place + "/stat") as file:
                    # The name may contain spaces and parentheses; the two times are the twelfth and thirteenth fields after it.
                    fields = file.read().rsplit(")", 1)[1].split()
                found[int(thread)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, TypeError, ValueError, IndexError):
        pass
    return found


class Harness:
    """Receives requests and forks a child for each."""

    def __init__(self, control, report):
        self.control = control
        self.report = report
        self.child = None
        self.request = None
        self.gate = None
        self.refusal = None
        self.pending = b""
        # Directories where pytest imports the tested code while it's configured.
        self.late = set()

    def serve(self):
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        self.wake = (wake_read, wake_write)
        self.selector = selector = selectors.DefaultSelector()
        selector.register(self.control, selectors.EVENT_READ)
        selector.register(wake_read, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select(self.patience()):
                if key.fd == wake_read:
                    try:
                        os.read(wake_read, 4096)
                    except BlockingIOError:
                        pass
                elif not self.take_requests():
                    self.end_child()
                    return
            self.reap()
            self.bound_output()

    def patience(self):
        """How long to wait before checking a run's output again, in seconds; indefinitely if there is no run."""
        return 0.2 if self.child is not None and self.gate is None else None

    def bound_output(self):
        if self.child is None or self.gate is not None:
            return
        printed = self.captured.printed()
        if printed > Captured.MOST_PRINTED:
            self.report.send("exceeded", what="output", used=printed, most=Captured.MOST_PRINTED)
            self.end_child()

    def take_requests(self):
        data = os.read(self.control, 65536)
        if not data:
            return False
        self.pending += data
        while b"\n" in self.pending:
            line, self.pending = self.pending.split(b"\n", 1)
            request = json.loads(line)
            if request["do"] == "prepare":
                self.start(request)
            elif request["do"] == "go":
                self.go()
            elif request["do"] == "stop":
                if request.get("look"):
                    self.look()
                self.end_child()
        return True

    def start(self, request):
        self.end_child()
        self.reap()
        sys.stdout.flush()
        sys.stderr.flush()
        is_early = request["early"] and native(request["cwd"]) not in self.late
        gate, opener = os.pipe()
        refusal, declining = os.pipe()
        os.set_blocking(refusal, False)
        self.captured = Captured()
        pid = os.fork()
        if pid:
            os.close(gate)
            os.close(declining)
            self.gate, self.refusal = opener, refusal
            try:
                os.setpgid(pid, pid)
            except OSError:
                pass  # The child has already done it.
            self.child, self.request = pid, request
            return
        self.report.begin()
        os.setpgid(0, 0)
        self.captured.lend()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        os.close(opener)
        os.close(refusal)
        os.close(self.control)
        for descriptor in self.wake:
            os.close(descriptor)
        sys.exit(run(request, self.report, Gate(gate, declining, is_early)))

    def go(self):
        if self.gate is not None:
            try:
                os.write(self.gate, b"!")
            except OSError:
                pass  # The child died while waiting; its exit is reported.
            os.close(self.gate)
            self.gate = None

    # How long the child is observed, in seconds.
    LOOK = 0.2

    def look(self):
        """Reports whether the child is computing or waiting. Only Linux says so."""
        before = busy_seconds(self.child)
        time.sleep(self.LOOK)
        after = busy_seconds(self.child)
        if before and after:
            used = {thread: after[thread] - before.get(thread, 0.0) for thread in after}
            self.report.send("load", main=used.get(self.child, 0.0) / self.LOOK, all=sum(used.values()) / self.LOOK)

    def end_child(self):
        if self.gate is not None:
            os.close(self.gate)
            self.gate = None
        if self.refusal is not None:
            os.close(self.refusal)
            self.refusal = None
        if self.child is not None:
            for send in (os.killpg, os.kill):
                try:
                    send(self.child, signal.SIGKILL)
                except OSError:
                    pass

    def reap(self):
        """Handles the child's exit, and kills what it left behind."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.child:
                try:
                    os.killpg(pid, signal.SIGKILL)
                except OSError:
                    pass
                self.child = None
                if self.has_declined():
                    self.restart()
                    continue
                code = os.waitstatus_to_exitcode(status)
                end = {"signal": -code} if code < 0 else {"status": code}
                if code < 0:
                    self.captured.print_rest()
                mark_end(self.request["id"])
                self.report.send("exited", id=self.request["id"], **end)

    def has_declined(self):
        """Whether the child, which has exited, was configured too early. This isn't checked for one that was told to stop."""
        if self.refusal is None:
            return False
        try:
            refused = os.read(self.refusal, 1)
        except BlockingIOError:
            refused = b""  # A process that it left behind still has the pipe open.
        os.close(self.refusal)
        self.refusal = None
        return refused == b"!"

    def restart(self):
        # What it printed isn't part of the run.
        mark_end(0)
        self.late.add(native(self.request["cwd"]))
        is_wanted = self.gate is None
        self.start(self.request)
        if is_wanted:
            self.go()


def loaded_files():
    """The files of the modules loaded in advance: if one of them changes, this process is out of date."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted({os.path.abspath(file) for file in files if isinstance(file, str)})


def main():
    report = Report(os.dup(1))
    control = os.dup(0)
    # A test reads nothing from standard input, and what it prints goes to standard error, so that it isn't mistaken for an event.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    try:
        import pytest
        import _pytest.config
    except ImportError as error:
        report.send("unusable", text=str(error))
        return 1
    # Loads pytest's own plugins, in pytest's order. Nothing else is loaded in advance: a module that is imported before the one
    # that would normally import it may behave differently, as `_asyncio` does before `asyncio`.
    _pytest.config.get_config()
    gc.collect()
    gc.freeze()
    reusable = hasattr(os, "fork") and sys.platform != "darwin"
    searched = [os.path.abspath(directory) for directory in sys.path if os.path.isdir(directory)]
    report.send("ready", pytest=pytest.__version__, reusable=reusable, loaded=loaded_files(), searched=searched)
    if reusable:
        Harness(control, report).serve()
        return 0
    with os.fdopen(control, "rb") as lines:
        for line in lines:
            request = json.loads(line)
            if request["do"] == "prepare":
                prepared = request
            elif request["do"] == "go":
                status = run(prepared, report)
                sys.stderr.flush()
                mark_end(prepared["id"])
                report.send("exited", id=prepared["id"], status=status)
                return status
    return 0


if __name__ == "__main__":
    # A module that is run as `__main__` stays there; tests mustn't find anything of `wr`'s under that name.
    sys.exit(main())
