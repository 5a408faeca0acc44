//! Renders a course's book with mdBook, as a library: nobody has to install or compile mdBook to read the course.
//!
//! A rendered book is a directory named by a digest of everything that the pages are made from. It's written under another
//! name and renamed when it's complete, so that a killed process never leaves half a book, and it's used again for as long as
//! the digest is the same.

mod settings;
mod sources;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use mdbook_driver::MDBook;

pub use self::settings::Omitted;

/// The version of mdBook whose output is kept, for the digest.
const RENDERER: &str = "mdbook 0.5.4, search";

/// What a directory begins with while it's being written.
const UNFINISHED: &str = "unfinished-";

/// How old something unfinished has to be before it's removed. Until then, another process may be writing it.
const ABANDONED: Duration = Duration::from_mins(10);

/// The sources of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookSource {
    root: PathBuf,
}

/// A book as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The directory with `index.html`.
    pub dir: PathBuf,
    /// What `book.toml` asks for that isn't done here.
    pub omitted: Vec<Omitted>,
}

/// Why a book can't be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A source can't be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The source.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The settings aren't valid.
    #[error("{}: {reason}", path.display())]
    Settings {
        /// `book.toml`.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The rendered book can't be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// mdBook refuses the book.
    #[error("the book in {} can't be rendered: {reason}", path.display())]
    Mdbook {
        /// The book's directory.
        path: PathBuf,
        /// mdBook's reason.
        reason: String,
    },
}

impl BookSource {
    /// The book of the course in `root`: the one in its directory `book`, otherwise the one in `root` itself.
    pub fn find(root: &Path) -> Option<Self> {
        [root.join("book"), root.to_owned()]
            .into_iter()
            .find(|dir| dir.join("book.toml").is_file())
            .map(|root| Self { root })
    }

    /// The directory of `book.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The book as HTML, in a directory in `into`. It's rendered only if its sources have changed.
    pub fn render(&self, into: &Path) -> Result<Rendered, RenderError> {
        let (config, omitted) = settings::read(&self.root)?;
        let digest = sources::digest(&self.root, &config, RENDERER)?;
        let dir = into.join(&digest);
        if !dir.join("index.html").is_file() {
            self.render_new(config, into, &dir)?;
            remove_old(into, &digest);
        }
        Ok(Rendered { dir, omitted })
    }

    fn render_new(
        &self,
        mut config: mdbook_driver::config::Config,
        into: &Path,
        dir: &Path,
    ) -> Result<(), RenderError> {
        let failed = |path: &Path, error| RenderError::Write {
            path: path.to_owned(),
            error,
        };
        fs::create_dir_all(into).map_err(|error| failed(into, error))?;
        let unfinished = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempdir_in(into)
            .map_err(|error| failed(into, error))?;
        unfinished.path().clone_into(&mut config.build.build_dir);
        tracing::debug!(book = %self.root.display(), "rendering");
        MDBook::load_with_config(&self.root, config)
            .and_then(|book| book.build())
            .map_err(|error| RenderError::Mdbook {
                path: self.root.clone(),
                reason: format!("{error:#}"),
            })?;
        let index = unfinished.path().join("index.html");
        if !index.is_file() {
            return Err(RenderError::Mdbook {
                path: self.root.clone(),
                reason: "it has no pages; add one to SUMMARY.md".to_owned(),
            });
        }
        match fs::rename(unfinished.path(), dir) {
            Ok(()) => {
                // Its name is gone, so there's nothing to remove.
                let _ = unfinished.keep();
                Ok(())
            }
            // Another process has rendered the same book in the meantime.
            Err(_) if dir.join("index.html").is_file() => Ok(()),
            Err(error) => Err(failed(dir, error)),
        }
    }
}

