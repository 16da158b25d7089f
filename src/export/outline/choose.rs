//! Which nodes of a plan are said, and how they become headings and tables.
//!
//! A node of a level without columns is a heading. One of a level with columns is a row; it has a
//! heading too where none of its columns has its title, and where only something in it is said and
//! not itself.

use std::sync::Arc;

use arrayvec::ArrayVec;

use crate::{
    form::MAX_DEPTH,
    plan::{Entry, NoSuchSection, Node, Plan, Section, title_or_none},
};

use super::{Chapter, Outline, Part, Row, Scope, Table, View, cells, shows_title, words};

impl Scope {
    /// The rows that are in it, in order.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn entries(self, plan: &Plan) -> Result<impl Iterator<Item = Entry<'_>>, NoSuchSection> {
        self.require_in(plan)?;
        Ok(plan.rows().filter(move |entry| self.holds(plan, entry)))
    }

    fn require_in(&self, plan: &Plan) -> Result<(), NoSuchSection> {
        let section = self.section.as_ref();
        section.map_or(Ok(()), |section| section.require_in(plan))
    }

    /// Whether a node itself is in it.
    fn holds(&self, plan: &Plan, entry: &Entry<'_>) -> bool {
        let in_section = |section: &Section| section.holds(entry, plan.form());
        self.section.as_ref().is_none_or(in_section)
            && (!self.only_attention || needs_attention(plan, entry.node))
    }
}

fn needs_attention(plan: &Plan, node: &Node) -> bool {
    !node.is_repost() && plan.standing(node).is_bad()
}

impl<'a> Outline<'a> {
    /// All of a plan.
    pub fn whole(plan: &'a Plan) -> Self {
        Self::chosen(plan, &Scope::default())
    }

    /// All of a plan, or of a section of it.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn of(plan: &'a Plan, section: Option<Section>) -> Result<Self, NoSuchSection> {
        let scope = Scope {
            section,
            ..Scope::default()
        };
        Self::within(plan, &scope)
    }

    /// So much of a plan.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn within(plan: &'a Plan, scope: &Scope) -> Result<Self, NoSuchSection> {
        scope.require_in(plan)?;
        Ok(Self::chosen(plan, scope))
    }

    fn chosen(plan: &'a Plan, scope: &Scope) -> Self {
        let form = plan.form();
        let view = View {
            plan,
            full_reposts: scope.full_reposts,
            blank: scope.blank,
        };
        let is_all = scope.section.is_none() && !scope.only_attention;
        let choosing = Choosing { view, scope };
        let above = Place {
            above: ArrayVec::new(),
            heading: String::new(),
            depth: 0,
        };
        Self {
            name: match scope.blank {
                true => form.name.clone(),
                false => words::plan_name(plan),
            },
            section: scope.section.as_ref().and_then(|section| {
                let found = section.find_in(plan)?;
                Some(found.number().name(form))
            }),
            as_of: words::as_of(plan.about()),
            only: scope.only_attention.then(|| words::only_attention(form)),
            whole: if is_all {
                cells::of_plan(view)
            } else {
                Vec::new()
            },
            parts: choosing.parts(plan.top(), &above),
            view,
        }
    }
}

struct Choosing<'a, 's> {
    view: View<'a>,
    scope: &'s Scope,
}

/// What some siblings stand in.
struct Place<'a> {
    above: ArrayVec<&'a Arc<Node>, MAX_DEPTH>,
    /// The heading of what they stand in.
    heading: String,
    /// How many headings stand above them.
    depth: usize,
}

impl<'a> Choosing<'a, '_> {
    fn parts(&self, nodes: &'a [Arc<Node>], place: &Place<'a>) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        // Whether the last part is a table that the next row of its level belongs to.
        let mut is_open = false;
        for node in nodes {
            let entry = Entry {
                node,
                above: place.above.clone(),
            };
            is_open = self.part(entry, place, is_open, &mut parts);
        }
        parts
    }

    /// Adds a node and what is in it; returns whether a row may follow in the same table.
    fn part(
        &self,
        entry: Entry<'a>,
        place: &Place<'a>,
        is_open: bool,
        parts: &mut Vec<Part<'a>>,
    ) -> bool {
        let plan = self.view.plan;
        let (node, level) = (entry.node, plan.level(entry.node));
        let is_said = self.scope.holds(plan, &entry);
        let is_row = level.is_row() && is_said;
        let heading = self.heading(&entry);
        let is_chapter = !is_row || (!shows_title(level) && !heading.is_empty());
        let mut above = entry.above.clone();
        // No plan is deeper than there is room for.
        let _ = above.try_push(node);
        let inside = Place {
            above,
            heading: heading.clone(),
            depth: place.depth + usize::from(is_chapter),
        };
        let below = self.parts(&node.children, &inside);
        let row = is_row.then(|| Row {
            entry: entry.clone(),
            view: self.view,
        });
        if is_chapter {
            let mut all = Vec::new();
            if let Some(row) = row {
                all.push(Part::Table(Table {
                    level,
                    under: heading.clone(),
                    rows: vec![row],
                }));
            }
            all.extend(below);
            if all.is_empty() {
                // An empty heading is worth showing only if it is empty in the plan too.
                let is_asked_for = is_said && node.children.is_empty() && !level.is_row();
                if !is_asked_for {
                    return is_open;
                }
                all.extend(words::no_rows(plan.form(), level).map(Part::Nothing));
            }
            parts.push(Part::Chapter(Chapter {
                entry,
                heading,
                depth: place.depth,
                parts: all,
            }));
            return false;
        }
        let Some(row) = row else { return is_open };
        match parts.last_mut() {
            Some(Part::Table(table)) if is_open && table.level.key == level.key => {
                table.rows.push(row);
            }
            _ => parts.push(Part::Table(Table {
                level,
                under: place.heading.clone(),
                rows: vec![row],
            })),
        }
        let is_open = below.is_empty();
        parts.extend(below);
        is_open
    }

    /// The line above what a node holds.
    fn heading(&self, entry: &Entry<'_>) -> String {
        let form = self.view.plan.form();
        let level = form.level(entry.node.level);
        let number = entry.number().printed(form);
        let is_row = level.is_row();
        let title = match &*entry.node.title {
            title if self.view.blank || is_row => title.trim(),
            title => title_or_none(title),
        };
        // What has neither number nor title has nothing that could be said of it but its level.
        if is_row && number.is_empty() && title.is_empty() {
            return String::new();
        }
        match level.heading(&number, title) {
            heading if heading.is_empty() => level.name.clone(),
            heading => heading,
        }
    }
}
