//! Verifies with a course's own commands.

use super::{Engine, FRAMEWORKS, Stop, Work};
use anatomy::project::Texts;

use crate::build::{self, Target};
use crate::environment::NotReady;
use crate::event::{Event, Step};
use crate::judge::{CommandRun, Evidence, Printed};
use crate::process::{Ended, run_watched};
use crate::rules;
use crate::subject::{Commands, rust_sources, shown_source};
use crate::system::{Command, Exit};

impl Engine<'_> {
    pub(super) fn commands(
        &mut self,
        work: &mut Work<'_>,
        commands: &Commands,
    ) -> Result<Evidence, Stop> {
        let Some(manifest) = &commands.build_first else {
            return self.each_command(work, commands);
        };
        let system = self.system;
        let build_dir =
            build::ordinary_build_dir(system, &self.settings.env, manifest, work.cancel);
        let target = Target::AllTargets {
            build_dir: build_dir.clone(),
        };
        self.timed(work, Step::Build, |engine, work| {
            (work.emit)(Event::Step {
                step: Step::Build,
                detail: "compiling".to_owned(),
            });
            engine.built(work, manifest, None, &target)
        })?;
        let evidence = self.each_command(work, commands);
        if let Some(dir) = &build_dir {
            build::record_later_commands(system, dir, manifest)
                .map_err(|error| Self::cannot_write(dir, &error))?;
        }
        evidence
    }

    fn each_command(&mut self, work: &mut Work<'_>, commands: &Commands) -> Result<Evidence, Stop> {
        let mut last = None;
        for (program, args) in &commands.commands {
            let run = self.timed(work, Step::Command, |engine, work| {
                engine.command(work, program, args)
            })?;
            let succeeded = run.exit.is_some_and(crate::system::Exit::success);
            last = Some(Box::new(run));
            if !succeeded {
                break;
            }
        }
        Ok(Evidence::Commanded { last })
    }

    fn command(&self, work: &Work<'_>, program: &str, args: &[String]) -> Result<CommandRun, Stop> {
        let subject = work.subject;
        let limit = self.time_limit(subject);
        let command = Command {
            limits: self.limits(subject),
            ..Command::new(program, &subject.root)
                .args(args)
                .envs(&self.settings.env)
        };
        let shown = command.to_string();
        (work.emit)(Event::Step {
            step: Step::Command,
            detail: format!("running `{shown}`"),
        });
        let mut both = crate::process::Output::default();
        let finished = run_watched(self.system, &command, limit, work.cancel, &mut |_, line| {
            both.push(line);
            (work.emit)(Event::Line {
                from: program.to_owned(),
                text: line.to_owned(),
            });
        });
        let finished = match finished {
            Ok(finished) => finished,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(NotReady::from(rules::program_missing::finding(program)).into());
            }
            Err(error) => return Err(Self::cannot_write(&subject.root, &error)),
        };
        let output = both.text();
        let exit = match finished.ended {
            Ended::Exited(exit) => Some(exit),
            Ended::TimedOut => None,
            Ended::Cancelled => return Err(Stop::Interrupted),
        };
        let printed = match exit {
            Some(exit) if !exit.success() => self.printed(work, &command, exit, &output),
            _ => Printed::default(),
        };
        Ok(CommandRun {
            command: shown,
            exit,
            last_line: both.last_line(),
            output,
            limit,
            printed,
        })
    }

    /// Parses the output of a failed command.
    fn printed(&self, work: &Work<'_>, command: &Command, exit: Exit, output: &str) -> Printed {
        let root = &work.subject.root;
        let manifest = root.join("Cargo.toml");
        let shown = shown_source(self.system, &manifest, root);
        let plain = anstream::adapter::strip_str(output).to_string();
        let mut errors = build::printed::errors(&plain, &shown);
        // A lint isn't a compile error.
        if command.args.iter().any(|arg| arg == "clippy") {
            errors.retain(|error| error.number.is_some());
        }
        let suites = FRAMEWORKS
            .iter()
            .filter_map(|framework| framework.read_printed(&plain, root, &shown));
        Printed {
            sources: if errors.is_empty() {
                Texts::default()
            } else {
                rust_sources(self.system, &manifest, work.subject)
            },
            rustc: if errors.is_empty() {
                None
            } else {
                self.rustc_version(work)
            },
            errors,
            cargo_error: build::printed::cargo_error(&plain),
            suites: suites.collect(),
            missing: rules::program_missing::in_output(exit, &plain),
        }
    }
}