/// Removes books from earlier sources, and what killed processes have left. Whatever can't be removed is tried again next
/// time.
fn remove_old(into: &Path, current: &str) {
    let Ok(entries) = fs::read_dir(into) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let age = entry
            .metadata()
            .and_then(|found| found.modified())
            .ok()
            .and_then(|time| time.elapsed().ok());
        let is_old = if name.starts_with(UNFINISHED) {
            age.is_some_and(|age| age > ABANDONED)
        } else {
            sources::is_digest(&name) && name != current
        };
        if is_old {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A book of two pages, one of which includes a file from outside.
    fn book() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("book/book.toml", "[book]\ntitle = \"A book\"\n");
        write(
            "book/src/SUMMARY.md",
            "- [One](one.md)\n- [Two](a/two.md)\n",
        );
        write("book/src/one.md", "# One\n");
        write(
            "book/src/a/two.md",
            "# Two\n\n{{#include ../../../outside.txt}}\n",
        );
        write("outside.txt", "from outside\n");
        dir
    }

    fn render(course: &Path) -> Rendered {
        let source = BookSource::find(course).unwrap();
        source.render(&course.join(".wr/book")).unwrap()
    }

    #[test]
    fn a_book_is_rendered_again_only_if_a_source_has_changed() {
        let course = book();
        let first = render(course.path());
        let two = fs::read_to_string(first.dir.join("a/two.html")).unwrap();
        assert!(two.contains("from outside"));
        let mark = first.dir.join("mark");
        fs::write(&mark, "").unwrap();
        assert_eq!(render(course.path()), first);
        assert!(mark.exists());
        // What a page includes belongs to its sources.
        fs::write(course.path().join("outside.txt"), "changed\n").unwrap();
        let second = render(course.path());
        assert_ne!(first, second);
        let two = fs::read_to_string(second.dir.join("a/two.html")).unwrap();
        assert!(two.contains("changed"));
        assert!(!first.dir.exists());
    }

    #[test]
    fn no_source_is_written() {
        let course = book();
        let book = course.path().join("book");
        fs::write(book.join("src/SUMMARY.md"), "- [Gone](gone.md)\n").unwrap();
        let source = BookSource::find(course.path()).unwrap();
        let error = source.render(&course.path().join("out")).unwrap_err();
        assert!(error.to_string().contains("gone.md"), "{error}");
        assert!(!book.join("src/gone.md").exists());
        assert!(!book.join("book").exists());
    }

    #[test]
    fn a_failure_leaves_the_old_book_and_nothing_else() {
        let course = book();
        let first = render(course.path());
        fs::remove_file(course.path().join("book/src/one.md")).unwrap();
        let source = BookSource::find(course.path()).unwrap();
        let into = course.path().join(".wr/book");
        source.render(&into).unwrap_err();
        let left: Vec<_> = fs::read_dir(&into).unwrap().flatten().collect();
        assert_eq!(left.len(), 1);
        assert!(first.dir.exists());
    }

    #[test]
    fn other_programs_are_not_started() {
        let course = book();
        let settings = "[book]\ntitle = \"A book\"\n[preprocessor.touch]\ncommand = \"touch started\"\n\
                        [output.html]\n[output.pdf]\ncommand = \"touch started\"\n";
        fs::write(course.path().join("book/book.toml"), settings).unwrap();
        let rendered = render(course.path());
        assert_eq!(
            rendered.omitted,
            [
                Omitted::Preprocessor("touch".to_owned()),
                Omitted::Output("pdf".to_owned())
            ]
        );
        assert!(rendered.dir.join("index.html").is_file());
        assert!(!course.path().join("book/started").exists());
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let course = book();
        let source = BookSource::find(course.path()).unwrap();
        let file = course.path().join("file");
        fs::write(&file, "").unwrap();
        let error = source.render(&file.join("book")).unwrap_err();
        assert!(
            matches!(&error, RenderError::Write { path, .. } if *path == file.join("book")),
            "{error}"
        );
    }

    #[test]
    fn a_course_without_a_book_has_none() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(BookSource::find(dir.path()), None);
    }
}
