//! ELF shared libraries with any width and byte order, with just the tables that a loader reads.

/// What to put into the file.
#[derive(Clone)]
pub(crate) struct Elf {
    wide: bool,
    little: bool,
    executable: bool,
    exports: Vec<String>,
    imports: Vec<(String, u8)>,
    needed: Vec<String>,
    /// Search paths, each with the tag of its entry.
    search: Vec<(u64, String)>,
    versioned: Vec<(String, String, String)>,
    /// The number of the version that plain symbols need.
    plain_version: u16,
    /// Sections by name, contents, flags and type.
    extra: Vec<(String, Vec<u8>, u64, u32)>,
    /// Program headers by type, flags and alignment, without anything to load.
    segments: Vec<(u32, u32, u64)>,
    /// More entries for the dynamic table.
    dynamic: Vec<(u64, u64)>,
    /// The flags of the versions it needs.
    version_flags: u16,
    machine: Option<u16>,
}

impl Default for Elf {
    fn default() -> Self {
        Self {
            wide: true,
            little: true,
            executable: false,
            exports: Vec::new(),
            imports: Vec::new(),
            needed: Vec::new(),
            search: Vec::new(),
            versioned: Vec::new(),
            plain_version: 1,
            extra: Vec::new(),
            segments: Vec::new(),
            dynamic: Vec::new(),
            version_flags: 0,
            machine: None,
        }
    }
}

impl Elf {
    pub(crate) fn shape(mut self, wide: bool, little: bool) -> Self {
        self.wide = wide;
        self.little = little;
        self
    }

    pub(crate) fn executable(mut self) -> Self {
        self.executable = true;
        self
    }

    pub(crate) fn export(mut self, name: &str) -> Self {
        self.exports.push(name.to_owned());
        self
    }

    pub(crate) fn import(mut self, name: &str) -> Self {
        self.imports.push((name.to_owned(), 0x12));
        self
    }

    /// An optional symbol.
    pub(crate) fn weak_import(mut self, name: &str) -> Self {
        self.imports.push((name.to_owned(), 0x22));
        self
    }

    pub(crate) fn needs(mut self, library: &str) -> Self {
        self.needed.push(library.to_owned());
        self
    }

    pub(crate) fn rpath(mut self, path: &str) -> Self {
        self.search.push((15, path.to_owned()));
        self
    }

    pub(crate) fn runpath(mut self, path: &str) -> Self {
        self.search.push((29, path.to_owned()));
        self
    }

    /// Needs a symbol in a version of a library.
    pub(crate) fn versioned(mut self, library: &str, symbol: &str, version: &str) -> Self {
        self.versioned
            .push((library.to_owned(), symbol.to_owned(), version.to_owned()));
        self.needs(library)
    }

    /// Every plain symbol needs the first of the versions.
    pub(crate) fn shared_version(mut self) -> Self {
        self.plain_version = 2;
        self
    }

    /// A section with this name and contents.
    pub(crate) fn section(mut self, name: &str, content: &[u8]) -> Self {
        self.extra.push((name.to_owned(), content.to_vec(), 0, 1));
        self
    }

    /// A section with a note in it.
    pub(crate) fn note(mut self, section: &str, owner: &str, kind: u32, content: &[u8]) -> Self {
        let word = |value: usize| {
            let value = u32::try_from(value).unwrap();
            if self.little {
                value.to_le_bytes()
            } else {
                value.to_be_bytes()
            }
        };
        let mut note = Vec::new();
        note.extend(word(owner.len() + 1));
        note.extend(word(content.len()));
        note.extend(word(kind as usize));
        note.extend(owner.bytes());
        note.push(0);
        note.resize(note.len().next_multiple_of(4), 0);
        note.extend(content);
        self.extra.push((section.to_owned(), note, 2, 7));
        self
    }

    /// A program header with this type, these flags and this alignment.
    pub(crate) fn segment(mut self, kind: u32, flags: u32, alignment: u64) -> Self {
        self.segments.push((kind, flags, alignment));
        self
    }

