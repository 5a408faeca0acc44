//! Whether extensions load, as a JSON document. The book's page "Will it load there?" describes it and names its schema.

use anatomy::loads::Loads as Answered;
use serde_json::{Value, json};

use super::Loads;
use crate::inspect::loads::{Answer, Asked, EnvironmentAnswer, Kind};

pub(in crate::render) struct Document;

impl Document {
    /// The document, without the fields that all documents have.
    pub(in crate::render) fn of(loads: &Loads<'_>) -> Value {
        let reports: Vec<Value> = loads
            .answered
            .iter()
            .map(|one| {
                let answers = one.answers.iter().zip(loads.asked);
                json!({
                    "target": one.target,
                    "kind": kind(one.kind),
                    "answers": answers
                        .map(|(answer, asked)| with_python(answer, asked))
                        .collect::<Vec<_>>(),
                })
            })
            .collect();
        let errors: Vec<Value> = loads
            .troubles
            .iter()
            .map(|trouble| {
                json!({ "target": trouble.target, "message": trouble.message, "help": trouble.help })
            })
            .collect();
        json!({
            "question": "loads",
            "reports": reports,
            "findings": loads.findings(),
            "errors": errors,
        })
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Binary => "binary",
        Kind::Wheel => "wheel",
        Kind::Installed => "installed",
        Kind::Environment => "environment",
        Kind::Lock => "lock",
        Kind::Requirements => "requirements",
    }
}

fn with_python(answer: &Answer, asked: &Asked) -> Value {
    let mut value = match answer {
        Answer::Package(answer) => plain(answer),
        Answer::Environment(answer) => environment(answer),
        Answer::Lock(answer) => plain(answer),
    };
    if let Value::Object(map) = &mut value {
        map.insert("python".to_owned(), plain(&asked.host.python()));
        map.insert("platform".to_owned(), plain(asked.host.system()));
        map.insert(
            "interpreter".to_owned(),
            json!(
                asked
                    .interpreter
                    .as_ref()
                    .map(|path| path.display().to_string())
            ),
        );
    }
    value
}

fn environment(answer: &EnvironmentAnswer) -> Value {
    let worst = answer
        .distributions
        .iter()
        .map(|one| one.answer.loads)
        .max()
        .unwrap_or(Answered::Yes);
    let distributions: Vec<Value> = answer
        .distributions
        .iter()
        .map(|one| {
            let mut value = plain(&one.answer);
            if let Value::Object(map) = &mut value {
                map.insert("name".to_owned(), json!(one.name));
                map.insert("version".to_owned(), json!(one.version));
            }
            value
        })
        .collect();
    json!({
        "loads": worst,
        "distributions": distributions,
        "without_extensions": answer.pure,
    })
}

fn plain(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
