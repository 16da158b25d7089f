//! What may stand in what, seen as a whole: levels that can be nowhere, that can be in themselves,
//! that can be too deep.

use super::{MAX_DEPTH, level::Level};

/// Of each level, by its position: where its nodes can be.
#[derive(Debug)]
pub(super) struct Grammar {
    /// The greatest depth of its nodes, the top being 1; 0 where they can be nowhere.
    depths: Vec<usize>,
    /// Whether its nodes can be in nodes of the same level, however far above.
    in_itself: Vec<bool>,
}

impl Grammar {
    pub fn of(levels: &[Level]) -> Self {
        let parents: Vec<Vec<usize>> = levels.iter().map(|it| parents(levels, it)).collect();
        Self {
            depths: depths(levels, &parents),
            in_itself: (0..levels.len())
                .map(|level| above(&parents, level).contains(&level))
                .collect(),
        }
    }

    pub fn is_in_itself(&self, level: usize) -> bool {
        self.in_itself.get(level).copied().unwrap_or_default()
    }

    pub fn is_unreachable(&self, level: usize) -> bool {
        self.depths.get(level) == Some(&0)
    }

    /// Of levels that can be in themselves, that is what is said.
    pub fn is_too_deep(&self, level: usize) -> bool {
        let is_circle = self.in_itself.iter().any(|&it| it);
        !is_circle && self.depths.get(level).is_some_and(|&it| it > MAX_DEPTH)
    }
}

/// Positions of the levels in which this one may stand.
fn parents(levels: &[Level], level: &Level) -> Vec<usize> {
    let position = |key| levels.iter().position(|it| it.key == key);
    level
        .under
        .iter()
        .filter_map(|&key| position(key))
        .collect()
}

/// Positions of all levels that may stand above this one.
fn above(parents: &[Vec<usize>], level: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut open = vec![level];
    while let Some(level) = open.pop() {
        for &parent in parents.get(level).into_iter().flatten() {
            if !found.contains(&parent) {
                found.push(parent);
                open.push(parent);
            }
        }
    }
    found
}

fn depths(levels: &[Level], parents: &[Vec<usize>]) -> Vec<usize> {
    let mut depths: Vec<usize> = levels.iter().map(|it| usize::from(it.at_top)).collect();
    // Once more than there are levels would only go round in circles.
    for _ in levels {
        for (level, parents) in parents.iter().enumerate() {
            let above = parents.iter().filter_map(|&it| depths.get(it).copied());
            let deepest = above.filter(|&depth| depth > 0).max();
            if let (Some(above), Some(own)) = (deepest, depths.get_mut(level)) {
                *own = (*own).max(above + 1);
            }
        }
    }
    depths
}
