//! Distributions whose name differs from that of their module.

/// Modules of widely used distributions, each with the name to install. If several distributions provide a module, as with
/// `cv2`, it's the one that most projects use.
const DIFFERENT_NAMES: [(&str, &str); 30] = [
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("Crypto", "pycryptodome"),
    ("cv2", "opencv-python"),
    ("dateutil", "python-dateutil"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("faiss", "faiss-cpu"),
    ("fitz", "PyMuPDF"),
    ("flask_cors", "Flask-Cors"),
    ("git", "GitPython"),
    ("github", "PyGithub"),
    ("grpc", "grpcio"),
    ("jose", "python-jose"),
    ("jwt", "PyJWT"),
    ("Levenshtein", "levenshtein"),
    ("magic", "python-magic"),
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "Pillow"),
    ("pkg_resources", "setuptools"),
    ("psycopg2", "psycopg2-binary"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("slugify", "python-slugify"),
    ("socks", "PySocks"),
    ("usb", "pyusb"),
    ("win32api", "pywin32"),
    ("yaml", "PyYAML"),
];

/// The distribution to install for a module, by the module's top-level name. By default the names are the same.
pub(crate) fn distribution_of(module: &str) -> &str {
    let top = module.split('.').next().unwrap_or(module);
    DIFFERENT_NAMES
        .iter()
        .find(|(name, _)| *name == top)
        .map_or(top, |(_, distribution)| distribution)
}
