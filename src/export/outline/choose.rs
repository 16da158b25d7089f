//! Which issues, strategies and initiatives of a plan are said.

use std::sync::Arc;

use crate::plan::{
    Entry, Form, Initiative, Issue, NoSuchSection, Number, Plan, Section, Strategy, title_or_none,
};

use super::{Chapter, Contents, Heading, Outline, Repost, Row, Scope, StatusLine, Table, words};

impl<'a> Outline<'a> {
    /// All of a plan.
    pub fn whole(plan: &'a Plan, form: &'a Form) -> Self {
        Self::chosen(plan, form, Scope::default())
    }

    /// All of a plan, or of a section of it.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn of(
        plan: &'a Plan,
        section: Option<Section>,
        form: &'a Form,
    ) -> Result<Self, NoSuchSection> {
        let scope = Scope {
            section,
            ..Scope::default()
        };
        Self::within(plan, form, scope)
    }

    /// So much of a plan.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn within(plan: &'a Plan, form: &'a Form, scope: Scope) -> Result<Self, NoSuchSection> {
        if let Some(section) = scope.section {
            section.require_in(plan)?;
        }
        Ok(Self::chosen(plan, form, scope))
    }

    fn chosen(plan: &'a Plan, form: &'a Form, scope: Scope) -> Self {
        let choosing = Choosing { plan, form, scope };
        let chapters = plan.issues().iter();
        Self {
            name: words::plan_name(plan.about()),
            section: scope.section.map(|section| section.number().name()),
            as_of: words::as_of(plan.about()),
            only: scope.only_attention.then_some(words::ONLY_ATTENTION),
            chapters: chapters.filter_map(|it| choosing.chapter(it)).collect(),
            plan,
            form,
        }
    }
}

struct Choosing<'a> {
    plan: &'a Plan,
    form: &'a Form,
    scope: Scope,
}

impl<'a> Choosing<'a> {
    fn touches(&self, number: Number) -> bool {
        let section = self.scope.section;
        section.is_none_or(|section| section.touches(number))
    }

    fn holds(&self, entry: &Entry<'_>) -> bool {
        let section = self.scope.section;
        section.is_none_or(|section| section.holds(entry))
            && (!self.scope.only_attention || needs_attention(entry.initiative))
    }

    /// Whether a heading is worth showing above no row: it is where nothing stands under it in the
    /// plan either, and everything is asked for.
    fn is_shown_empty(&self, has_children: bool) -> bool {
        !has_children && !self.scope.only_attention
    }

    fn chapter(&self, issue: &'a Arc<Issue>) -> Option<Chapter<'a>> {
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        if !self.touches(number) {
            return None;
        }
        let strategies = issue.strategies.iter();
        let mut tables: Vec<Table<'a>> = strategies
            .filter_map(|strategy| self.table(issue, strategy))
            .collect();
        let direct = self.rows(issue, None, &issue.initiatives);
        let has_children = !issue.strategies.is_empty() || !issue.initiatives.is_empty();
        let stands_empty = tables.is_empty() && self.is_shown_empty(has_children);
        if !direct.is_empty() || stands_empty {
            tables.push(Table {
                strategy: None,
                rows: direct,
            });
        }
        (!tables.is_empty()).then(|| Chapter {
            issue,
            number,
            heading: number.heading(&issue.title),
            wording: self.form.wording(number),
            tables,
        })
    }

    fn table(&self, issue: &'a Arc<Issue>, strategy: &'a Arc<Strategy>) -> Option<Table<'a>> {
        let number = Number {
            issue: issue.number,
            strategy: Some(strategy.number),
            initiative: None,
        };
        if !self.touches(number) {
            return None;
        }
        let rows = self.rows(issue, Some(strategy), &strategy.initiatives);
        if rows.is_empty() && !self.is_shown_empty(!strategy.initiatives.is_empty()) {
            return None;
        }
        let heading = Heading {
            strategy,
            number,
            text: number.heading(&strategy.title),
        };
        Some(Table {
            strategy: Some(heading),
            rows,
        })
    }

    fn rows(
        &self,
        issue: &'a Arc<Issue>,
        strategy: Option<&'a Arc<Strategy>>,
        initiatives: &'a [Arc<Initiative>],
    ) -> Vec<Row<'a>> {
        let entry = |initiative| Entry {
            issue,
            strategy,
            initiative,
        };
        let entries = initiatives.iter().map(entry);
        entries
            .filter(|entry| self.holds(entry))
            .map(|entry| self.row(entry.initiative, entry.number()))
            .collect()
    }

    fn row(&self, initiative: &'a Arc<Initiative>, number: Number) -> Row<'a> {
        let title = title_or_none(&initiative.title);
        if initiative.repost_of.is_none() {
            return Row {
                initiative,
                number,
                title,
                repost: None,
                contents: Some(contents(initiative)),
                status: Some(StatusLine {
                    words: self.status(initiative, number),
                    counted: Some(initiative.status.standing()),
                }),
            };
        }
        let source = self.plan.repost_source(initiative);
        let source = source.and_then(|source| Some((source, self.plan.number(source.id)?)));
        let line = source.map_or_else(
            || words::NO_SOURCE.to_owned(),
            |(_, number)| self.form.repost_line(number),
        );
        let full = source.filter(|_| self.scope.full_reposts);
        Row {
            initiative,
            number,
            title,
            repost: Some(Repost {
                line,
                source: source.map(|(source, _)| source),
            }),
            contents: full.map(|(source, _)| contents(source)),
            status: source.map(|(source, number)| StatusLine {
                words: format!("{}{}", words::OF_SOURCE, self.status(source, number)),
                counted: None,
            }),
        }
    }

    /// A state in the words of the part in which its initiative stands.
    fn status(&self, initiative: &Initiative, number: Number) -> String {
        let line = self.form.wording(number).status_line(initiative.status);
        line.unwrap_or_else(|| words::UNASSESSED.to_owned())
    }
}

fn needs_attention(initiative: &Initiative) -> bool {
    initiative.repost_of.is_none() && initiative.status.standing().is_bad()
}

fn contents(initiative: &Initiative) -> Contents<'_> {
    Contents {
        results: &initiative.results,
        target: &initiative.target,
        notes: &initiative.notes,
    }
}
