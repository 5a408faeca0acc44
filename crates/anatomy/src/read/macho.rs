//! Mach-O: the binaries of macOS and Apple's other systems.

use object::macho;
use object::read::macho::{LoadCommandVariant, MachHeader, MachOFile, Nlist, Segment};
use object::{Endianness as ObjectEndianness, Object};

use crate::facts::{
    ApplePlatform, Architecture, Endianness, Format, Hardening, Image, Import, InitFunction, Kind,
    Library, Platform, Version, python_api,
};

use super::budget::Budget;
use super::{ReadError, export_trie, malformed, provenance, text};

const SYMBOLS: &str = "symbols";

/// The names related to Python, and the metadata of Rust's `dylib`; C adds an underscore in front of each.
const PREFIXES: [&[u8]; 3] = [b"_Py", b"__Py", b"_rust_metadata_"];

pub(super) fn read<Mach>(bytes: &[u8], budget: &mut Budget) -> Result<Image, ReadError>
where
    Mach: MachHeader<Endian = ObjectEndianness>,
{
    check_length::<Mach>(bytes)?;
    let file = MachOFile::<Mach>::parse(bytes).map_err(malformed(Format::MachO))?;
    let commands = Commands::read(&file, bytes, budget)?;
    let libraries = commands.libraries;
    let (exports, imports) = symbols(&file, &libraries, budget)?;
    let exports = match commands.export_trie {
        Some(trie) => export_trie::names_with_prefix(trie, &PREFIXES, budget)?,
        None => exports,
    };
    let rust_metadata = file.section_by_name(".rustc").is_some()
        || exports
            .iter()
            .any(|name| name.starts_with(b"_rust_metadata_"));
    let kind = match file.macho_header().filetype(file.endian()) {
        macho::MH_DYLIB | macho::MH_BUNDLE if rust_metadata => Kind::RustDylib,
        macho::MH_DYLIB | macho::MH_BUNDLE => Kind::SharedLibrary,
        macho::MH_EXECUTE => Kind::Executable,
        macho::MH_OBJECT => Kind::ObjectFile,
        macho::MH_DSYM => Kind::DebugFile,
        _ => Kind::Other,
    };
    let python_exports: Vec<String> = exports
        .iter()
        .filter(|name| !name.starts_with(b"_rust"))
        .map(|name| without_underscore(name))
        .collect();
    let origin = provenance::read(&file, bytes.len(), None, budget)?;
    // Symbols that aren't external are only for debuggers and profilers.
    let is_stripped = Some(
        !file
            .macho_symbol_table()
            .iter()
            .any(|symbol| symbol.n_type().0 & (macho::N_STAB | macho::N_EXT.0) == 0),
    );
    let is_loaded = !matches!(kind, Kind::DebugFile | Kind::ObjectFile);
    let hardening = Hardening {
        position_independent: (kind == Kind::Executable).then(|| {
            file.macho_header()
                .flags(file.endian())
                .contains(macho::MH_PIE)
        }),
        code_signature: is_loaded.then_some(commands.is_signed),
        ..Hardening::default()
    };
    Ok(Image {
        format: Format::MachO,
        architecture: Architecture::from_object(file.architecture(), file.is_little_endian()),
        pointer_width: if file.is_64() { 64 } else { 32 },
        endianness: Endianness::from_little(file.is_little_endian()),
        kind,
        platform: match commands.apple_platform {
            Some(ApplePlatform::MacOs) => Platform::MacOs,
            Some(_) => Platform::AppleMobile,
            None => Platform::Unknown,
        },
        own_name: commands.own_name,
        init_functions: InitFunction::among(&python_exports),
        python_exports,
        python_api: python_api(&imports),
        libraries,
        rpath: commands.rpath,
        runpath: Vec::new(),
        version_needs: Vec::new(),
        imports,
        provenance: origin.provenance,
        sections: origin.sections,
        minimum_system: commands.minimum_system,
        apple_platform: commands.apple_platform,
        android: None,
        wasm: None,
        hardening,
        segment_alignment: commands.alignment.filter(|_| is_loaded),
        static_tls: 0,
        is_stripped,
    })
}

fn check_length<Mach>(bytes: &[u8]) -> Result<(), ReadError>
where
    Mach: MachHeader<Endian = ObjectEndianness>,
{
    let format = Format::MachO;
    let found = bytes.len() as u64;
    let header_size = size_of::<Mach>() as u64;
    if found < header_size {
        return Err(ReadError::Truncated {
            format,
            announced: header_size,
            found,
        });
    }
    let header = Mach::parse(bytes, 0).map_err(malformed(format))?;
    let endian = header.endian().map_err(malformed(format))?;
    let mut announced = header_size.saturating_add(u64::from(header.sizeofcmds(endian)));
    if announced <= found {
        let mut commands = header
            .load_commands(endian, bytes, 0)
            .map_err(malformed(format))?;
        while let Some(command) = commands.next().map_err(malformed(format))? {
            if let Some((segment, _)) =
                Mach::Segment::from_command(command).map_err(malformed(format))?
            {
                let end = segment
                    .fileoff(endian)
                    .into()
                    .saturating_add(segment.filesize(endian).into());
                announced = announced.max(end);
            }
        }
    }
    if announced > found {
        return Err(ReadError::Truncated {
            format,
            announced,
            found,
        });
    }
    Ok(())
}

