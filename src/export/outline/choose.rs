//! Which issues, strategies and initiatives of a plan are said.

use std::sync::Arc;

use crate::plan::{
    Entry, Form, Initiative, Issue, NoSuchSection, Number, Plan, Section, Strategy, title_or_none,
};

use super::{
    Chapter, Contents, Heading, Outline, Repost, Row, Scope, StatusLine, Table, states::States,
    words,
};

impl Scope {
    /// The initiatives that are in it, in order.
    ///
    /// # Errors
    /// When the plan has no such section.
    pub fn entries(self, plan: &Plan) -> Result<impl Iterator<Item = Entry<'_>>, NoSuchSection> {
        self.require_in(plan)?;
        Ok(plan.entries().filter(move |entry| self.holds(entry)))
    }

    fn require_in(&self, plan: &Plan) -> Result<(), NoSuchSection> {
        self.section
            .map_or(Ok(()), |section| section.require_in(plan))
    }

    /// Whether an issue or a strategy with this number is in it, or stands above or below what is.
    fn touches(&self, number: Number) -> bool {
        self.section.is_none_or(|section| section.touches(number))
    }

    fn holds(&self, entry: &Entry<'_>) -> bool {
        self.section.is_none_or(|section| section.holds(entry))
            && (!self.only_attention || needs_attention(entry.initiative))
    }

    /// Whether a heading is worth showing above no row: only if nothing stands under it in the plan
    /// either, and everything is asked for.
    fn shows_empty(&self, has_children: bool) -> bool {
        !has_children && !self.only_attention
    }
}

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
        scope.require_in(plan)?;
        Ok(Self::chosen(plan, form, scope))
    }

    fn chosen(plan: &'a Plan, form: &'a Form, scope: Scope) -> Self {
        let mut choosing = Choosing {
            plan,
            form,
            scope,
            states: States::of(form),
        };
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
    states: States<'a>,
}

impl<'a> Choosing<'a> {
    fn chapter(&mut self, issue: &'a Arc<Issue>) -> Option<Chapter<'a>> {
        let number = Number {
            issue: issue.number,
            ..Number::default()
        };
        if !self.scope.touches(number) {
            return None;
        }
        let strategies = issue.strategies.iter();
        let mut tables: Vec<Table<'a>> = strategies
            .filter_map(|strategy| self.table(issue, strategy))
            .collect();
        let direct = self.rows(issue, None, &issue.initiatives);
        let has_children = !issue.strategies.is_empty() || !issue.initiatives.is_empty();
        let stands_empty = tables.is_empty() && self.scope.shows_empty(has_children);
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

    fn table(&mut self, issue: &'a Arc<Issue>, strategy: &'a Arc<Strategy>) -> Option<Table<'a>> {
        let number = Number {
            issue: issue.number,
            strategy: Some(strategy.number),
            initiative: None,
        };
        if !self.scope.touches(number) {
            return None;
        }
        let rows = self.rows(issue, Some(strategy), &strategy.initiatives);
        if rows.is_empty() && !self.scope.shows_empty(!strategy.initiatives.is_empty()) {
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
        &mut self,
        issue: &'a Arc<Issue>,
        strategy: Option<&'a Arc<Strategy>>,
        initiatives: &'a [Arc<Initiative>],
    ) -> Vec<Row<'a>> {
        let entry = |initiative| Entry {
            issue,
            strategy,
            initiative,
        };
        let (scope, entries) = (self.scope, initiatives.iter().map(entry));
        entries
            .filter(|entry| scope.holds(entry))
            .map(|entry| self.row(entry.initiative, entry.number()))
            .collect()
    }

    fn row(&mut self, initiative: &'a Arc<Initiative>, number: Number) -> Row<'a> {
        let title = title_or_none(&initiative.title);
        if initiative.repost_of.is_none() {
            return Row {
                initiative,
                number,
                title,
                repost: None,
                contents: Some(contents(initiative)),
                status: Some(StatusLine {
                    words: self.states.own(number, initiative.status),
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
                words: self.states.of_source(number, source.status),
                counted: None,
            }),
        }
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
