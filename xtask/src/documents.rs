//! The documents that a running `wr --format json` writes, each as soon as it's there.

use std::io::Read;
use std::sync::mpsc::{self, Receiver};

use serde_json::Value;

/// Reads documents beside whatever else is done; the receiver is disconnected when the output ends or is no JSON.
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
