//! WebAssembly modules: the side modules that Emscripten links, and similar ones.

/// What to put into the module.
#[derive(Clone, Default)]
pub(crate) struct Wasm {
    exports: Vec<String>,
    /// Functions by the module they're imported from, and their names.
    imports: Vec<(String, String)>,
    /// Imported data addresses.
    data: Vec<String>,
    weak: Vec<String>,
    needed: Vec<String>,
    constants: Vec<u8>,
    custom: Vec<(String, Vec<u8>)>,
    /// Whether it has its own memory, like a program.
    has_memory: bool,
    is_wide: bool,
    /// Whether it has no information for the loader.
    is_plain: bool,
}

impl Wasm {
    pub(crate) fn export(mut self, name: &str) -> Self {
        self.exports.push(name.to_owned());
        self
    }

    pub(crate) fn import(self, name: &str) -> Self {
        self.import_from("env", name)
    }

    pub(crate) fn import_from(mut self, module: &str, name: &str) -> Self {
        self.imports.push((module.to_owned(), name.to_owned()));
        self
    }

    /// The address of data, such as an exception.
    pub(crate) fn import_data(mut self, name: &str) -> Self {
        self.data.push(name.to_owned());
        self
    }

    /// An optional function.
    pub(crate) fn weak_import(mut self, name: &str) -> Self {
        self.weak.push(name.to_owned());
        self.import(name)
    }

    pub(crate) fn needs(mut self, library: &str) -> Self {
        self.needed.push(library.to_owned());
        self
    }

    pub(crate) fn constants(mut self, content: &[u8]) -> Self {
        self.constants = content.to_vec();
        self
    }

    pub(crate) fn custom(mut self, name: &str, content: &[u8]) -> Self {
        self.custom.push((name.to_owned(), content.to_vec()));
        self
    }

    /// The compilers that left their names, with versions.
    pub(crate) fn producers(self, tools: &[(&str, &str)]) -> Self {
        let mut content = number(1);
        content.extend(text("processed-by"));
        content.extend(number(tools.len()));
        for (name, version) in tools {
            content.extend(text(name));
            content.extend(text(version));
        }
        self.custom("producers", &content)
    }

    pub(crate) fn features(self, names: &[&str]) -> Self {
        let mut content = number(names.len());
        for name in names {
            content.push(b'+');
            content.extend(text(name));
        }
        self.custom("target_features", &content)
    }

    /// With its own memory, like a program.
    pub(crate) fn with_memory(mut self) -> Self {
        self.has_memory = true;
        self
    }

    pub(crate) fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// Without a library's information for the loader.
    pub(crate) fn plain(mut self) -> Self {
        self.is_plain = true;
        self
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let mut file = b"\0asm\x01\0\0\0".to_vec();
        if !self.is_plain {
            file.extend(section(0, &self.dylink()));
        }
        // One type: a function without parameters and results.
        file.extend(section(1, &[1, 0x60, 0, 0]));
        file.extend(section(2, &self.import_section()));
        file.extend(section(3, &[number(1), vec![0]].concat()));
        let limits: u8 = if self.is_wide { 4 } else { 0 };
        if self.has_memory {
            file.extend(section(5, &[1, limits, 1]));
        }
        let function = self.imports.len();
        let mut exports = number(self.exports.len());
        for name in &self.exports {
            exports.extend(text(name));
            exports.push(0);
            exports.extend(number(function));
        }
        file.extend(section(7, &exports));
        // A body without locals that ends immediately.
        file.extend(section(10, &[1, 2, 0, 0x0b]));
        let mut data = vec![1, 0, 0x41, 0, 0x0b];
        data.extend(number(self.constants.len()));
        data.extend(&self.constants);
        file.extend(section(11, &data));
        for (name, content) in &self.custom {
            file.extend(section(0, &[text(name), content.clone()].concat()));
        }
        file
    }

    fn dylink(&self) -> Vec<u8> {
        let mut content = text("dylink.0");
        let part = |kind: u8, part: &[u8]| [vec![kind], number(part.len()), part.to_vec()].concat();
        // Memory and its alignment, table entries and theirs.
        content.extend(part(
            1,
            &[number(1000), number(4), number(7), number(0)].concat(),
        ));
        let mut needed = number(self.needed.len());
        self.needed
            .iter()
            .for_each(|name| needed.extend(text(name)));
        content.extend(part(2, &needed));
        let mut weak = number(self.weak.len());
        for name in &self.weak {
            weak.extend(text("env"));
            weak.extend(text(name));
            weak.extend(number(1));
        }
        content.extend(part(4, &weak));
        content
    }

    fn import_section(&self) -> Vec<u8> {
        let memory = usize::from(!self.has_memory);
        let mut content = number(self.imports.len() + self.data.len() + memory + 1);
        if !self.has_memory {
            content.extend(text("env"));
            content.extend(text("memory"));
            content.extend([2, if self.is_wide { 4 } else { 0 }, 1]);
        }
        content.extend(text("env"));
        content.extend(text("__memory_base"));
        content.extend([3, 0x7f, 0]);
        for (module, name) in &self.imports {
            content.extend(text(module));
            content.extend(text(name));
            content.extend([0, 0]);
        }
        for name in &self.data {
            content.extend(text("GOT.mem"));
            content.extend(text(name));
            content.extend([3, 0x7f, 1]);
        }
        content
    }
}

fn section(kind: u8, content: &[u8]) -> Vec<u8> {
    [vec![kind], number(content.len()), content.to_vec()].concat()
}

fn text(text: &str) -> Vec<u8> {
    [number(text.len()), text.as_bytes().to_vec()].concat()
}

/// A LEB128-encoded number.
fn number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
