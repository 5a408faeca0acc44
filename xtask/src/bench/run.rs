//! Measures one project: each edit, with each way in turn.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::bench_dir::BenchDir;
use super::breakdown::Breakdown;
use super::edits::{Edit, save};
use super::projects::{Project, Size};
use super::samples::Samples;
use super::ways;

/// The pause between two saves, so that work after an answer doesn't count towards the next one.
const REST: Duration = Duration::from_millis(400);

/// The measurements of one project.
pub(super) struct Measured {
    pub(super) project: Project,
    /// The ways in order: name, and what a person types.
    pub(super) ways: Vec<(&'static str, &'static str)>,
    pub(super) samples: BTreeMap<(Edit, &'static str), Samples>,
    /// Where `wr watch` and `wr check` spend their time.
    pub(super) breakdowns: BTreeMap<(&'static str, Edit), Breakdown>,
}

pub(super) fn project(
    bench_dir: &BenchDir,
    size: Size,
    rounds: u32,
    chosen: &[String],
) -> anyhow::Result<Measured> {
    let project = Project::new(size);
    let mut ways = ways::all();
    ways.retain(|way| {
        chosen.is_empty() || way.name() == "cargo" || chosen.iter().any(|name| name == way.name())
    });
    let mut plots = Vec::new();
    for way in &mut ways {
        eprintln!("{}: setting up {}", project.name(), way.typed());
        let dir = bench_dir.plot(project.name(), way.name());
        project.write(&dir)?;
        way.set_up(bench_dir, project, &dir)?;
        plots.push(dir);
    }
    let mut measured = Measured {
        project,
        ways: ways.iter().map(|way| (way.name(), way.typed())).collect(),
        samples: BTreeMap::new(),
        breakdowns: BTreeMap::new(),
    };
    let mut count = 0;
    for round in 0..rounds {
        eprintln!("{}: round {} of {rounds}", project.name(), round + 1);
        for edit in Edit::ALL {
            count += 1;
            for (way, dir) in ways.iter_mut().zip(&plots) {
                if !way.answers(edit) {
                    continue;
                }
                std::thread::sleep(REST);
                let began = Instant::now();
                save(project, dir, edit, count)?;
                let answer = way.answer(dir)?;
                let elapsed = began.elapsed();
                anyhow::ensure!(
                    answer.is_good == edit.compiles(),
                    "{} after an edit ({}) of {}:\n{}",
                    way.typed(),
                    edit.name(),
                    dir.display(),
                    answer.printed
                );
                measured
                    .samples
                    .entry((edit, way.name()))
                    .or_default()
                    .push(elapsed);
                if let Some(document) = &answer.verdict {
                    measured
                        .breakdowns
                        .entry((way.name(), edit))
                        .or_default()
                        .add(document, elapsed);
                }
            }
        }
    }
    for way in &mut ways {
        way.end()?;
    }
    Ok(measured)
}
