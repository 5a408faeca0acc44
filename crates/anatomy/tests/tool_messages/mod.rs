//! Messages, exactly as tools print them.

/// One line, or a few, and the code of its cause.
pub(crate) const MESSAGES: &[(&str, &str)] = &[
    (
        "⚠️  Warning: Couldn't find the symbol `PyInit_fast` or `PyModExport_fast` in the native library. Python will \
         fail to import this module.",
        "WR0101",
    ),
    (
        "ImportError: dynamic module does not define module export function (PyInit_fast)",
        "WR0101",
    ),
    (
        "ImportError: libpython3.12.so.1.0: cannot open shared object file: No such file or directory",
        "WR0103",
    ),
    (
        "ImportError: dlopen(/x/fast.so, 0x0002): Library not loaded: @rpath/libpython3.11.dylib",
        "WR0103",
    ),
    ("ImportError: /x/fast.so: invalid ELF header", "WR0104"),
    (
        "ImportError: /x/fast.so: cannot dynamically load position-independent executable",
        "WR0104",
    ),
    (
        "ImportError: /x/fast.so: wrong ELF class: ELFCLASS32",
        "WR0105",
    ),
    (
        "ImportError: dlopen(/x/fast.so, 0x0002): tried: '/x/fast.so' (mach-o file, but is an incompatible \
         architecture (have 'arm64', need 'x86_64'))",
        "WR0105",
    ),
    (
        "ImportError: /x/fast.so: undefined symbol: PyType_GetName",
        "WR0106",
    ),
    (
        "ImportError: dlopen(/x/fast.so, 0x0002): symbol not found in flat namespace '_PyType_GetName'",
        "WR0106",
    ),
    (
        "ImportError: Error relocating /x/fast.so: PyType_GetName: symbol not found",
        "WR0106",
    ),
    (
        "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /x/fast.so)",
        "WR0109",
    ),
    (
        "ImportError: Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /x/fast.so)",
        "WR0110",
    ),
    (
        "ImportError: libfoo.so.1: cannot open shared object file: No such file or directory",
        "WR0112",
    ),
    (
        "ImportError: DLL load failed while importing fast: The specified module could not be found.",
        "WR0112",
    ),
    (
        "ImportError: PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576",
        "WR0113",
    ),
    (
        "<frozen importlib._bootstrap>:488: RuntimeWarning: The global interpreter lock (GIL) has been enabled to load \
         module 'fast', which has not declared that it can run safely without the GIL.",
        "WR0114",
    ),
    (
        "TypeError: argument 'x': 'Base' object cannot be converted to 'Base'",
        "WR0115",
    ),
    (
        "TypeError: 'Base' object is not an instance of 'Base'\nwhile processing 'x'",
        "WR0115",
    ),
    (
        "SystemError: initialization of fast failed without raising an exception",
        "WR0116",
    ),
    (
        "SystemError: initialization of fast did not return an extension module",
        "WR0116",
    ),
    (
        "ImportError: Error relocating /x/fast.so: __tls_get_addr: initial-exec TLS resolves to dynamic definition in /x/fast.so",
        "WR0117",
    ),
    (
        "ImportError: /x/fast.so: cannot allocate memory in static TLS block",
        "WR0117",
    ),
    (
        "  error: the configured Python version (3.16) is newer than PyO3's maximum supported version (3.15)\n  \
         = help: this package is being built with PyO3 version 0.30.1",
        "WR0201",
    ),
    (
        "error: the configured Python interpreter version (3.13) is newer than PyO3's maximum supported version (3.12)\n\
         = help: please check if an updated version of PyO3 is available. Current version: 0.20.3",
        "WR0201",
    ),
    (
        "error: the configured Python interpreter version (3.8) is lower than PyO3's minimum supported version (3.9)",
        "WR0202",
    ),
    (
        "error: cannot set a minimum Python version 3.12 higher than the interpreter version 3.11 (the minimum Python \
         version is implied by the abi3-py312 feature)",
        "WR0203",
    ),
    (
        "error: PyO3 does not support the free-threaded build of CPython versions below 3.14, the selected Python \
         version is 3.13",
        "WR0204",
    ),
    (
        "error: your Rust target architecture (64-bit) does not match your python interpreter (32-bit)",
        "WR0205",
    ),
    ("error: no Python 3.x interpreter found", "WR0206"),
    (
        "Couldn't find any python interpreters. Please specify at least one with -i",
        "WR0206",
    ),
    (
        "Couldn't find a virtualenv or conda environment, but you need one to use this command.",
        "WR0223",
    ),
    ("error: PYO3_CONFIG_FILE must be an absolute path", "WR0207"),
    (
        "warning: pyo3-build-config: Both VIRTUAL_ENV and CONDA_PREFIX are set. PyO3 will ignore both of these for \
         locating the Python interpreter until you unset one of them.",
        "WR0208",
    ),
    (
        "/x/lib.rs:1: undefined reference to `PyExc_TypeError'",
        "WR0209",
    ),
    (
        "rust-lld: error: undefined symbol: PyExc_TypeError",
        "WR0209",
    ),
    (
        "Undefined symbols for architecture arm64:\n  \"_PyExc_TypeError\", referenced from:\n\
         ld: symbol(s) not found for architecture arm64",
        "WR0210",
    ),
    (
        "/usr/bin/ld: cannot find -lpython3.12: No such file or directory",
        "WR0211",
    ),
    (
        "LINK : fatal error LNK1181: cannot open input file 'python312.lib'",
        "WR0211",
    ),
    (
        "package `pyo3-ffi` links to the native library `python`, but it conflicts with a previous package which links \
         to `python` as well:\npackage `pyo3-ffi v0.30.1`",
        "WR0212",
    ),
    (
        "  Caused by: Cargo didn't build a cdylib. Did you miss crate-type = [\"cdylib\"] in the lib section of your \
         Cargo.toml?",
        "WR0213",
    ),
    (
        "  library target names cannot contain hyphens: my-mod",
        "WR0214",
    ),
    (
        "error[E0432]: unresolved import `fast`\n --> tests/double.rs:1:5\n\
         error: could not compile `fast` (test \"double\") due to 1 previous error",
        "WR0215",
    ),
    (
        "error: cannot produce cdylib for `x v0.1.0 (/x)` as the target `x86_64-unknown-linux-musl` does not support \
         these crate types",
        "WR0216",
    ),
    (
        "  Caused by: python-source is set to `python`, but the python module at `python/fast` does not exist.",
        "WR0217",
    ),
    ("error: linker `cc` not found", "WR0219"),
    (
        "error: rustc 1.95.0 is not supported by the following package:\n  x@0.1.0 requires rustc 1.99",
        "WR0220",
    ),
    (
        "  this version of Cargo is older than the `2027` edition, and only supports `2015`, `2018`, `2021`, and `2024` \
         editions.",
        "WR0220",
    ),
    (
        "thread '<unnamed>' (7) panicked at src/lib.rs:18:28:\nnot yet implemented\n\
         pyo3_runtime.PanicException: not yet implemented",
        "WR0301",
    ),
    (
        "pyo3_runtime.PanicException: not yet implemented: write me",
        "WR0301",
    ),
    (
        "thread '<unnamed>' panicked at src/lib.rs:17:61:\nindex out of bounds: the len is 0 but the index is 3\n\
         pyo3_runtime.PanicException: index out of bounds: the len is 0 but the index is 3",
        "WR0302",
    ),
    (
        "TypeError: 'int' object is not an instance of 'str'\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: 'generator' object is not an instance of 'Sequence'\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: 'None' is not an instance of 'str'\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: Can't extract `str` to `Vec`\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: must be real number, not str\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: 'str' object cannot be interpreted as an integer\nwhile processing 'x'",
        "WR0303",
    ),
    (
        "TypeError: argument 'x': 'str' object cannot be converted to 'PyInt'",
        "WR0303",
    ),
    (
        "OverflowError: out of range integral type conversion attempted\nwhile processing 'x'",
        "WR0304",
    ),
    (
        "RuntimeError: Already borrowed\nwhile processing 'other'",
        "WR0305",
    ),
    ("E   RuntimeError: Already mutably borrowed", "WR0305"),
    (
        "TypeError: cannot create 'builtins.Plain' instances",
        "WR0306",
    ),
    ("TypeError: No constructor defined for Plain", "WR0306"),
    (
        "RuntimeError: fx::Un is unsendable, but is being dropped on another thread",
        "WR0307",
    ),
    (
        "thread '<unnamed>' (7) panicked at /x/pyo3-0.30.1/src/impl_/pyclass.rs:1115:9:\n\
         assertion `left == right` failed: fx::Un is unsendable, but sent to another thread\n\
         pyo3_runtime.PanicException: assertion `left == right` failed: fx::Un is unsendable, but sent to another thread",
        "WR0307",
    ),
    (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):\n  \
         File \"/x/test_fast.py\", line 7 in test_double",
        "WR0308",
    ),
    (
        "target/debug/host: error while loading shared libraries: libpython3.13.so.1.0: cannot open shared object file: \
         No such file or directory",
        "WR0309",
    ),
    (
        "Error loading shared library libpython3.12.so.1.0: No such file or directory (needed by target/debug/host)",
        "WR0309",
    ),
    (
        "dyld[1]: Library not loaded: @rpath/libpython3.13.dylib\n  Referenced from: /x/host\n  Reason: no LC_RPATH's found",
        "WR0309",
    ),
];

/// Messages that resemble those above, but have a different or unknown cause.
pub(crate) const UNEXPLAINED: &[&str] = &[
    "",
    "test result: ok. 3 passed",
    "ImportError: /x/other.so: undefined symbol: foo_bar",
    "ModuleNotFoundError: No module named 'fast'",
    "/bin/tool: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /bin/tool)",
    "TypeError: 'str' object cannot be interpreted as an integer",
    "TypeError: 'int' object is not iterable",
    "TypeError: cannot create 'generator' instances",
    "OverflowError: Python int too large to convert to C long",
    "undefined reference to `foo'",
    "cannot find -lfoo: No such file or directory",
    "error[E0432]: unresolved import `rand`\n --> src/lib.rs:1:5\nerror: could not compile `fast` (lib)",
    "error[E0432]: unresolved import `rand`\n --> tests/a.rs:1:5\nerror: could not compile `fast` (test \"a\")",
    "thread 'tests::it_panics' panicked at src/lib.rs:3:4:\nexpected\ntest tests::it_panics - should panic ... ok",
    "RuntimeError: Already borrowed by another",
];