/// What the load commands say.
struct Commands<'data> {
    apple_platform: Option<ApplePlatform>,
    minimum_system: Option<Version>,
    own_name: Option<String>,
    libraries: Vec<Library>,
    rpath: Vec<String>,
    export_trie: Option<&'data [u8]>,
    is_signed: bool,
    /// The alignment that all segments have, at most the largest page size of any system.
    alignment: Option<u64>,
}

impl<'data> Commands<'data> {
    fn read<Mach>(
        file: &MachOFile<'data, Mach>,
        bytes: &'data [u8],
        budget: &mut Budget,
    ) -> Result<Self, ReadError>
    where
        Mach: MachHeader<Endian = ObjectEndianness>,
    {
        let damaged = malformed(Format::MachO);
        let endian = file.endian();
        let mut read = Self {
            apple_platform: None,
            minimum_system: None,
            own_name: None,
            libraries: Vec::new(),
            rpath: Vec::new(),
            export_trie: None,
            is_signed: false,
            alignment: None,
        };
        let architecture = Architecture::from_object(file.architecture(), file.is_little_endian());
        let mut commands = file.macho_load_commands().map_err(&damaged)?;
        while let Some(command) = commands.next().map_err(&damaged)? {
            budget.spend("load commands", &[])?;
            match command.variant().map_err(&damaged)? {
                LoadCommandVariant::Dylib(library) => {
                    let name = command
                        .string(endian, library.dylib.name)
                        .map_err(&damaged)?;
                    budget.spend("libraries", name)?;
                    read.libraries.push(Library {
                        name: text(name),
                        optional: command.cmd() == macho::LC_LOAD_WEAK_DYLIB,
                    });
                }
                LoadCommandVariant::IdDylib(library) => {
                    let name = command
                        .string(endian, library.dylib.name)
                        .map_err(&damaged)?;
                    read.own_name = Some(text(name));
                }
                LoadCommandVariant::Rpath(rpath) => {
                    let path = command.string(endian, rpath.path).map_err(&damaged)?;
                    budget.spend("search paths", path)?;
                    read.rpath.push(text(path));
                }
                LoadCommandVariant::BuildVersion(version, _) => {
                    read.is_for(
                        platform(version.platform.get(endian)),
                        system_version(version.minos.get(endian)),
                    );
                }
                LoadCommandVariant::VersionMin(version) => {
                    read.is_for(
                        platform_of_old_command(command.cmd(), architecture),
                        system_version(version.version.get(endian)),
                    );
                }
                LoadCommandVariant::LinkeditData(data)
                    if command.cmd() == macho::LC_DYLD_EXPORTS_TRIE =>
                {
                    read.export_trie =
                        part(bytes, data.dataoff.get(endian), data.datasize.get(endian));
                }
                LoadCommandVariant::LinkeditData(data)
                    if command.cmd() == macho::LC_CODE_SIGNATURE =>
                {
                    read.is_signed = data.datasize.get(endian) > 0;
                }
                LoadCommandVariant::Segment32(segment, _) => {
                    read.align(
                        segment.vmaddr.get(endian).into(),
                        segment.vmsize.get(endian).into(),
                    );
                }
                LoadCommandVariant::Segment64(segment, _) => {
                    read.align(segment.vmaddr.get(endian), segment.vmsize.get(endian));
                }
                LoadCommandVariant::DyldInfo(info) => {
                    read.export_trie = read.export_trie.or_else(|| {
                        part(
                            bytes,
                            info.export_off.get(endian),
                            info.export_size.get(endian),
                        )
                    });
                }
                _ => {}
            }
        }
        Ok(read)
    }

    /// A library for both native Mac and Mac Catalyst programs has a command for each; it counts as macOS.
    fn is_for(&mut self, platform: ApplePlatform, minimum_system: Version) {
        if self.apple_platform != Some(ApplePlatform::MacOs) {
            self.apple_platform = Some(platform);
            self.minimum_system = Some(minimum_system);
        }
    }

    /// Records a segment's address.
    fn align(&mut self, address: u64, size: u64) {
        if size == 0 {
            return;
        }
        let own = 1 << address.trailing_zeros().min(LARGEST_PAGE.trailing_zeros());
        self.alignment = Some(self.alignment.map_or(own, |known| known.min(own)));
    }
}

