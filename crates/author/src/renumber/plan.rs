//! Decides which exercises get which numbers. Pure: names in, names out.

use course::{ExerciseId, FolderName};

/// What the author asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Moves an exercise to a number, perhaps in another chapter; exercises in its way make room.
    Move {
        /// Which exercise.
        exercise: ExerciseId,
        /// The chapter to move it to.
        chapter: FolderName,
        /// Its new number.
        to: u32,
    },
    /// Frees a number.
    InsertAt {
        /// In which chapter.
        chapter: FolderName,
        /// Which number.
        at: u32,
    },
    /// Numbers the exercises of a chapter without gaps.
    Close {
        /// Which chapter.
        chapter: FolderName,
    },
}

/// An exercise that gets a new name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The old name.
    pub from: ExerciseId,
    /// The new name.
    pub to: ExerciseId,
}

/// Why a request can't be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenumberError {
    /// Everything is already as requested.
    #[error("there is nothing to move")]
    Nothing,
    /// The chapter has no such exercise.
    #[error("{0} is not an exercise of this course")]
    NoSuchExercise(String),
    /// Two exercises would have the same name.
    #[error("two exercises would be named {0}")]
    Collision(String),
    /// The number is too large to compute with.
    #[error("the number of {0} is too large to change")]
    TooLarge(String),
}

impl RenumberError {
    /// What to do next.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Nothing => "`wr list` shows the current numbers",
            Self::NoSuchExercise(_) => "`wr list` shows the exercises",
            Self::Collision(_) => "rename one of them first",
            Self::TooLarge(_) => "rename its folder by hand with a smaller number",
        }
        .to_owned()
    }
}

/// An exercise and its number.
#[derive(Debug, Clone)]
struct Numbered {
    id: ExerciseId,
    number: u32,
}

/// The exercises that get a new name, in course order.
pub(super) fn plan(ids: &[ExerciseId], request: &Request) -> Result<Vec<Moved>, RenumberError> {
    let moved = match request {
        Request::Move {
            exercise,
            chapter,
            to,
        } => movement(ids, exercise, chapter, *to)?,
        Request::InsertAt { chapter, at } => upwards(&chapter_of(ids, chapter, None)?, *at),
        Request::Close { chapter } => {
            let all = chapter_of(ids, chapter, None)?;
            let first = all.first().map_or(0, |one| one.number);
            all.into_iter()
                .zip(first..)
                .map(|(one, number)| (one.id, number))
                .collect()
        }
    };
    let mut found = Vec::new();
    for (from, number) in moved {
        let chapter = match request {
            Request::Move {
                exercise, chapter, ..
            } if *exercise == from => chapter.clone(),
            _ => from.chapter().clone(),
        };
        let to = ExerciseId::new(chapter, renumbered(from.name(), number)?);
        if to != from {
            found.push(Moved { from, to });
        }
    }
    if found.is_empty() {
        return Err(RenumberError::Nothing);
    }
    let leaves = |id: &ExerciseId| found.iter().any(|one| one.from == *id);
    for (index, one) in found.iter().enumerate() {
        let is_taken = ids.contains(&one.to) && !leaves(&one.to);
        let is_twice = found[index + 1..].iter().any(|other| other.to == one.to);
        if is_taken || is_twice {
            return Err(RenumberError::Collision(one.to.to_string()));
        }
    }
    found.sort_by(|a, b| a.from.cmp(&b.from));
    Ok(found)
}

fn movement(
    ids: &[ExerciseId],
    exercise: &ExerciseId,
    chapter: &FolderName,
    to: u32,
) -> Result<Vec<(ExerciseId, u32)>, RenumberError> {
    if !ids.contains(exercise) {
        return Err(RenumberError::NoSuchExercise(exercise.to_string()));
    }
    let others = chapter_of(ids, chapter, Some(exercise))?;
    let is_within = exercise.chapter() == chapter;
    let from = number_of(exercise)?;
    let mut moved = if is_within && to > from {
        downwards(&others, to)
    } else {
        upwards(&others, to)
    };
    moved.push((exercise.clone(), to));
    Ok(moved)
}

/// The exercises of a chapter in order, except one.
fn chapter_of(
    ids: &[ExerciseId],
    chapter: &FolderName,
    but: Option<&ExerciseId>,
) -> Result<Vec<Numbered>, RenumberError> {
    ids.iter()
        .filter(|id| id.chapter() == chapter && Some(*id) != but)
        .map(|id| {
            Ok(Numbered {
                number: number_of(id)?,
                id: id.clone(),
            })
        })
        .collect()
}

