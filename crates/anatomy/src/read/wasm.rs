//! WebAssembly: the side modules that Emscripten loads, and other modules.
//!
//! The tool conventions define under "Dynamic linking" what makes a module a library: its `dylink.0` section, its
//! imports from `env`, and the two address tables, `GOT.func` and `GOT.mem`.

use std::collections::{BTreeMap, HashSet};

use wasmparser::{
    Dylink0SectionReader, Dylink0Subsection, ExportSectionReader, ExternalKind,
    ImportSectionReader, MemorySectionReader, ProducersSectionReader, SymbolFlags, TypeRef,
};

use crate::facts::{
    Architecture, Endianness, Format, Hardening, Image, Import, InitFunction, Kind, Library,
    Platform, Provenance, Section as SectionFact, Wasm, python_api,
};

use super::ReadError;
use super::budget::Budget;
use super::constants::Constants;
use super::provenance::is_debug;
use super::wasm_sections::{self, Section, damaged};

pub(super) use super::wasm_sections::is_wasm as is_module;

const SYMBOLS: &str = "symbols";

/// The module that represents the loading program in imports.
const ENVIRONMENT: &str = "env";

/// The modules that represent the addresses of functions and data.
const ADDRESSES: [&str; 2] = ["GOT.func", "GOT.mem"];

/// How much of a section with names for the loader is read: the result takes several times as much memory.
const LARGEST_DYLINK: usize = 4 << 20;

/// Engines support a few dozen features.
const MOST_FEATURES: u32 = 256;

pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Image, ReadError> {
    let sections = wasm_sections::read(bytes, budget)?;
    let mut module = Module::default();
    for section in &sections {
        module.take(section, budget)?;
    }
    let kind = module.kind(&sections);
    let platform = module.platform(kind);
    let imports = module.symbols(budget)?;
    let python_exports: Vec<String> = module
        .exports
        .iter()
        .filter(|name| name.starts_with("Py") || name.starts_with("_Py"))
        .map(|name| (*name).to_owned())
        .collect();
    let has = |wanted: &str| {
        sections
            .iter()
            .any(|one| one.is_custom && one.name == wanted)
    };
    let is_signed = module.provenance.rustc.is_some();
    (module.provenance.crates, module.provenance.rustc_commit) =
        module.constants.into_crates_and_commit(is_signed);
    Ok(Image {
        format: Format::Wasm,
        architecture: if module.is_wide {
            Architecture::Wasm64
        } else {
            Architecture::Wasm32
        },
        pointer_width: if module.is_wide { 64 } else { 32 },
        endianness: Endianness::Little,
        kind,
        platform,
        own_name: None,
        init_functions: InitFunction::among(&python_exports),
        python_exports,
        python_api: python_api(&imports),
        libraries: module.libraries,
        rpath: Vec::new(),
        runpath: module.runpath,
        version_needs: Vec::new(),
        imports,
        provenance: module.provenance,
        sections: sections.iter().map(section).collect(),
        minimum_system: None,
        apple_platform: None,
        android: None,
        wasm: Some(module.facts),
        hardening: Hardening::default(),
        segment_alignment: None,
        static_tls: 0,
        is_stripped: Some(!has("name")),
    })
}

fn section(section: &Section<'_>) -> SectionFact {
    SectionFact {
        name: section.name.to_owned(),
        size: section.size,
        is_debug: section.is_custom && is_debug(section.name.as_bytes()),
    }
}

/// What's been read from a module so far.
#[derive(Default)]
struct Module<'data> {
    facts: Wasm,
    is_for_loader: bool,
    is_wide: bool,
    has_own_memory: bool,
    libraries: Vec<Library>,
    runpath: Vec<String>,
    /// Its imports, except memories, tables and the like: the module and the name.
    imports: Vec<(&'data str, &'data str)>,
    /// The optional imports.
    weak: HashSet<(&'data str, &'data str)>,
    exports: Vec<&'data str>,
    provenance: Provenance,
    constants: Constants,
}

