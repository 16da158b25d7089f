//! The only ways in which a plan changes. Each edit has an inverse, and some have a key by which
//! consecutive ones are one step to the user. Labels in Japanese are made in `session/words.rs`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::form::{Form, Key, Slot};

use super::{
    about::About,
    find::Path,
    handout::Round,
    id::Id,
    measure::Measure,
    model::{Node, Plan},
    reposts::reposts_in,
    sound::PlanError,
    style::Style,
    text::with_lf,
    values::Values,
};

/// One change to a plan. It can be written down, so that undoing outlives a crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// A text of a node, or of the plan as a whole (`None`); a choice is the key of what is chosen,
    /// or nothing.
    Text {
        id: Option<Id>,
        at: Slot,
        text: String,
    },
    /// A node's own part of its number.
    Number {
        id: Id,
        number: Option<u32>,
    },
    Repost {
        id: Id,
        source: Option<Id>,
    },
    /// All readings and measured values of a node.
    Measures {
        id: Id,
        measures: Vec<Measure>,
    },
    About(About),
    /// Another form. What was said in fields that it does not have is kept.
    Form(Arc<Form>),
    /// The rules of writing and the findings to ignore.
    Style(Style),
    /// Handing out and collecting: who fills in what, and how far each has come.
    Round(Round),
    /// Put a branch in `parent` (`None` for the top), before what is at `position`.
    Insert {
        parent: Option<Id>,
        position: usize,
        branch: Arc<Node>,
    },
    Remove {
        id: Id,
    },
    /// Put a node elsewhere; `position` does not count the node itself.
    Move {
        id: Id,
        parent: Option<Id>,
        position: usize,
    },
    /// Everything at once: another version of the same plan, merged or recovered, or the same plan
    /// in another form.
    Whole {
        about: About,
        form: Arc<Form>,
        values: Values,
        style: Style,
        round: Round,
        nodes: Vec<Arc<Node>>,
    },
    /// Several edits that are one step; either all are applied or none.
    Group(Vec<Edit>),
}

/// Why an edit does not fit the plan. The plan is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("編集しようとした項目がありません（id {0}）")]
    NoSuchNode(Id),
    #[error("そこには置けません（id {0}）")]
    WrongPlace(Id),
    /// The plan as a whole has fields only: no file could hold the rest.
    #[error("計画全体に「{0}」は書けません")]
    NotOfPlan(Slot),
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl Edit {
    /// Consecutive edits with the same key are one step of undo: the same text typed in the same
    /// field.
    pub fn coalescing_key(&self) -> Option<(Option<Id>, Slot)> {
        match self {
            Self::Text { id, at, .. } => Some((*id, *at)),
            _ => None,
        }
    }

    /// The node that the edit is about, if it is about one.
    pub fn subject(&self) -> Option<Id> {
        match self {
            Self::Text { id, .. } => *id,
            Self::Number { id, .. }
            | Self::Repost { id, .. }
            | Self::Measures { id, .. }
            | Self::Remove { id }
            | Self::Move { id, .. } => Some(*id),
            Self::Insert { branch, .. } => Some(branch.id),
            Self::Group(edits) => edits.first().and_then(Self::subject),
            Self::About(_)
            | Self::Form(_)
            | Self::Style(_)
            | Self::Round(_)
            | Self::Whole { .. } => None,
        }
    }

    /// The edit that turns any plan into this one.
    pub fn whole(plan: &Plan) -> Self {
        Self::Whole {
            about: plan.about().clone(),
            form: Arc::clone(plan.form()),
            values: plan.values().clone(),
            style: plan.style().clone(),
            round: plan.round().clone(),
            nodes: plan.top().to_vec(),
        }
    }
}