/// No Apple system has larger pages.
const LARGEST_PAGE: u64 = 16 << 10;

fn platform(platform: macho::Platform) -> ApplePlatform {
    match platform {
        macho::PLATFORM_MACOS => ApplePlatform::MacOs,
        macho::PLATFORM_MACCATALYST => ApplePlatform::MacCatalyst,
        macho::PLATFORM_IOS => ApplePlatform::Ios,
        macho::PLATFORM_IOSSIMULATOR => ApplePlatform::IosSimulator,
        macho::PLATFORM_TVOS => ApplePlatform::TvOs,
        macho::PLATFORM_TVOSSIMULATOR => ApplePlatform::TvOsSimulator,
        macho::PLATFORM_WATCHOS => ApplePlatform::WatchOs,
        macho::PLATFORM_WATCHOSSIMULATOR => ApplePlatform::WatchOsSimulator,
        macho::PLATFORM_VISIONOS => ApplePlatform::VisionOs,
        macho::PLATFORM_VISIONOSSIMULATOR => ApplePlatform::VisionOsSimulator,
        macho::PLATFORM_DRIVERKIT => ApplePlatform::DriverKit,
        _ => ApplePlatform::Other,
    }
}

/// The older commands name the device's system for its simulator too, whose code is for an Intel Mac: there were no
/// others when linkers wrote these commands.
fn platform_of_old_command(
    command: macho::LoadCommandType,
    architecture: Architecture,
) -> ApplePlatform {
    let is_simulator = matches!(architecture, Architecture::X86 | Architecture::X86_64);
    match (command, is_simulator) {
        (macho::LC_VERSION_MIN_MACOSX, _) => ApplePlatform::MacOs,
        (macho::LC_VERSION_MIN_IPHONEOS, false) => ApplePlatform::Ios,
        (macho::LC_VERSION_MIN_IPHONEOS, true) => ApplePlatform::IosSimulator,
        (macho::LC_VERSION_MIN_TVOS, false) => ApplePlatform::TvOs,
        (macho::LC_VERSION_MIN_TVOS, true) => ApplePlatform::TvOsSimulator,
        (macho::LC_VERSION_MIN_WATCHOS, false) => ApplePlatform::WatchOs,
        (macho::LC_VERSION_MIN_WATCHOS, true) => ApplePlatform::WatchOsSimulator,
        _ => ApplePlatform::Other,
    }
}

/// A table located by the header; an empty one counts as missing.
fn part(bytes: &[u8], offset: u32, size: u32) -> Option<&[u8]> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(usize::try_from(size).ok()?)?;
    bytes.get(start..end).filter(|part| !part.is_empty())
}

type Symbols = (Vec<Vec<u8>>, Vec<Import>);

/// Reads the symbol table: the relevant exported names, and the undefined symbols. Undefined symbols remain in a
/// stripped binary because the indirect symbol table points to them.
fn symbols<Mach>(
    file: &MachOFile<'_, Mach>,
    libraries: &[Library],
    budget: &mut Budget,
) -> Result<Symbols, ReadError>
where
    Mach: MachHeader<Endian = ObjectEndianness>,
{
    let endian = file.endian();
    let table = file.macho_symbol_table();
    let two_levels = file
        .macho_header()
        .flags(endian)
        .contains(macho::MH_TWOLEVEL);
    let (mut exports, mut imports) = (Vec::new(), Vec::new());
    for symbol in table.symbols() {
        let flags = symbol.n_type();
        if flags.0 & macho::N_STAB != 0 || !flags.contains(macho::N_EXT) {
            continue;
        }
        let name = symbol
            .name(endian, table.strings())
            .map_err(malformed(Format::MachO))?;
        budget.spend(SYMBOLS, name)?;
        if symbol.is_undefined() {
            let description = symbol.n_desc(endian);
            let library = if two_levels {
                usize::from(description.0 >> 8)
                    .checked_sub(1)
                    .and_then(|index| libraries.get(index))
            } else {
                None
            };
            if let Some(library) = library {
                budget.spend(SYMBOLS, library.name.as_bytes())?;
            }
            imports.push(Import {
                name: without_underscore(name),
                ordinal: None,
                library: library.map(|library| library.name.clone()),
                version: None,
                weak: description.contains(macho::N_WEAK_REF),
            });
        } else if !flags.contains(macho::N_PEXT)
            && PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        {
            exports.push(name.to_vec());
        }
    }
    Ok((exports, imports))
}

/// A system version, encoded in a number as `xxxx.yy.zz`.
fn system_version(version: macho::Version) -> Version {
    let [patch, minor, low, high] = version.0.to_le_bytes();
    Version::of([
        u32::from(u16::from_le_bytes([low, high])),
        u32::from(minor),
        u32::from(patch),
    ])
}

fn without_underscore(name: &[u8]) -> String {
    text(name.strip_prefix(b"_").unwrap_or(name))
}