    /// An entry in the dynamic table.
    pub(crate) fn dynamic(mut self, tag: u64, value: u64) -> Self {
        self.dynamic.push((tag, value));
        self
    }

    /// Makes the versions it needs optional.
    pub(crate) fn weak_versions(mut self) -> Self {
        self.version_flags = 2;
        self
    }

    /// Its processor, by its number in ELF.
    pub(crate) fn machine(mut self, machine: u16) -> Self {
        self.machine = Some(machine);
        self
    }

    /// A loaded, read-only section.
    pub(crate) fn constants(mut self, name: &str, content: &[u8]) -> Self {
        self.extra.push((name.to_owned(), content.to_vec(), 2, 1));
        self
    }

    #[allow(clippy::too_many_lines)] // A file is one table after another; splitting the function would hide the order.
    pub(crate) fn build(&self) -> Vec<u8> {
        let mut strings = vec![0_u8];
        let mut intern = |text: &str| {
            let at = strings.len() as u64;
            strings.extend_from_slice(text.as_bytes());
            strings.push(0);
            at
        };
        let mut symbols = Bytes::new(self);
        symbols.symbol(0, 0, 0);
        for name in &self.exports {
            symbols.symbol(intern(name), 0x12, 1);
        }
        for (name, info) in &self.imports {
            symbols.symbol(intern(name), *info, 0);
        }
        let mut versym = Bytes::new(self);
        (0..=self.exports.len() + self.imports.len()).for_each(|_| versym.half(self.plain_version));
        let mut verneed = Bytes::new(self);
        for (index, (library, symbol, version)) in self.versioned.iter().enumerate() {
            symbols.symbol(intern(symbol), 0x12, 0);
            let number = u16::try_from(index + 2).unwrap();
            versym.half(number);
            let is_last = index + 1 == self.versioned.len();
            verneed.half(1);
            verneed.half(1);
            verneed.word(u32::try_from(intern(library)).unwrap());
            verneed.word(16);
            verneed.word(if is_last { 0 } else { 32 });
            verneed.word(0);
            verneed.half(self.version_flags);
            verneed.half(number);
            verneed.word(u32::try_from(intern(version)).unwrap());
            verneed.word(0);
        }
        let mut dynamic = Bytes::new(self);
        for library in &self.needed {
            dynamic.words(&[1, intern(library)]);
        }
        for (tag, path) in &self.search {
            dynamic.words(&[*tag, intern(path)]);
        }
        for (tag, value) in &self.dynamic {
            dynamic.words(&[*tag, *value]);
        }
        dynamic.words(&[5, 0]);
        dynamic.words(&[0, 0]);
        let mut section_names =
            b"\0.dynstr\0.dynsym\0.dynamic\0.shstrtab\0.gnu.version\0.gnu.version_r\0".to_vec();
        let mut extra_names = Vec::new();
        for (name, ..) in &self.extra {
            extra_names.push(u32::try_from(section_names.len()).unwrap());
            section_names.extend_from_slice(name.as_bytes());
            section_names.push(0);
        }

        let (header, entry) = if self.wide { (64, 64) } else { (52, 40) };
        let mut parts = vec![
            &strings[..],
            &symbols.data,
            &dynamic.data,
            &section_names,
            &versym.data,
            &verneed.data,
        ];
        parts.extend(self.extra.iter().map(|(_, content, ..)| &content[..]));
        let mut body = Vec::new();
        let mut places = Vec::new();
        for part in &parts {
            body.resize(body.len().next_multiple_of(8), 0);
            places.push((header + body.len() as u64, part.len() as u64));
            body.extend_from_slice(part);
        }
        body.resize(body.len().next_multiple_of(8), 0);
        if !self.wide {
            // The 52-byte header leaves the parts aligned to four bytes only, which is enough for 32 bits.
            body.extend([0; 4]);
        }
        let table = header + body.len() as u64;

        let mut file = Bytes::new(self);
        file.data.extend(b"\x7fELF");
        file.data.push(if self.wide { 2 } else { 1 });
        file.data.push(if self.little { 1 } else { 2 });
        file.data.push(1);
        file.data.resize(16, 0);
        file.half(if self.executable { 2 } else { 3 });
        let by_shape = match (self.wide, self.little) {
            (true, true) => 62,
            (true, false) => 21,
            (false, true) => 3,
            (false, false) => 20,
        };
        file.half(self.machine.unwrap_or(by_shape));
        file.word(1);
        let program_entry: u64 = if self.wide { 56 } else { 32 };
        let count = 1 + parts.len() as u64;
        let program = match self.segments.len() as u64 {
            0 => (0, 0),
            count_of_segments => (table + count * entry, count_of_segments),
        };
        file.words(&[0, program.0, table]);
        file.word(0);
        for value in [header, program_entry, program.1, entry, count, 4] {
            file.half(u16::try_from(value).unwrap());
        }
        file.data.extend(body);
        file.section(0, 0, (0, 0), 0, 0);
        let symbol_size = if self.wide { 24 } else { 16 };
        let dynamic_size = if self.wide { 16 } else { 8 };
        file.section(1, 3, places[0], 0, 0);
        file.section(9, 11, places[1], 1, symbol_size);
        file.section(17, 6, places[2], 1, dynamic_size);
        file.section(26, 3, places[3], 0, 0);
        let versions = u32::try_from(self.versioned.len()).unwrap();
        let (versym_type, verneed_type) = if versions == 0 {
            (1, 1)
        } else {
            (0x6fff_ffff, 0x6fff_fffe)
        };
        file.section(36, versym_type, places[4], 2, 2);
        file.section(49, verneed_type, places[5], 1, 0);
        for ((name, place), (_, _, flags, kind)) in extra_names
            .into_iter()
            .zip(places.drain(6..))
            .zip(&self.extra)
        {
            file.flagged_section(name, *kind, *flags, place);
        }
        for (kind, flags, alignment) in &self.segments {
            file.program_header(*kind, *flags, *alignment);
        }
        file.data
    }
}