fn number_of(id: &ExerciseId) -> Result<u32, RenumberError> {
    let number = id.name().number().to_string();
    number
        .parse()
        .ok()
        .filter(|number| *number < u32::MAX)
        .ok_or_else(|| RenumberError::TooLarge(id.to_string()))
}

/// The exercises that move up by one to free a number: the one that has it and those after it, up to the first gap.
fn upwards(all: &[Numbered], free: u32) -> Vec<(ExerciseId, u32)> {
    let mut moved = Vec::new();
    let mut number = free;
    loop {
        let here: Vec<&Numbered> = all.iter().filter(|one| one.number == number).collect();
        if here.is_empty() {
            return moved;
        }
        number += 1;
        moved.extend(here.into_iter().map(|one| (one.id.clone(), number)));
    }
}

/// The exercises that move down by one to free a number.
fn downwards(all: &[Numbered], free: u32) -> Vec<(ExerciseId, u32)> {
    let mut moved = Vec::new();
    let mut number = free;
    loop {
        let here: Vec<&Numbered> = all.iter().filter(|one| one.number == number).collect();
        if here.is_empty() || number == 0 {
            return moved;
        }
        number -= 1;
        moved.extend(here.into_iter().map(|one| (one.id.clone(), number)));
    }
}

/// A folder name with a new number, written with as many digits as before.
fn renumbered(name: &FolderName, number: u32) -> Result<FolderName, RenumberError> {
    let digits = name.as_str().len() - name.title().len() - 1;
    let text = format!("{number:0digits$}_{}", name.title());
    text.parse()
        .map_err(|_| RenumberError::TooLarge(name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: [&str; 7] = [
        "01_a/00_w",
        "01_a/01_x",
        "01_a/02_y",
        "01_a/03_z",
        "01_a/05_v",
        "02_b/01_x",
        "02_b/02_u",
    ];

    fn check(request: &Request, expect: Result<&[(&str, &str)], &str>) {
        let ids: Vec<ExerciseId> = COURSE.iter().map(|id| id.parse().unwrap()).collect();
        let found = plan(&ids, request)
            .map(|all| {
                all.iter()
                    .map(|one| (one.from.to_string(), one.to.to_string()))
                    .collect::<Vec<_>>()
            })
            .map_err(|error| error.to_string());
        let expect = expect
            .map(|all| {
                all.iter()
                    .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
                    .collect::<Vec<_>>()
            })
            .map_err(str::to_owned);
        assert_eq!(found, expect, "{request:?}");
    }

    fn to(exercise: &str, chapter: &str, to: u32) -> Request {
        Request::Move {
            exercise: exercise.parse().unwrap(),
            chapter: chapter.parse().unwrap(),
            to,
        }
    }

    #[test]
    fn exercises_in_between_make_room() {
        check(
            &to("01_a/03_z", "01_a", 1),
            Ok(&[
                ("01_a/01_x", "01_a/02_x"),
                ("01_a/02_y", "01_a/03_y"),
                ("01_a/03_z", "01_a/01_z"),
            ]),
        );
        check(
            &to("01_a/00_w", "01_a", 2),
            Ok(&[
                ("01_a/00_w", "01_a/02_w"),
                ("01_a/01_x", "01_a/00_x"),
                ("01_a/02_y", "01_a/01_y"),
            ]),
        );
    }

    #[test]
    fn a_gap_is_enough_room() {
        check(
            &to("01_a/01_x", "01_a", 4),
            Ok(&[("01_a/01_x", "01_a/04_x")]),
        );
        check(
            &Request::InsertAt {
                chapter: "01_a".parse().unwrap(),
                at: 3,
            },
            Ok(&[("01_a/03_z", "01_a/04_z")]),
        );
    }

    #[test]
    fn an_exercise_moves_to_another_chapter() {
        check(
            &to("01_a/02_y", "02_b", 2),
            Ok(&[("01_a/02_y", "02_b/02_y"), ("02_b/02_u", "02_b/03_u")]),
        );
        check(
            &to("01_a/03_z", "03_new", 0),
            Ok(&[("01_a/03_z", "03_new/00_z")]),
        );
    }

    #[test]
    fn gaps_are_closed() {
        let close = |chapter: &str| Request::Close {
            chapter: chapter.parse().unwrap(),
        };
        check(&close("01_a"), Ok(&[("01_a/05_v", "01_a/04_v")]));
        check(&close("02_b"), Err("there is nothing to move"));
    }

    #[test]
    fn impossible_requests_are_refused() {
        check(&to("01_a/01_x", "01_a", 1), Err("there is nothing to move"));
        check(
            &to("01_a/07_q", "01_a", 1),
            Err("01_a/07_q is not an exercise of this course"),
        );
    }
}
