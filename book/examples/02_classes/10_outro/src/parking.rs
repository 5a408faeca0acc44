//! The spaces of a garage, in plain Rust.

// ANCHOR: spaces
/// For each space the plate of the car in it, or nothing.
pub struct Spaces(Vec<Option<String>>);

impl Spaces {
    pub fn new(count: usize) -> Self {
        Spaces(vec![None; count])
    }

    /// Takes the first free space.
    pub fn take(&mut self, plate: &str) -> Option<usize> {
        let space = self.0.iter().position(Option::is_none)?;
        self.0[space] = Some(plate.to_owned());
        Some(space)
    }
    // ANCHOR_END: spaces

    /// Frees a space, if that car is in it.
    pub fn free(&mut self, space: usize, plate: &str) -> Option<()> {
        let found = self.0.get_mut(space)?;
        found.take_if(|parked| parked == plate).map(drop)
    }

    pub fn find(&self, plate: &str) -> Option<usize> {
        let has = |parked: &Option<String>| parked.as_deref() == Some(plate);
        self.0.iter().position(has)
    }

    pub fn count_free(&self) -> usize {
        self.0.iter().filter(|space| space.is_none()).count()
    }
}
