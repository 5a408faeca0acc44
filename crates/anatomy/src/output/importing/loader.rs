//! What the loader says about a file that inspection can also judge: the same rules, recognised by their messages.

use diagnostic::Diagnostic;

use crate::output::OutputContext;
use crate::output::running::library_not_found;
use crate::output::text::{Output, between};
use crate::rules;

/// `libpython3.12.so.1.0: cannot open shared object file`, `Library not loaded: …/Python.framework/…`.
pub(super) fn libpython(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    // A program that doesn't find it has another cause.
    let find = |is_it: fn(&str) -> bool| {
        let mut lines = output.lines();
        lines.find(|line| is_it(line) && library_not_found::library(line).is_none())
    };
    let line = find(|line| {
        line.contains(": cannot open shared object file") && line.contains("libpython")
    })
    .or_else(|| {
        find(|line| {
            line.contains("Library not loaded: ")
                && (line.contains("libpython") || line.contains("Python.framework"))
        })
    })?;
    Some(
        output
            .finding(
                &rules::links_libpython::RULE,
                line,
                "the extension is linked with libpython, which can't be found here",
            )
            .hint(rules::links_libpython::HINT),
    )
}

/// ``version `GLIBC_2.38' not found (required by …)``.
pub(super) fn glibc(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, version) = output
        .between("version `GLIBC_", "'")
        .filter(|(line, _)| line.contains("not found (required by "))?;
    // A tool that complains about itself says nothing about the extension.
    between(line, "required by ", ")").filter(|file| file.contains(".so"))?;
    Some(
        output
            .finding(
                &rules::glibc_too_new::RULE,
                line,
                format!("the extension needs glibc {version}, which this system doesn't have"),
            )
            .hint(rules::glibc_too_new::HINT),
    )
}

/// `Error loading shared library ld-linux-x86-64.so.2`, `Error relocating …: symbol not found`, `libc.musl-…`.
pub(super) fn other_libc(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, found) =
        if let Some(line) = output.line_with(&["Error loading shared library ld-linux"]) {
            (line, "the GNU C library")
        } else if let Some(line) = output.line_with(&["Error loading shared library libc.so.6"]) {
            (line, "the GNU C library")
        } else {
            let line = output.line_with(&["libc.musl-", ": cannot open shared object file"])?;
            (line, "musl")
        };
    Some(
        output
            .finding(
                &rules::other_libc::RULE,
                line,
                format!("the extension was built for {found}, which isn't this system's C library"),
            )
            .hint(rules::other_libc::HINT),
    )
}

/// `wrong ELF class: ELFCLASS32`, `incompatible architecture (have 'arm64', need 'x86_64')`.
pub(super) fn wrong_architecture(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, message) = if let Some((line, found)) =
        output.between("incompatible architecture (have '", "'")
    {
        let wanted = between(line, "need '", "'").unwrap_or("another one");
        (
            line,
            format!("the extension was built for {found}, but the interpreter is {wanted}"),
        )
    } else {
        let line = output.line_with(&["wrong ELF class: ELFCLASS"])?;
        (
            line,
            "the extension was built for a different word size than the interpreter's".to_owned(),
        )
    };
    Some(
        output
            .finding(&rules::wrong_architecture::RULE, line, message)
            .hint("build for the interpreter's architecture, or use an interpreter for the machine's own"),
    )
}

/// musl's `Error relocating fast.so: counter: initial-exec TLS resolves to …`, and glibc's `cannot allocate memory in static
/// TLS block`.
pub(super) fn initial_exec_tls(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let of_musl = output.line_with(&["Error relocating", "initial-exec TLS"]);
    let (line, message, hint) = match of_musl {
        Some(line) => (
            line,
            "the extension uses thread-local storage that musl can't provide for a library loaded later",
            rules::initial_exec_tls::HINT.to_owned(),
        ),
        None => (
            output.line_with(&[
                "ImportError: ",
                "cannot allocate memory in static TLS block",
            ])?,
            "the extension uses thread-local storage that must be reserved before the program starts, and none is left",
            format!(
                "import it before the others, or with `GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384`; if it's \
                 yours, {}",
                rules::initial_exec_tls::HINT
            ),
        ),
    };
    let finding = output.finding(&rules::initial_exec_tls::RULE, line, message);
    Some(finding.hint(hint))
}

/// `invalid ELF header`, `cannot dynamically load position-independent executable`.
pub(super) fn not_loadable(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = [
        "invalid ELF header",
        "cannot dynamically load position-independent executable",
        "cannot dynamically load executable",
        "only ET_DYN and ET_EXEC can be loaded",
    ]
    .iter()
    .find_map(|message| output.line_with(&["ImportError: ", message]))?;
    Some(
        output
            .finding(
                &rules::not_loadable::RULE,
                line,
                "the file isn't a shared library that Python can load",
            )
            .hint("write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml, and use the file that ends in `.so`"),
    )
}

/// `undefined symbol: PyX`, `symbol not found in flat namespace '_PyX'`, musl's `PyX: symbol not found`.
pub(super) fn undefined_symbol(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, symbol) = output
        .lines()
        .find_map(|line| Some((line, lacking(line)?)))?;
    Some(
        output
            .finding(
                &rules::undefined_python_symbols::RULE,
                line,
                format!("the extension needs `{symbol}`, which this interpreter doesn't provide"),
            )
            .hint(rules::undefined_python_symbols::hint(symbol)),
    )
}

fn lacking(line: &str) -> Option<&str> {
    let is_import = line.contains("ImportError: ");
    let symbol =
        if let Some((_, rest)) = line.split_once("undefined symbol: ").filter(|_| is_import) {
            rest.split([' ', ',']).next()?
        } else if let Some(name) = between(line, "symbol not found in flat namespace '_", "'") {
            name
        } else if let Some((before, _)) = line
            .split_once(": symbol not found")
            .filter(|_| line.contains("Error relocating"))
        {
            before.rsplit(' ').next()?
        } else {
            return None;
        };
    (symbol.starts_with("Py") || symbol.starts_with("_Py")).then_some(symbol)
}

/// `dynamic module does not define module export function (PyInit_x)`, or maturin's warning of it: ``Couldn't find the
/// symbol `PyInit_x` …``.
pub(super) fn init_function(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let (line, wanted) = output
        .between(
            "dynamic module does not define module export function (",
            ")",
        )
        .or_else(|| {
            output
                .between("Couldn't find the symbol `", "`")
                .filter(|(line, _)| line.contains("in the native library"))
        })?;
    let module = wanted.split_once('_').map_or(wanted, |(_, module)| module);
    Some(
        output
            .finding(
                &rules::init_function_name::RULE,
                line,
                format!("the extension has no init function for the module `{module}`"),
            )
            .hint(format!(
                "make sure that the `#[pymodule]` is called `{module}` (or has `#[pyo3(name = \"{module}\")]`) and is \
                 compiled in; `wr inspect` shows which init functions the file has"
            )),
    )
}