impl Plan {
    /// Applies one edit and returns the edit that takes it back.
    ///
    /// # Errors
    /// When the edit does not fit this plan; the plan is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        let mut reposts = Vec::new();
        let inverse = self.make(edit, &mut reposts)?;
        // Once for all that a group changes: each of its reposts may lead over all others.
        if let Err(circle) = self.refuse_circles(&reposts) {
            self.make(&inverse, &mut reposts)?;
            return Err(circle.into());
        }
        Ok(inverse)
    }

    /// Makes an edit, and notes the reposts that are new or lead elsewhere now: where they lead is
    /// still to be looked at.
    fn make(&mut self, edit: &Edit, reposts: &mut Vec<Id>) -> Result<Edit, EditError> {
        match edit {
            Edit::Text { id, at, text } => self.set_text(*id, *at, text),
            Edit::Number { id, number } => {
                let number = std::mem::replace(&mut self.node_mut(*id)?.number, *number);
                Ok(Edit::Number { id: *id, number })
            }
            Edit::Repost { id, source } => self.set_repost(*id, *source, reposts),
            Edit::Measures { id, measures } => {
                let measures = measures.iter().cloned().map(Measure::with_lf).collect();
                let before = std::mem::replace(&mut self.node_mut(*id)?.measures, measures);
                Ok(Edit::Measures {
                    id: *id,
                    measures: before,
                })
            }
            Edit::Style(style) => {
                let style = style.clone().with_lf();
                let before = std::mem::replace(Arc::make_mut(&mut self.style), style);
                Ok(Edit::Style(before))
            }
            Edit::Round(round) => {
                let round = round.clone().with_lf();
                let before = std::mem::replace(Arc::make_mut(&mut self.round), round);
                Ok(Edit::Round(before))
            }
            Edit::About(about) => {
                let mut about = about.clone();
                about.organisation = with_lf(about.organisation);
                self.form.require(&about, &[])?;
                let before = std::mem::replace(Arc::make_mut(&mut self.about), about);
                Ok(Edit::About(before))
            }
            Edit::Form(form) => {
                form.require(&self.about, &self.nodes)?;
                let before = std::mem::replace(&mut self.form, Arc::clone(form));
                Ok(Edit::Form(before))
            }
            Edit::Insert {
                parent,
                position,
                branch,
            } => {
                self.insert(*parent, *position, branch)?;
                reposts.extend(reposts_in(branch));
                Ok(Edit::Remove { id: branch.id })
            }
            Edit::Remove { id } => self.remove(*id),
            Edit::Move {
                id,
                parent,
                position,
            } => self.move_to(*id, *parent, *position),
            Edit::Whole {
                about,
                form,
                values,
                style,
                round,
                nodes,
            } => {
                let plan = Plan::new(about.clone(), Arc::clone(form), nodes.clone())?
                    .with_values(values.clone())
                    .with_style(style.clone())
                    .with_round(round.clone());
                let before = std::mem::replace(self, plan);
                Ok(Edit::whole(&before))
            }
            Edit::Group(edits) => self.make_all(edits, reposts),
        }
    }

    fn make_all(&mut self, edits: &[Edit], reposts: &mut Vec<Id>) -> Result<Edit, EditError> {
        let before = self.clone();
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.make(edit, reposts) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    *self = before;
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Group(inverses))
    }

    fn set_text(&mut self, id: Option<Id>, at: Slot, text: &str) -> Result<Edit, EditError> {
        let text = with_lf(text.to_owned());
        let text = match id {
            None if at.is_field() => Arc::make_mut(&mut self.values).set(at, text),
            None => return Err(EditError::NotOfPlan(at)),
            Some(id) => self.node_mut(id)?.set_text(at, text),
        };
        Ok(Edit::Text { id, at, text })
    }

    fn set_repost(
        &mut self,
        id: Id,
        source: Option<Id>,
        reposts: &mut Vec<Id>,
    ) -> Result<Edit, EditError> {
        let before = std::mem::replace(&mut self.node_mut(id)?.repost_of, source);
        self.forget_ends();
        reposts.push(id);
        Ok(Edit::Repost { id, source: before })
    }

    fn insert(
        &mut self,
        parent: Option<Id>,
        position: usize,
        branch: &Arc<Node>,
    ) -> Result<(), EditError> {
        let wrong = || EditError::WrongPlace(branch.id);
        let path = match parent {
            None => Path::new(),
            Some(parent) => self.path(parent).ok_or_else(wrong)?,
        };
        let level = parent.and_then(|it| self.node(it)).map(|node| node.level);
        let branches = std::slice::from_ref(branch);
        self.form.require_in(level, branches, path.len() + 1)?;
        // The place first: an id that is there already is found before anything is changed.
        let nodes = Arc::make_mut(&mut self.nodes);
        let siblings = siblings_at(nodes, &path).ok_or_else(wrong)?;
        Arc::make_mut(&mut self.places).put(branch, parent, siblings, position)?;
        siblings.insert(position.min(siblings.len()), Arc::clone(branch));
        if reposts_in(branch).next().is_some() {
            self.forget_ends();
        }
        Ok(())
    }

    fn remove(&mut self, id: Id) -> Result<Edit, EditError> {
        let missing = || EditError::NoSuchNode(id);
        let mut path = self.path(id).ok_or_else(missing)?;
        let parent = self.parent(id);
        let position = path.pop().ok_or_else(missing)?;
        let siblings = siblings_at(Arc::make_mut(&mut self.nodes), &path).ok_or_else(missing)?;
        if position >= siblings.len() {
            return Err(missing());
        }
        let branch = siblings.remove(position);
        Arc::make_mut(&mut self.places).remove(&branch);
        if reposts_in(&branch).next().is_some() {
            self.forget_ends();
        }
        Ok(Edit::Insert {
            parent,
            position,
            branch,
        })
    }

    fn move_to(&mut self, id: Id, parent: Option<Id>, position: usize) -> Result<Edit, EditError> {
        let level = self.node(id).ok_or(EditError::NoSuchNode(id))?.level;
        if !self.can_hold(parent, level) {
            return Err(EditError::WrongPlace(id));
        }
        // Who stands elsewhere still repeats the same.
        let ends = Arc::clone(&self.ends);
        let Edit::Insert {
            parent: old_parent,
            position: old_position,
            branch,
        } = self.remove(id)?
        else {
            return Err(EditError::NoSuchNode(id));
        };
        if let Err(error) = self.insert(parent, position, &branch) {
            self.insert(old_parent, old_position, &branch)?;
            return Err(error);
        }
        self.ends = ends;
        Ok(Edit::Move {
            id,
            parent: old_parent,
            position: old_position,
        })
    }

    /// Whether a branch may be in `parent` (`None` is the top), with all that is in it.
    pub(super) fn has_place(&self, parent: Option<Id>, branch: &Arc<Node>) -> bool {
        let depth = match parent.map(|parent| self.path(parent)) {
            None => 0,
            Some(Some(path)) => path.len(),
            Some(None) => return false,
        };
        let level = parent.and_then(|it| self.node(it)).map(|node| node.level);
        let branches = std::slice::from_ref(branch);
        self.form.require_in(level, branches, depth + 1).is_ok()
    }

    /// Whether a node of this level may be in `parent` (`None` is the top).
    pub fn can_hold(&self, parent: Option<Id>, level: Key) -> bool {
        let parent = match parent {
            None => None,
            Some(id) => match self.node(id) {
                Some(node) => Some(node.level),
                None => return false,
            },
        };
        self.form.can_hold(parent, level)
    }

    fn node_mut(&mut self, id: Id) -> Result<&mut Node, EditError> {
        let missing = || EditError::NoSuchNode(id);
        let mut path = self.path(id).ok_or_else(missing)?;
        let position = path.pop().ok_or_else(missing)?;
        let siblings = siblings_at(Arc::make_mut(&mut self.nodes), &path).ok_or_else(missing)?;
        let node = siblings.get_mut(position).ok_or_else(missing)?;
        Ok(Arc::make_mut(node))
    }
}

/// The nodes in the node at this path; those at the top for the empty path.
fn siblings_at<'a>(nodes: &'a mut Vec<Arc<Node>>, path: &Path) -> Option<&'a mut Vec<Arc<Node>>> {
    path.iter().try_fold(nodes, |siblings, &position| {
        let node = siblings.get_mut(position)?;
        Some(&mut Arc::make_mut(node).children)
    })
}
