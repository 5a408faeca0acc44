//! The rendered book, made when the first page is asked for and made again when its sources change.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::rendering::{BookSource, Rendered};
use crate::site::Site;

/// How long to go without a look at the sources. A page turns faster than that only if nobody reads it.
const LOOK: Duration = Duration::from_secs(1);

/// The book.
#[derive(Debug)]
pub(super) struct Shelf {
    source: BookSource,
    into: PathBuf,
    /// One request at a time looks at the sources; the others wait for it.
    book: tokio::sync::Mutex<Option<Shelved>>,
    remark: Mutex<Option<String>>,
}

#[derive(Debug, Clone)]
struct Shelved {
    rendered: Rendered,
    site: Arc<Site>,
    looked: Instant,
}

impl Shelf {
    pub(super) fn new(source: BookSource, into: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            source,
            into,
            book: tokio::sync::Mutex::default(),
            remark: Mutex::default(),
        })
    }

    /// A remark about the book: that it can't be rendered again, or what was left out.
    pub(super) fn remark(&self) -> Option<String> {
        self.remark
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The book, with its latest changes; or why there is none to show.
    pub(super) async fn book(&self) -> Result<Arc<Site>, String> {
        let mut book = self.book.lock().await;
        if let Some(shelved) = book.as_ref().filter(|book| book.looked.elapsed() < LOOK)
            && shelved.rendered.dir.is_dir()
        {
            return Ok(Arc::clone(&shelved.site));
        }
        let (source, into) = (self.source.clone(), self.into.clone());
        let last = book.take();
        let made = tokio::task::spawn_blocking(move || look(&source, &into, last.as_ref()))
            .await
            .unwrap_or_else(|error| Made::failed(None, &format!("mdBook failed: {error}")));
        self.remark
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&made.remark);
        book.clone_from(&made.book);
        match made.book {
            Some(shelved) => Ok(shelved.site),
            None => Err(made.remark.unwrap_or_default()),
        }
    }

    /// The book as it was when its last page was asked for; a page and what it loads belong together.
    pub(super) async fn last(&self) -> Result<Arc<Site>, String> {
        let last = self.book.lock().await.clone();
        match last {
            Some(shelved) => Ok(shelved.site),
            None => self.book().await,
        }
    }
}

/// What a look at the sources leads to.
struct Made {
    book: Option<Shelved>,
    remark: Option<String>,
}

impl Made {
    fn failed(last: Option<&Shelved>, why: &str) -> Self {
        // A book that can still be read is better than none.
        let last = last.filter(|last| last.rendered.dir.is_dir());
        let why = why.trim_end();
        let remark = match last {
            Some(_) => format!("The book has changed, but {why}. You see it as it was before."),
            None => why.to_owned(),
        };
        Self {
            book: last.cloned().map(|last| Shelved {
                looked: Instant::now(),
                ..last
            }),
            remark: Some(remark),
        }
    }
}

fn look(source: &BookSource, into: &std::path::Path, last: Option<&Shelved>) -> Made {
    let rendered = match source.render(into) {
        Ok(rendered) => rendered,
        Err(error) => return Made::failed(last, &error.to_string()),
    };
    let site = match last.filter(|last| last.rendered == rendered) {
        Some(last) => Arc::clone(&last.site),
        None => match Site::read(&rendered.dir) {
            Ok(site) => Arc::new(site),
            Err(error) => return Made::failed(last, &error.to_string()),
        },
    };
    let names: Vec<String> = rendered.omitted.iter().map(ToString::to_string).collect();
    Made {
        remark: (!names.is_empty()).then(|| {
            format!(
                "This book's settings also ask for {}. `wr` starts no programs for a book, so some pages may look different.",
                names.join(" and ")
            )
        }),
        book: Some(Shelved {
            rendered,
            site,
            looked: Instant::now(),
        }),
    }
}
