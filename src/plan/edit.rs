//! The only ways in which a plan changes. Each edit has an inverse, and some have a key by which
//! consecutive ones are one step to the user. Labels in Japanese are made in `ui/words`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    about::About,
    branch::Branch,
    find::Path,
    handout::Round,
    id::Id,
    kind::Kind,
    measure::Measure,
    model::{Initiative, Issue, Plan, PlanError, Strategy},
    reposts::reposts_in,
    status::{Outlook, Progress},
    style::Style,
    text::with_lf,
    text_field::TextField,
};

/// One change to a plan. It can be written down, so that undoing outlives a crash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    Text {
        id: Id,
        field: TextField,
        text: String,
    },
    /// A node's own part of its number; only an issue may have none.
    Number {
        id: Id,
        number: Option<u32>,
    },
    Outlook {
        id: Id,
        outlook: Option<Outlook>,
    },
    Progress {
        id: Id,
        progress: Option<Progress>,
    },
    Repost {
        id: Id,
        source: Option<Id>,
    },
    /// All readings and measured values of an initiative.
    Measures {
        id: Id,
        measures: Vec<Measure>,
    },
    About(About),
    /// The rules of writing and the findings to ignore.
    Style(Style),
    /// Handing out and collecting: who fills in what, and how far each has come.
    Round(Round),
    /// Put a branch in `parent` (`None` for an issue), before what is at `position`.
    Insert {
        parent: Option<Id>,
        position: usize,
        branch: Branch,
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
    /// Everything at once: another version of the same plan, merged or recovered.
    Whole {
        about: About,
        style: Style,
        /// Missing in what was written before there were rounds.
        #[serde(default)]
        round: Round,
        issues: Vec<Arc<Issue>>,
    },
    /// Several edits that are one step; either all are applied or none.
    Group(Vec<Edit>),
}

