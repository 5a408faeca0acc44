//! The init functions that Python calls in an extension.

use serde::Serialize;

use crate::names::decode_punycode;
use crate::target::PythonVersion;

/// How an extension hands its module to Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InitProtocol {
    /// `PyInit_name`, `PyInitU_name`: returns the module or its definition (PEP 489).
    Init,
    /// `PyModExport_name`, `PyModExportU_name`: returns the module's slots (PEP 793).
    Export,
}

impl InitProtocol {
    /// The first Python that supports it, if not all do.
    pub fn first_python(self) -> Option<PythonVersion> {
        match self {
            Self::Init => None,
            Self::Export => Some(PythonVersion::new(3, 15)),
        }
    }
}

/// An exported init function.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct InitFunction {
    /// The symbol's name, without Mach-O's leading underscore.
    pub symbol: String,
    /// The protocol it uses.
    pub protocol: InitProtocol,
    /// The last part of its module's name.
    pub module: String,
}

impl InitFunction {
    /// The init functions among exported symbols.
    pub(crate) fn among(exports: &[String]) -> Vec<Self> {
        exports
            .iter()
            .filter_map(|name| Self::parse(name))
            .collect()
    }

    /// Recognises an init function's symbol.
    pub fn parse(symbol: &str) -> Option<Self> {
        let (protocol, coded, name) = [
            ("PyInit_", InitProtocol::Init, false),
            ("PyInitU_", InitProtocol::Init, true),
            ("PyModExport_", InitProtocol::Export, false),
            ("PyModExportU_", InitProtocol::Export, true),
        ]
        .into_iter()
        .find_map(|(prefix, protocol, coded)| {
            Some((protocol, coded, symbol.strip_prefix(prefix)?))
        })?;
        if name.is_empty() {
            return None;
        }
        let module = if coded {
            decode_punycode(name, '_')?
        } else {
            name.to_owned()
        };
        Some(Self {
            symbol: symbol.to_owned(),
            protocol,
            module,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(symbol: &str) -> Option<String> {
        InitFunction::parse(symbol).map(|function| function.module)
    }

    #[test]
    fn a_symbol_names_the_module_it_serves() {
        assert_eq!(module("PyInit_fast").as_deref(), Some("fast"));
        assert_eq!(module("PyInitU_mdulo_0ta").as_deref(), Some("módulo"));
        assert_eq!(module("PyModExport_fast").as_deref(), Some("fast"));
        assert_eq!(module("PyModExportU_mdulo_0ta").as_deref(), Some("módulo"));
    }

    #[test]
    fn other_symbols_are_not_init_functions() {
        for symbol in [
            "PyInit_",
            "PyInit",
            "Py_Initialize",
            "_PyInit_x",
            "PyInitU_é",
        ] {
            assert_eq!(module(symbol), None, "{symbol}");
        }
    }
}
