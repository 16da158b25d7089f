//! Which nodes the merged plan has.
//!
//! What both sides have stays, and so does what one side added. What one side deleted goes if the
//! other left it alone. A branch that was deleted is one thing here: work on any part of it keeps
//! all of it until somebody decides, so that a node does not come back with half of its contents.

use std::collections::{HashMap, HashSet};

use crate::plan::{id::Id, index::Index};

use super::{Clash, Decision, Dispute, Matter, Question, Survivors, Version, Work};

impl Work<'_> {
    pub(super) fn survivors(&mut self) -> Survivors {
        let ours = &self.versions.ours;
        let theirs = &self.versions.theirs;
        let mut survivors = Survivors {
            ids: ours.ids().chain(theirs.ids()).collect(),
            as_in_base: HashSet::new(),
        };
        let deletions = [
            (
                Version::Ours,
                Deletions::of(&self.versions.base, ours, theirs),
            ),
            (
                Version::Theirs,
                Deletions::of(&self.versions.base, theirs, ours),
            ),
        ];
        let mut clashes = Vec::new();
        for (by, deletions) in deletions {
            let (deleter, editor) = match by {
                Version::Theirs => (theirs, ours),
                Version::Base | Version::Ours => (ours, theirs),
            };
            let mut as_in_base = HashSet::new();
            for &root in &deletions.worked_on {
                let at = Some(root);
                let matter = Matter::Deletion;
                match self.decisions.get(&Question { at, matter }) {
                    Some(Decision::Take(version)) if *version == by => {
                        delete(root, deleter, editor, &mut survivors.ids);
                    }
                    Some(Decision::Take(Version::Base)) => {
                        as_in_base.insert(root);
                    }
                    Some(_) => {}
                    None => clashes.push(Clash {
                        at,
                        dispute: Dispute::Deletion { by },
                    }),
                }
            }
            for (id, root) in &deletions.roots {
                if !deletions.worked_on.contains(root) {
                    survivors.ids.remove(id);
                } else if as_in_base.contains(root) {
                    survivors.as_in_base.insert(*id);
                }
            }
        }
        self.clashes.extend(clashes);
        survivors
    }
}

/// What one side deleted, as branches that the other side still has.
struct Deletions {
    /// Each node that was deleted, with the uppermost one of its branch.
    roots: HashMap<Id, Id>,
    /// The uppermost nodes of those branches that the other side did not leave alone.
    worked_on: HashSet<Id>,
}

impl Deletions {
    fn of(base: &Index<'_>, deleter: &Index<'_>, editor: &Index<'_>) -> Self {
        let mut roots: HashMap<Id, Id> = HashMap::new();
        // A node comes before what is in it, so the root of its parent is known.
        for id in editor.ids() {
            if base.contains(id) && !deleter.contains(id) {
                let above = editor.parent(id).and_then(|above| roots.get(&above));
                let root = above.copied().unwrap_or(id);
                roots.insert(id, root);
            }
        }
        if roots.is_empty() {
            return Self {
                roots,
                worked_on: HashSet::new(),
            };
        }
        let touched = touched(base, editor);
        let work = editor.ids().filter_map(|id| match roots.get(&id) {
            Some(root) => touched.contains(&id).then_some(*root),
            // It was added to the branch, or moved into it.
            None => {
                let is_work = !base.contains(id) || touched.contains(&id);
                let above = editor.parent(id).filter(|_| is_work)?;
                roots.get(&above).copied()
            }
        });
        let worked_on = work.collect();
        Self { roots, worked_on }
    }
}

/// The nodes of the base that somebody went on working with: changed, moved, or repeated in a
/// repost.
fn touched(base: &Index<'_>, editor: &Index<'_>) -> HashSet<Id> {
    let mut touched = editor.moved_since(base);
    for id in editor.ids() {
        let Some(now) = editor.node(id) else {
            continue;
        };
        let before = base.node(id);
        if before.is_some_and(|before| !before.same_values(now)) {
            touched.insert(id);
        }
        if now.repost_of != before.and_then(|before| before.repost_of) {
            touched.extend(now.repost_of);
        }
    }
    touched
}

/// Takes out a branch as `editor` has it, except what `deleter` has elsewhere.
fn delete(root: Id, deleter: &Index<'_>, editor: &Index<'_>, ids: &mut HashSet<Id>) {
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        ids.remove(&id);
        let members = editor.members(Some(id)).into_iter();
        waiting.extend(members.filter(|&id| !deleter.contains(id)));
    }
}
