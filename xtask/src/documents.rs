//! The documents that a running `wr --format json` writes, each as soon as it's complete.

use std::io::Read;
use std::sync::mpsc::{self, Receiver};

use serde_json::Value;

/// Reads documents in the background; the receiver is disconnected when the output ends or isn't JSON.
pub(crate) fn read(output: impl Read + Send + 'static) -> Receiver<Value> {
    let (tell, documents) = mpsc::channel();
    std::thread::spawn(move || {
        for document in serde_json::Deserializer::from_reader(output).into_iter::<Value>() {
            let Ok(document) = document else { return };
            if tell.send(document).is_err() {
                return;
            }
        }
    });
    documents
}