impl<'data> Module<'data> {
    /// Reads a section if it's relevant. Code isn't.
    fn take(&mut self, section: &Section<'data>, budget: &mut Budget) -> Result<(), ReadError> {
        match (section.is_custom, section.name) {
            (false, "import") => self.imports(section, budget),
            (false, "export") => self.exports(section, budget),
            (false, "memory") => self.memories(section),
            (false, "data") => {
                self.constants.search(section.content);
                Ok(())
            }
            (true, "dylink.0") => self.dylink(section, budget),
            // Sections that only tools read may be malformed; the module still loads.
            (true, "producers") => {
                let _ = self.producers(section);
                Ok(())
            }
            (true, "target_features") => {
                self.facts.features = features(section);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn imports(&mut self, section: &Section<'data>, budget: &mut Budget) -> Result<(), ReadError> {
        let reader = ImportSectionReader::new(section.reader()).map_err(damaged)?;
        for import in reader.into_imports() {
            let import = import.map_err(damaged)?;
            budget.spend(SYMBOLS, import.module.as_bytes())?;
            budget.spend(SYMBOLS, import.name.as_bytes())?;
            match import.ty {
                TypeRef::Memory(memory) => self.is_wide |= memory.memory64,
                TypeRef::Table(_) => {}
                // The stack and the base addresses of a side module, which the loader creates.
                TypeRef::Global(_) if import.module == ENVIRONMENT => {}
                _ => self.imports.push((import.module, import.name)),
            }
        }
        Ok(())
    }

    fn exports(&mut self, section: &Section<'data>, budget: &mut Budget) -> Result<(), ReadError> {
        let reader = ExportSectionReader::new(section.reader()).map_err(damaged)?;
        for export in reader {
            let export = export.map_err(damaged)?;
            budget.spend(SYMBOLS, export.name.as_bytes())?;
            if matches!(export.kind, ExternalKind::Func | ExternalKind::Global) {
                self.exports.push(export.name);
            }
        }
        Ok(())
    }

    fn memories(&mut self, section: &Section<'data>) -> Result<(), ReadError> {
        let reader = MemorySectionReader::new(section.reader()).map_err(damaged)?;
        for memory in reader.into_iter().take(16) {
            self.has_own_memory = true;
            self.is_wide |= memory.map_err(damaged)?.memory64;
        }
        Ok(())
    }

    fn dylink(&mut self, section: &Section<'data>, budget: &mut Budget) -> Result<(), ReadError> {
        if section.content.len() > LARGEST_DYLINK {
            return Err(ReadError::TooMuch {
                what: "bytes for the loader",
                limit: LARGEST_DYLINK as u64,
            });
        }
        self.is_for_loader = true;
        for part in Dylink0SectionReader::new(section.reader()) {
            match part.map_err(damaged)? {
                Dylink0Subsection::MemInfo(info) => {
                    self.facts.memory_size = Some(info.memory_size.into());
                    self.facts.table_size = Some(info.table_size.into());
                }
                Dylink0Subsection::Needed(libraries) => {
                    for name in libraries {
                        budget.spend("libraries", name.as_bytes())?;
                        self.libraries.push(Library {
                            name: name.to_owned(),
                            optional: false,
                        });
                    }
                }
                Dylink0Subsection::RuntimePath(places) => {
                    for place in places {
                        budget.spend("search paths", place.as_bytes())?;
                        self.runpath.push(place.to_owned());
                    }
                }
                Dylink0Subsection::ImportInfo(imports) => {
                    for import in imports {
                        budget.spend(SYMBOLS, &[])?;
                        if import.flags.contains(SymbolFlags::BINDING_WEAK) {
                            self.weak.insert((import.module, import.field));
                        }
                    }
                }
                // The memory's type shows the architecture.
                Dylink0Subsection::ExportInfo(_)
                | Dylink0Subsection::TargetArch(_)
                | Dylink0Subsection::Unknown { .. } => {}
            }
        }
        Ok(())
    }

    /// The compilers that left their names; an error just ends the loop.
    fn producers(&mut self, section: &Section<'data>) -> Result<(), wasmparser::BinaryReaderError> {
        for field in ProducersSectionReader::new(section.reader())?
            .into_iter()
            .take(8)
        {
            let field = field?;
            if field.name != "processed-by" {
                continue;
            }
            for tool in field.values.into_iter().take(64) {
                let tool = tool?;
                let name = format!("{} {}", tool.name, tool.version);
                if tool.name == "rustc" {
                    let version = tool.version.split(' ').next().unwrap_or_default();
                    self.provenance.rustc = Some(version.to_owned());
                }
                let name = name.trim_end().to_owned();
                if !self.provenance.tools.contains(&name) {
                    self.provenance.tools.push(name);
                }
            }
        }
        Ok(())
    }

    /// What it is: libraries and unlinked modules say so; a program has a start function.
    fn kind(&self, sections: &[Section<'_>]) -> Kind {
        let is_custom = |wanted: &str| {
            sections
                .iter()
                .any(|one| one.is_custom && one.name == wanted)
        };
        let starts = [
            "_start",
            "_initialize",
            "main",
            "__main_argc_argv",
            "__main_void",
        ];
        if is_custom("linking") {
            Kind::ObjectFile
        // A program that loads libraries is linked like one, but has its own memory.
        } else if self.is_for_loader && !self.has_own_memory {
            Kind::SharedLibrary
        } else if self.exports.iter().any(|name| starts.contains(name)) {
            Kind::Executable
        } else {
            Kind::Other
        }
    }

    /// The system. Modules for Emscripten use the program's C library; WASI libraries are linked with a shared one, and
    /// call the system through WASI's own modules.
    fn platform(&self, kind: Kind) -> Platform {
        let is_of_emscripten = |(module, name): &(&str, &str)| {
            *module == ENVIRONMENT
                && ["emscripten_", "_emscripten_", "__syscall_", "invoke_"]
                    .iter()
                    .any(|prefix| name.starts_with(prefix))
        };
        let is_of_wasi = |(module, _): &(&str, &str)| module.starts_with("wasi_");
        let needs_libc = || self.libraries.iter().any(|one| one.name == "libc.so");
        if self.imports.iter().any(is_of_emscripten) {
            Platform::Emscripten
        } else if self.imports.iter().any(is_of_wasi) || needs_libc() {
            Platform::Wasi
        } else if kind == Kind::SharedLibrary {
            Platform::Emscripten
        } else {
            Platform::Unknown
        }
    }

    /// The symbols that others must provide, without duplicates: a function may be imported both to be called and for
    /// its address. Symbols that the module itself exports are only looked up so that another module can override them.
    fn symbols(&self, budget: &mut Budget) -> Result<Vec<Import>, ReadError> {
        let own: HashSet<&str> = self.exports.iter().copied().collect();
        // Maps names to their index in the list of imports from the loading program.
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut imports: Vec<Import> = Vec::new();
        for (module, name) in &self.imports {
            let is_address = ADDRESSES.contains(module);
            if is_address && own.contains(name) {
                continue;
            }
            let weak = self.weak.contains(&(*module, *name));
            let is_of_program = is_address || *module == ENVIRONMENT;
            if is_of_program {
                if let Some(import) = known.get(name).and_then(|at| imports.get_mut(*at)) {
                    import.weak &= weak;
                    continue;
                }
                known.insert(name, imports.len());
            } else {
                budget.spend(SYMBOLS, module.as_bytes())?;
            }
            imports.push(Import {
                name: (*name).to_owned(),
                ordinal: None,
                library: (!is_of_program).then(|| (*module).to_owned()),
                version: None,
                weak,
            });
        }
        Ok(imports)
    }
}

/// The features that the code uses, without those that it must not be mixed with.
fn features(section: &Section<'_>) -> Vec<String> {
    let mut reader = section.reader();
    let mut features = Vec::new();
    let count = reader.read_var_u32().unwrap_or_default();
    for _ in 0..count.min(MOST_FEATURES) {
        let (Ok(prefix), Ok(name)) = (reader.read_u8(), reader.read_string()) else {
            break;
        };
        if prefix == b'+' {
            features.push(name.to_owned());
        }
    }
    features
}