struct Bytes {
    wide: bool,
    little: bool,
    data: Vec<u8>,
}

impl Bytes {
    fn new(elf: &Elf) -> Self {
        Self {
            wide: elf.wide,
            little: elf.little,
            data: Vec::new(),
        }
    }

    fn half(&mut self, value: u16) {
        self.data.extend(if self.little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        });
    }

    fn word(&mut self, value: u32) {
        self.data.extend(if self.little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        });
    }

    /// Words with the file's own width.
    fn words(&mut self, values: &[u64]) {
        for &value in values {
            if self.wide {
                self.data.extend(if self.little {
                    value.to_le_bytes()
                } else {
                    value.to_be_bytes()
                });
            } else {
                self.word(u32::try_from(value).unwrap());
            }
        }
    }

    fn symbol(&mut self, name: u64, info: u8, section: u16) {
        self.word(u32::try_from(name).unwrap());
        if self.wide {
            self.data.extend([info, 0]);
            self.half(section);
            self.words(&[0x1000, 0]);
        } else {
            self.words(&[0x1000, 0]);
            self.data.extend([info, 0]);
            self.half(section);
        }
    }

    fn program_header(&mut self, kind: u32, flags: u32, alignment: u64) {
        self.word(kind);
        if self.wide {
            self.word(flags);
            self.words(&[0, 0, 0, 0, 0, alignment]);
        } else {
            self.words(&[0, 0, 0, 0, 0]);
            self.word(flags);
            self.words(&[alignment]);
        }
    }

    fn flagged_section(&mut self, name: u32, kind: u32, flags: u64, place: (u64, u64)) {
        self.word(name);
        self.word(kind);
        self.words(&[flags, 0, place.0, place.1]);
        self.word(0);
        self.word(0);
        self.words(&[if kind == 7 { 4 } else { 1 }, 0]);
    }

    fn section(&mut self, name: u32, kind: u32, place: (u64, u64), link: u32, entry: u64) {
        self.word(name);
        self.word(kind);
        self.words(&[0, 0, place.0, place.1]);
        self.word(link);
        self.word(0);
        self.words(&[1, entry]);
    }
}
