//! `wr explain`: the page of a finding.

use std::process::ExitCode;

use diagnostic::Code;

use crate::cli::{Explain, Global};
use crate::error::CommandError;
use crate::{render, rules};

pub(crate) fn run(explain: &Explain, global: &Global) -> Result<ExitCode, CommandError> {
    let Some(text) = &explain.code else {
        render::codes(&rules::all(), global);
        return Ok(ExitCode::SUCCESS);
    };
    let code: Code = text.parse().map_err(|error: diagnostic::ParseCodeError| {
        CommandError::new(error.to_string()).help("`wr explain` without a code lists them all")
    })?;
    let rule = rules::find(&code).ok_or_else(|| {
        CommandError::new(format!("there is no finding {code}"))
            .help("`wr explain` without a code lists them all")
    })?;
    render::page(&rule.page(), global);
    Ok(ExitCode::SUCCESS)
}
