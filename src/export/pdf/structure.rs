//! The structure of the document as krilla's tags, and its headings as bookmarks.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    tagging::{Identifier, Node as Child, TableHeaderScope, Tag, TagGroup, TagKind, TagTree},
};

use crate::export::pages::{Bookmark, Node, Pages, Role};

/// The nodes, with what has been drawn of each.
pub struct Structure<'a> {
    nodes: &'a [Node],
    drawn: Vec<Vec<Identifier>>,
}

impl<'a> Structure<'a> {
    pub fn new(pages: &'a Pages) -> Self {
        Self {
            nodes: &pages.nodes,
            drawn: vec![Vec::new(); pages.nodes.len()],
        }
    }

    /// Records that something which was drawn belongs to a node.
    pub fn add(&mut self, node: usize, identifier: Identifier) {
        if let Some(drawn) = self.drawn.get_mut(node) {
            drawn.push(identifier);
        }
    }

    /// The tree of all tags.
    pub fn finish(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("ja".to_owned()));
        let mut groups: Vec<TagGroup> = self
            .nodes
            .iter()
            .zip(self.drawn)
            .map(|(node, drawn)| {
                let leaves = drawn.into_iter().map(Child::from).collect();
                TagGroup::with_children(tag(&node.role), leaves)
            })
            .collect();
        let mut roots = Vec::new();
        // A node holds either other nodes or what is drawn, never both. Every node stands after its
        // parent: from the last one on, each is whole when it is moved into its parent. Moving from
        // the end turns the order of siblings round.
        for node in self.nodes.iter().rev() {
            let Some(mut group) = groups.pop() else { break };
            if matches!(group.children.first(), Some(Child::Group(_))) {
                group.children.reverse();
            }
            // An empty line is no paragraph.
            if node.role == Role::Paragraph && group.children.is_empty() {
                continue;
            }
            match node.parent.and_then(|parent| groups.get_mut(parent)) {
                Some(parent) => parent.push(group),
                None => roots.push(group),
            }
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

/// Headings as bookmarks: the title, then issues with their strategies below them.
pub fn bookmarks(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut issue: Option<OutlineNode> = None;
    for bookmark in bookmarks {
        let at = Point::from_xy(0.0, bookmark.y);
        let node = OutlineNode::new(
            bookmark.text.clone(),
            XyzDestination::new(bookmark.page, at),
        );
        match &mut issue {
            Some(issue) if bookmark.level > 2 => issue.push_child(node),
            _ => {
                if let Some(issue) = issue.replace(node) {
                    outline.push_child(issue);
                }
            }
        }
    }
    if let Some(issue) = issue {
        outline.push_child(issue);
    }
    outline
}