/// Why an edit does not fit the plan. The plan is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("編集しようとした項目がありません（id {0}）")]
    NoSuchNode(Id),
    #[error("この項目にその欄はありません（id {0}）")]
    NoSuchField(Id),
    #[error("そこには置けません（id {0}）")]
    WrongPlace(Id),
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl Edit {
    /// Consecutive edits with the same key are one step of undo: the same text typed in the same
    /// field.
    pub fn coalescing_key(&self) -> Option<(Id, TextField)> {
        match self {
            Self::Text { id, field, .. } => Some((*id, *field)),
            _ => None,
        }
    }

    /// The node that the edit is about, if it is about one.
    pub fn subject(&self) -> Option<Id> {
        match self {
            Self::Text { id, .. }
            | Self::Number { id, .. }
            | Self::Outlook { id, .. }
            | Self::Progress { id, .. }
            | Self::Repost { id, .. }
            | Self::Measures { id, .. }
            | Self::Remove { id }
            | Self::Move { id, .. } => Some(*id),
            Self::Insert { branch, .. } => Some(branch.id()),
            Self::Group(edits) => edits.first().and_then(Self::subject),
            Self::About(_) | Self::Style(_) | Self::Round(_) | Self::Whole { .. } => None,
        }
    }

    /// The edit that turns any plan into this one.
    pub fn whole(plan: &Plan) -> Self {
        Self::Whole {
            about: plan.about().clone(),
            style: plan.style().clone(),
            round: plan.round().clone(),
            issues: plan.issues().to_vec(),
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
            Edit::Text { id, field, text } => self.set_text(*id, *field, text),
            Edit::Number { id, number } => self.set_number(*id, *number),
            Edit::Outlook { id, outlook } => {
                let initiative = self.initiative_mut(*id)?;
                let outlook = std::mem::replace(&mut initiative.status.outlook, *outlook);
                Ok(Edit::Outlook { id: *id, outlook })
            }
            Edit::Progress { id, progress } => {
                let initiative = self.initiative_mut(*id)?;
                let progress = std::mem::replace(&mut initiative.status.progress, *progress);
                Ok(Edit::Progress { id: *id, progress })
            }
            Edit::Repost { id, source } => self.set_repost(*id, *source, reposts),
            Edit::Measures { id, measures } => {
                let measures = measures.iter().cloned().map(Measure::with_lf).collect();
                let before = std::mem::replace(&mut self.initiative_mut(*id)?.measures, measures);
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
                let before = std::mem::replace(Arc::make_mut(&mut self.about), about);
                Ok(Edit::About(before))
            }
            Edit::Insert {
                parent,
                position,
                branch,
            } => {
                self.insert(*parent, *position, branch)?;
                reposts.extend(reposts_in(branch));
                Ok(Edit::Remove { id: branch.id() })
            }
            Edit::Remove { id } => self.remove(*id),
            Edit::Move {
                id,
                parent,
                position,
            } => self.move_to(*id, *parent, *position),
            Edit::Whole {
                about,
                style,
                round,
                issues,
            } => {
                let plan = Plan::new(about.clone(), issues.clone())?
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

    fn set_text(&mut self, id: Id, field: TextField, text: &str) -> Result<Edit, EditError> {
        let slot = match self.node_mut(id)? {
            NodeMut::Issue(issue) if field == TextField::Title => &mut issue.title,
            NodeMut::Strategy(strategy) if field == TextField::Title => &mut strategy.title,
            NodeMut::Initiative(initiative) => initiative.text_mut(field),
            NodeMut::Issue(_) | NodeMut::Strategy(_) => return Err(EditError::NoSuchField(id)),
        };
        let text = std::mem::replace(slot, with_lf(text.to_owned()));
        Ok(Edit::Text { id, field, text })
    }

    fn set_number(&mut self, id: Id, number: Option<u32>) -> Result<Edit, EditError> {
        let required = number.ok_or(EditError::NoSuchField(id));
        let before = match self.node_mut(id)? {
            NodeMut::Issue(issue) => std::mem::replace(&mut issue.number, number),
            NodeMut::Strategy(strategy) => Some(std::mem::replace(&mut strategy.number, required?)),
            NodeMut::Initiative(initiative) => {
                Some(std::mem::replace(&mut initiative.number, required?))
            }
        };
        Ok(Edit::Number { id, number: before })
    }

    fn set_repost(
        &mut self,
        id: Id,
        source: Option<Id>,
        reposts: &mut Vec<Id>,
    ) -> Result<Edit, EditError> {
        let before = std::mem::replace(&mut self.initiative_mut(id)?.repost_of, source);
        self.forget_ends();
        reposts.push(id);
        Ok(Edit::Repost { id, source: before })
    }

    fn insert(
        &mut self,
        parent: Option<Id>,
        position: usize,
        branch: &Branch,
    ) -> Result<(), EditError> {
        let id = branch.id();
        let home = self
            .home(parent, branch.kind())
            .ok_or(EditError::WrongPlace(id))?;
        let places = Arc::make_mut(&mut self.places);
        let issues = Arc::make_mut(&mut self.issues);
        // The place first: an id that is there already is found before anything is changed.
        match (branch, home) {
            (Branch::Issue(issue), Home::Plan) => {
                places.put(branch, None, issues, position)?;
                insert_at(issues, position, issue);
            }
            (Branch::Strategy(strategy), Home::Issue(i)) => {
                let issue = issues.get_mut(i).ok_or(EditError::WrongPlace(id))?;
                places.put(branch, parent, &issue.strategies, position)?;
                insert_at(&mut Arc::make_mut(issue).strategies, position, strategy);
            }
            (Branch::Initiative(initiative), Home::Issue(i)) => {
                let issue = issues.get_mut(i).ok_or(EditError::WrongPlace(id))?;
                places.put(branch, parent, &issue.initiatives, position)?;
                insert_at(&mut Arc::make_mut(issue).initiatives, position, initiative);
            }
            (Branch::Initiative(initiative), Home::Strategy(i, s)) => {
                let strategies = issues.get_mut(i).map(|i| &mut Arc::make_mut(i).strategies);
                let strategy = strategies.and_then(|strategies| strategies.get_mut(s));
                let strategy = strategy.ok_or(EditError::WrongPlace(id))?;
                places.put(branch, parent, &strategy.initiatives, position)?;
                let strategy = Arc::make_mut(strategy);
                insert_at(&mut strategy.initiatives, position, initiative);
            }
            // `home` returns no other pairs.
            _ => return Err(EditError::WrongPlace(id)),
        }
        if reposts_in(branch).next().is_some() {
            self.forget_ends();
        }
        Ok(())
    }

    fn remove(&mut self, id: Id) -> Result<Edit, EditError> {
        let path = self.path(id).ok_or(EditError::NoSuchNode(id))?;
        let parent = self.parent(id);
        let (position, branch) = self.take(path).ok_or(EditError::NoSuchNode(id))?;
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
        let kind = self.node(id).ok_or(EditError::NoSuchNode(id))?.kind();
        self.home(parent, kind).ok_or(EditError::WrongPlace(id))?;
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

    /// Takes a branch out of the tree; the index of places is the caller's to mend.
    fn take(&mut self, path: Path) -> Option<(usize, Branch)> {
        let issues = Arc::make_mut(&mut self.issues);
        match path {
            Path::Issue(i) => {
                let issue = remove_at(issues, i)?;
                Some((i, Branch::Issue(issue)))
            }
            Path::Strategy(i, s) => {
                let issue = Arc::make_mut(issues.get_mut(i)?);
                let strategy = remove_at(&mut issue.strategies, s)?;
                Some((s, Branch::Strategy(strategy)))
            }
            Path::Initiative(i, s, n) => {
                let issue = Arc::make_mut(issues.get_mut(i)?);
                let strategy = Arc::make_mut(issue.strategies.get_mut(s)?);
                let initiative = remove_at(&mut strategy.initiatives, n)?;
                Some((n, Branch::Initiative(initiative)))
            }
            Path::Direct(i, n) => {
                let issue = Arc::make_mut(issues.get_mut(i)?);
                let initiative = remove_at(&mut issue.initiatives, n)?;
                Some((n, Branch::Initiative(initiative)))
            }
        }
    }

    /// Where in `parent` a node of this kind would go; `None` if it cannot.
    fn home(&self, parent: Option<Id>, kind: Kind) -> Option<Home> {
        let Some(parent) = parent else {
            return (kind == Kind::Issue).then_some(Home::Plan);
        };
        match (self.path(parent)?, kind) {
            (Path::Issue(i), Kind::Strategy | Kind::Initiative) => Some(Home::Issue(i)),
            (Path::Strategy(i, s), Kind::Initiative) => Some(Home::Strategy(i, s)),
            _ => None,
        }
    }

    /// Whether a node of this kind may be in `parent` (`None` is the top).
    pub fn can_hold(&self, parent: Option<Id>, kind: Kind) -> bool {
        self.home(parent, kind).is_some()
    }

    fn node_mut(&mut self, id: Id) -> Result<NodeMut<'_>, EditError> {
        let path = self.path(id).ok_or(EditError::NoSuchNode(id))?;
        self.node_mut_at(path).ok_or(EditError::NoSuchNode(id))
    }

    fn node_mut_at(&mut self, path: Path) -> Option<NodeMut<'_>> {
        let issues = Arc::make_mut(&mut self.issues);
        let (Path::Issue(i) | Path::Strategy(i, _) | Path::Direct(i, _) | Path::Initiative(i, ..)) =
            path;
        let issue = Arc::make_mut(issues.get_mut(i)?);
        match path {
            Path::Issue(_) => Some(NodeMut::Issue(issue)),
            Path::Strategy(_, s) => {
                let strategy = Arc::make_mut(issue.strategies.get_mut(s)?);
                Some(NodeMut::Strategy(strategy))
            }
            Path::Direct(_, n) => {
                let initiative = Arc::make_mut(issue.initiatives.get_mut(n)?);
                Some(NodeMut::Initiative(initiative))
            }
            Path::Initiative(_, s, n) => {
                let strategy = Arc::make_mut(issue.strategies.get_mut(s)?);
                let initiative = Arc::make_mut(strategy.initiatives.get_mut(n)?);
                Some(NodeMut::Initiative(initiative))
            }
        }
    }

    fn initiative_mut(&mut self, id: Id) -> Result<&mut Initiative, EditError> {
        match self.node_mut(id)? {
            NodeMut::Initiative(initiative) => Ok(initiative),
            NodeMut::Issue(_) | NodeMut::Strategy(_) => Err(EditError::NoSuchField(id)),
        }
    }
}

enum NodeMut<'a> {
    Issue(&'a mut Issue),
    Strategy(&'a mut Strategy),
    Initiative(&'a mut Initiative),
}

enum Home {
    Plan,
    Issue(usize),
    Strategy(usize, usize),
}

fn insert_at<T>(list: &mut Vec<Arc<T>>, position: usize, item: &Arc<T>) {
    list.insert(position.min(list.len()), Arc::clone(item));
}

fn remove_at<T>(list: &mut Vec<Arc<T>>, position: usize) -> Option<Arc<T>> {
    (position < list.len()).then(|| list.remove(position))
}
