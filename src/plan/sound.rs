//! What a plan may not be: two nodes of one id, a node where its form has no place for it, a repost
//! that leads back to itself.

use std::sync::Arc;

use crate::form::{Form, Key, MAX_DEPTH};

use super::{about::About, id::Id, model::Node};

/// Why a tree is not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Two nodes with one identity: an edit to one could land in the other.
    #[error("同じ id が二つあります（{0}）")]
    DuplicateId(Id),
    /// A node that repeats itself, directly or in a circle.
    #[error("再掲が自分自身に戻っています（id {0}）")]
    CircularRepost(Id),
    #[error("様式に「{level}」という階層がありません（id {id}）")]
    NoSuchLevel { id: Id, level: Key },
    #[error("様式では「{level}」をここに置けません（id {id}）")]
    WrongPlace { id: Id, level: String },
    #[error("様式に「{0}」という振り返りがありません")]
    NoSuchReview(Key),
    #[error("入れ子が深すぎます（id {0}）")]
    TooDeep(Id),
}

impl Form {
    /// # Errors
    /// When a plan of this form cannot hold these nodes, or look back at this review.
    pub(super) fn require(&self, about: &About, nodes: &[Arc<Node>]) -> Result<(), PlanError> {
        if !self.reviews.is_empty() && self.review(about.review).is_none() {
            return Err(PlanError::NoSuchReview(about.review));
        }
        self.require_in(None, nodes, 1)
    }

    /// # Errors
    /// When these nodes cannot stand in a node of this level, or at the top (`None`).
    pub(super) fn require_in(
        &self,
        parent: Option<Key>,
        nodes: &[Arc<Node>],
        depth: usize,
    ) -> Result<(), PlanError> {
        for node in nodes {
            let (id, level) = (node.id, node.level);
            let Some(its) = self.find_level(level) else {
                return Err(PlanError::NoSuchLevel { id, level });
            };
            if depth > MAX_DEPTH {
                return Err(PlanError::TooDeep(id));
            }
            if !self.can_hold(parent, level) {
                let level = its.name.clone();
                return Err(PlanError::WrongPlace { id, level });
            }
            self.require_in(Some(level), &node.children, depth + 1)?;
        }
        Ok(())
    }
}
