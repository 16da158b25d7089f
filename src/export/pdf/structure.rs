//! The structure of the document as krilla's tags, and its headings as bookmarks.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    tagging::{Identifier, Node as Child, TableHeaderScope, Tag, TagGroup, TagKind, TagTree},
};

use crate::export::pages::{Bookmark, Node, Role};

/// The nodes, with what has been drawn of each.
///
/// There are as many as lines of text, so what is kept of one here is little, and its tag is made
/// when it is put in its place.
pub struct Structure {
    nodes: Vec<Node>,
    /// In the order in which it was drawn.
    drawn: Vec<(usize, Identifier)>,
}

impl Structure {
    pub const fn new(nodes: Vec<Node>) -> Self {
        Self {
            nodes,
            drawn: Vec::new(),
        }
    }

    /// Records that something which was drawn belongs to a node.
    pub fn add(&mut self, node: usize, identifier: Identifier) {
        self.drawn.push((node, identifier));
    }

    /// The tree of all tags.
    pub fn finish(self) -> TagTree {
        let Self { nodes, mut drawn } = self;
        drawn.sort_by_key(|(node, _)| *node);
        let mut counts = vec![0; nodes.len()];
        for parent in nodes.iter().filter_map(|node| node.parent) {
            if let Some(count) = counts.get_mut(parent) {
                *count += 1;
            }
        }
        let mut tree = TagTree::new().with_lang(Some("ja".to_owned()));
        let mut roots = Vec::new();
        let mut children: Vec<Vec<Child>> = Vec::new();
        children.resize_with(nodes.len(), Vec::new);
        // A node holds either other nodes or what is drawn, never both. Every node stands after its
        // parent: from the last one on, each is whole when it is moved into its parent. Moving from
        // the end turns the order of siblings round.
        for (n, node) in nodes.iter().enumerate().rev() {
            let mut inside = children.pop().unwrap_or_default();
            inside.reverse();
            let begin = drawn.partition_point(|(node, _)| *node < n);
            let leaves = drawn.drain(begin..);
            inside.reserve_exact(leaves.len());
            inside.extend(leaves.map(|(_, identifier)| Child::from(identifier)));
            // An empty line is no paragraph.
            if node.role == Role::Paragraph && inside.is_empty() {
                continue;
            }
            let group = TagGroup::with_children(tag(&node.role), inside);
            let Some((parent, siblings)) = node
                .parent
                .and_then(|parent| Some((parent, children.get_mut(parent)?)))
            else {
                roots.push(group);
                continue;
            };
            if siblings.is_empty() {
                siblings.reserve_exact(counts.get(parent).copied().unwrap_or_default());
            }
            siblings.push(group.into());
        }
        for group in roots.into_iter().rev() {
            tree.push(group);
        }
        tree
    }
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Heading { level, title } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeading => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeading => Tag::TH(TableHeaderScope::Row).into(),
        Role::GroupHeading { columns } => {
            let heading = Tag::TH(TableHeaderScope::Row);
            heading.with_col_span(NonZeroU32::new(*columns)).into()
        }
        Role::Cell { columns } => {
            let span = NonZeroU32::new(*columns).filter(|columns| columns.get() > 1);
            Tag::TD.with_col_span(span).into()
        }
    }
}

/// Headings as bookmarks: the title, then the chapters with what stands below them.
pub fn bookmarks(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    // The headings in which the next one may stand, the highest first.
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let mut close = |open: &mut Vec<(u16, OutlineNode)>, level: u16| {
        while let Some((_, node)) = open.pop_if(|(above, _)| *above >= level) {
            match open.last_mut() {
                Some((_, above)) => above.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for bookmark in bookmarks {
        let at = Point::from_xy(0.0, bookmark.y);
        let node = OutlineNode::new(
            bookmark.text.clone(),
            XyzDestination::new(bookmark.page, at),
        );
        // The chapters stand beside the title, not in it.
        let level = bookmark.level.max(2);
        close(&mut open, level);
        open.push((level, node));
    }
    close(&mut open, 0);
    outline
}
