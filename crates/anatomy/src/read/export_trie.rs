//! The export table of Mach-O files: a trie of name parts.
//!
//! Only names with certain prefixes are needed, so only those branches are followed. In a damaged table, branches may
//! be shared or form a cycle; in an honest one, every node is visited once and takes up at least a byte.

use crate::facts::Format;

use super::ReadError;
use super::budget::Budget;

/// No init function's name is longer: Python's own limit is in the hundreds.
const LONGEST_NAME: usize = 4096;

/// Collects the exported names that start with one of `prefixes`.
pub(super) fn names_with_prefix(
    trie: &[u8],
    prefixes: &[&[u8]],
    budget: &mut Budget,
) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut found = Vec::new();
    if trie.is_empty() {
        return Ok(found);
    }
    let mut open = vec![(0_usize, Vec::new())];
    let mut visited = 0;
    while let Some((offset, name)) = open.pop() {
        visited += 1;
        if visited > trie.len() {
            return Err(ReadError::Malformed {
                format: Format::MachO,
                reason: "its table of exported symbols contains a cycle".to_owned(),
            });
        }
        // A branch that points outside the table is ignored; the loader wouldn't find it either.
        let Some(node) = Node::read(trie, offset) else {
            continue;
        };
        for (edge, child) in node.edges {
            let mut longer: Vec<u8> = name.clone();
            longer.extend_from_slice(edge);
            if longer.len() <= LONGEST_NAME
                && prefixes.iter().any(|prefix| leads_to(&longer, prefix))
            {
                // The queue takes memory too: a node may point to itself with hundreds of edges.
                budget.spend("exported symbols", &longer)?;
                open.push((child, longer));
            }
        }
        if node.is_terminal && prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

fn leads_to(name: &[u8], prefix: &[u8]) -> bool {
    name.starts_with(prefix) || prefix.starts_with(name)
}

struct Node<'data> {
    is_terminal: bool,
    edges: Vec<(&'data [u8], usize)>,
}

impl<'data> Node<'data> {
    fn read(trie: &'data [u8], offset: usize) -> Option<Self> {
        let mut rest = trie.get(offset..)?;
        let terminal_size = usize::try_from(uleb128(&mut rest)?).ok()?;
        rest = rest.get(terminal_size..)?;
        let (&count, after) = rest.split_first()?;
        rest = after;
        let mut edges = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let end = rest.iter().take(LONGEST_NAME).position(|&byte| byte == 0)?;
            let (edge, after) = rest.split_at_checked(end)?;
            rest = after.get(1..)?;
            edges.push((edge, usize::try_from(uleb128(&mut rest)?).ok()?));
        }
        Some(Self {
            is_terminal: terminal_size > 0,
            edges,
        })
    }
}

fn uleb128(data: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = data.split_first()?;
        *data = rest;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(trie: &[u8]) -> Result<Vec<Vec<u8>>, ReadError> {
        names_with_prefix(trie, &[b"_PyInit_"], &mut Budget::for_input(trie.len()))
    }

    #[test]
    fn follows_the_parts_of_a_name() {
        // The root has the edges `_Py` to 12 and `x` to 26; `_Py` has `Init_a` to 26, which is a terminal.
        let mut trie = b"\0\x02_Py\0\x0cx\0\x1a\0".to_vec();
        trie.resize(12, 0);
        trie.extend(b"\0\x01Init_a\0\x1a");
        trie.resize(26, 0);
        trie.extend(b"\x02\0\x10\0");
        assert_eq!(find(&trie).unwrap(), [b"_PyInit_a".to_vec()]);
    }

    #[test]
    fn a_node_with_many_edges_to_itself_is_paid_for() {
        // The root's edge `_PyInit_` leads to a node with 255 edges back to itself, each with a different letter.
        let mut trie = b"\0\x01_PyInit_\0\x0c".to_vec();
        trie.resize(12, 0);
        trie.extend([0, 255]);
        for letter in 1..=255 {
            trie.extend([letter, 0, 12]);
        }
        trie.resize(8192, 0);
        assert!(matches!(find(&trie), Err(ReadError::TooMuch { .. })));
    }

    #[test]
    fn a_cycle_terminates() {
        // The root's only edge is empty and leads back to it.
        let trie = b"\0\x02\0\0\0\0";
        assert!(matches!(find(trie), Err(ReadError::Malformed { .. })));
        assert_eq!(find(b"\0\x01_Py\0\x7f").unwrap(), Vec::<Vec<u8>>::new());
    }
}
