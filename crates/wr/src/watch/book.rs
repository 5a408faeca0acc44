//! The book of the course that is watched: a server for it, and the browser that shows it.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::Sender;

use course::{Course, ExerciseId};
use livebook::{Action, BookSource, HostName, Options, Running, Server, running_server};

use super::Message;
use super::ask::Ask;
use crate::error::CommandError;
use crate::{browser, state_dir};

/// The books, below the state directory.
const BOOKS: &str = "book";

/// How a watch is shown, and how its book is served.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Lines on the terminal instead of a screen.
    pub(crate) is_plain: bool,
    /// When to open the book.
    pub(crate) opening: Opening,
    /// The port; by default that of the last run, or any that is free.
    pub(crate) port: Option<u16>,
    /// A name that browsers use for this server, apart from its address.
    pub(crate) host_name: Option<HostName>,
}

/// When to open the book.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// When it's asked for, with a key.
    #[default]
    OnRequest,
    /// At once, in a browser.
    Browser,
    /// At once, but the user opens the address.
    Address,
}

/// Where the book was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    /// Its addresses: the server's own first, then that of a forwarded port.
    pub(crate) addresses: Vec<String>,
    /// Whether a browser shows it.
    pub(crate) is_in_browser: bool,
    /// Whether the server belongs to another watch.
    pub(crate) is_served_elsewhere: bool,
    /// What the user should know, if not everything works.
    pub(crate) remark: Option<String>,
}

/// The book of what is watched.
pub(crate) enum Book {
    /// This watch serves it.
    Here(Rc<Server>),
    /// Another watch of the same course serves it.
    Elsewhere(Running),
    /// It can't be served.
    Unavailable {
        message: String,
        help: Option<String>,
    },
}

impl Book {
    /// Serves the book of a course, unless another watch does.
    pub(super) fn serve(
        course: Option<&Course>,
        wanted: Wanted,
        tell: Sender<Message>,
    ) -> Result<Self, CommandError> {
        let source = source(course.map(Course::root))?;
        let (rendered, note) = places(course.map_or(source.root(), Course::root))?;
        if let Some(running) = running_server(&note) {
            return Ok(Self::Elsewhere(running));
        }
        let options = Options {
            source,
            rendered,
            note,
            port: wanted.port,
            host_name: wanted.host_name,
        };
        let act = move |action| {
            if let Some(ask) = ask(action) {
                // After the watch has ended, it takes no more requests.
                let _ = tell.send(Message::Ask(ask));
            }
        };
        let server = Server::start(options, act).map_err(|error| {
            CommandError::new(error.to_string())
                .help("choose another port with `--port`, or leave it out")
        })?;
        Ok(Self::Here(Rc::new(server)))
    }

    /// The same for a watch that works without a book: it says why there is none when the learner asks for it.
    pub(super) fn serve_if_possible(course: Option<&Course>, tell: Sender<Message>) -> Self {
        Self::serve(course, Wanted::default(), tell).unwrap_or_else(|error| Self::Unavailable {
            message: error.message,
            help: error.help,
        })
    }

    /// The server, if it's this watch's.
    pub(super) fn server(&self) -> Option<Rc<Server>> {
        match self {
            Self::Here(server) => Some(Rc::clone(server)),
            Self::Elsewhere(_) | Self::Unavailable { .. } => None,
        }
    }

    /// Opens it. Without a browser, the address still works.
    pub(crate) fn open(&self, opening: Opening) -> Result<Opened, CommandError> {
        let (addresses, with_ticket, remark) = match self {
            Self::Here(server) => {
                let with_ticket = server
                    .address_with_ticket()
                    .map_err(|error| CommandError::new(error.to_string()))?;
                let remark = server.remark().map(str::to_owned);
                (server.addresses(), with_ticket, remark)
            }
            Self::Elsewhere(running) => (
                vec![running.address.clone()],
                running.address_with_ticket.clone(),
                None,
            ),
            Self::Unavailable { message, help } => {
                let error = CommandError::new(message.clone());
                return Err(match help {
                    Some(help) => error.help(help.clone()),
                    None => error,
                });
            }
        };
        let started = match opening {
            Opening::Address => None,
            Opening::Browser | Opening::OnRequest => Some(browser::open(&with_ticket)),
        };
        let failure = match &started {
            Some(Err(error)) => Some(error.message.clone()),
            _ => remark,
        };
        Ok(Opened {
            addresses,
            is_in_browser: matches!(started, Some(Ok(()))),
            is_served_elsewhere: matches!(self, Self::Elsewhere(_)),
            remark: failure,
        })
    }
}

/// The book of a course.
pub(crate) fn source(course: Option<&Path>) -> Result<BookSource, CommandError> {
    let Some(root) = course else {
        return Err(
            CommandError::new("only a course has a book, and this is a project")
                .help("`wr watch` shows its state in the terminal"),
        );
    };
    BookSource::find(root).ok_or_else(|| {
        CommandError::new(format!(
            "this course has no book: there is no {}",
            root.join("book").join("book.toml").display()
        ))
        .help("`wr watch` shows the exercises' state in the terminal; authors can add a book with mdBook")
    })
}

/// The server that serves a course's book, if a watch is running.
pub(crate) fn running(course: &Course) -> Result<Option<Book>, CommandError> {
    let (_, note) = places(course.root())?;
    Ok(running_server(&note).map(Book::Elsewhere))
}

/// The directory for the rendered book of a course, and the note about its server. Courses may share a state directory.
fn places(root: &Path) -> Result<(PathBuf, PathBuf), CommandError> {
    let books = state_dir::find(root)?.join(BOOKS);
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let digest = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    let key = &digest[..16];
    Ok((books.join(key), books.join(format!("{key}.json"))))
}

/// What a button asks the watch for. The server has checked that the exercise exists.
fn ask(action: Action) -> Option<Ask> {
    Some(match action {
        Action::Open { exercise } => Ask::Open(exercise.parse::<ExerciseId>().ok()?),
        // Like `wr next`. Going back is one button away.
        Action::Next { .. } => Ask::Next { anyway: true },
        Action::Previous { .. } => Ask::Previous,
        Action::Hint { .. } => Ask::Hint,
        Action::Solution { .. } => Ask::Solution { anyway: false },
        Action::Run { .. } => Ask::Rerun,
    })
}
