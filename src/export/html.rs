//! One accessible page for the web (JIS X 8341-3, WCAG 2.2 AA): headings in order, real tables,
//! states as shape and words, and a style for print.
//!
//! The page needs nothing from elsewhere and runs no script. Private notes are never exported.
//! The rules of its style are in `assets/styles/page.css`; only the states' colours are set here.

use std::collections::HashMap;

use crate::plan::{
    Form, Id, NoSuchSection, Number, Plan, Section, Standing, Tally, UNNUMBERED, Wording,
};

use super::{
    markup::Markup,
    outline::{Group, Outline, Part, Row, StatusLine},
    status_style,
    text::{Block, blocks},
};

/// A plan, or a section of it, as the bytes of a page.
///
/// # Errors
/// When the plan has no such section.
pub fn write(plan: &Plan, section: Option<Section>, form: &Form) -> Result<Vec<u8>, NoSuchSection> {
    let outline = Outline::of(plan, section, form)?;
    let mut page = Page {
        html: Markup::page(&outline.title, &styles_of_states()),
        anchors: Anchors::of(&outline),
    };
    page.header(&outline);
    page.overview(&outline);
    page.contents(&outline);
    for part in &outline.parts {
        page.part(part);
    }
    page.raw("</main>\n</body>\n</html>\n");
    Ok(page.html.into_bytes())
}

/// The ids of headings and rows, from their numbers: a link to a row survives a change of titles.
#[derive(Default)]
struct Anchors {
    by_node: HashMap<Id, String>,
    uses: HashMap<String, u32>,
}

impl Anchors {
    fn of(outline: &Outline<'_>) -> Self {
        let mut anchors = Self::default();
        for part in &outline.parts {
            anchors.add("issue", part.issue.id, part.number);
            for group in &part.groups {
                if let Some(heading) = &group.strategy {
                    anchors.add("strategy", heading.strategy.id, heading.number);
                }
                for row in &group.rows {
                    anchors.add("initiative", row.initiative.id, row.number);
                }
            }
        }
        anchors
    }

    fn add(&mut self, kind: &str, id: Id, number: Number) {
        let number = number.half_width().replace(UNNUMBERED, "reform");
        let name = format!("{kind}-{number}");
        let uses = self.uses.entry(name.clone()).or_default();
        *uses += 1;
        // Numbers are data, so two nodes may bear the same one; ids of a page may not.
        let name = match *uses {
            1 => name,
            n => format!("{name}_{n}"),
        };
        self.by_node.insert(id, name);
    }

    fn get(&self, id: Id) -> Option<&str> {
        self.by_node.get(&id).map(String::as_str)
    }
}

struct Page {
    html: Markup,
    anchors: Anchors,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.html.raw(markup);
    }

    fn text(&mut self, text: &str) {
        self.html.text(text);
    }

    fn element(&mut self, open: &str, text: &str) {
        self.html.element(open, text);
    }

    /// Ids are made of ASCII letters, digits and hyphens.
    fn anchor(&self, id: Id) -> String {
        self.anchors.get(id).unwrap_or_default().to_owned()
    }

    fn header(&mut self, outline: &Outline<'_>) {
        self.raw("<header>\n");
        self.element("h1", &outline.title);
        if let Some(as_of) = &outline.as_of {
            self.raw("\n");
            self.element("p class=\"as-of\"", as_of);
        }
        self.raw("\n</header>\n<main id=\"main\">\n");
    }

    fn overview(&mut self, outline: &Outline<'_>) {
        self.raw(
            "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">全体の状況</h2>\n\
             <div class=\"scroll\" role=\"region\" aria-labelledby=\"overview\" tabindex=\"0\">\n\
             <table class=\"counts\">\n",
        );
        // A part of an issue bears the name of the whole in the table.
        let caption = match &outline.section {
            Some(section) => format!("具体的取組の数（{section}、達成状況別）"),
            None => "具体的取組の数（達成状況別）".to_owned(),
        };
        self.element("caption", &caption);
        self.raw("\n<thead>\n<tr><th scope=\"col\">経営課題</th>");
        for standing in Standing::ALL {
            let style = status_style::of(standing);
            self.raw(&format!("<th scope=\"col\" class=\"{}\">", class(standing)));
            self.mark(style.shape);
            self.text(style.name);
            self.raw("</th>");
        }
        self.raw("<th scope=\"col\">計</th></tr>\n</thead>\n<tbody>\n");
        let mut total = Tally::default();
        for part in &outline.parts {
            let tally = part.tally();
            total += tally;
            self.counts(&part.heading, &tally);
        }
        self.raw("</tbody>\n<tfoot>\n");
        self.counts("計", &total);
        self.raw("</tfoot>\n</table>\n</div>\n");
        if total.reposts > 0 {
            let note = format!(
                "ほかに再掲が{}件あります。計には入っていません。",
                total.reposts
            );
            self.element("p class=\"note\"", &note);
            self.raw("\n");
        }
        self.raw("</section>\n");
    }

    fn counts(&mut self, name: &str, tally: &Tally) {
        self.raw("<tr>");
        self.element("th scope=\"row\"", name);
        for standing in Standing::ALL {
            self.raw(&format!("<td>{}</td>", tally.count(standing)));
        }
        self.raw(&format!("<td>{}</td></tr>\n", tally.total()));
    }

    fn contents(&mut self, outline: &Outline<'_>) {
        self.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目次</h2>\n<ul>\n");
        for part in &outline.parts {
            self.raw("<li>");
            self.link(part.issue.id, &part.heading);
            let headings: Vec<_> = part
                .groups
                .iter()
                .filter_map(|group| group.strategy.as_ref())
                .collect();
            if !headings.is_empty() {
                self.raw("\n<ul>\n");
                for heading in headings {
                    self.raw("<li>");
                    self.link(heading.strategy.id, &heading.text);
                    self.raw("</li>\n");
                }
                self.raw("</ul>\n");
            }
            self.raw("</li>\n");
        }
        self.raw("</ul>\n</nav>\n");
    }

    fn link(&mut self, to: Id, text: &str) {
        let open = format!("a href=\"#{}\"", self.anchor(to));
        self.element(&open, text);
    }

    fn part(&mut self, part: &Part<'_>) {
        let anchor = self.anchor(part.issue.id);
        self.raw(&format!(
            "<section class=\"part\" aria-labelledby=\"{anchor}\">\n"
        ));
        self.element(&format!("h2 id=\"{anchor}\""), &part.heading);
        self.raw("\n");
        for group in &part.groups {
            match &group.strategy {
                Some(heading) => {
                    let anchor = self.anchor(heading.strategy.id);
                    self.raw(&format!("<section aria-labelledby=\"{anchor}\">\n"));
                    self.element(&format!("h3 id=\"{anchor}\""), &heading.text);
                    self.raw("\n");
                    self.group(group, part.wording, &anchor, &heading.text);
                    self.raw("</section>\n");
                }
                None => self.group(group, part.wording, &anchor, &part.heading),
            }
        }
        if part.groups.is_empty() {
            self.nothing();
        }
        self.raw("</section>\n");
    }

    fn nothing(&mut self) {
        self.raw("<p class=\"note\">具体的取組はありません。</p>\n");
    }

    fn group(&mut self, group: &Group<'_>, wording: &Wording, anchor: &str, heading: &str) {
        if group.rows.is_empty() {
            self.nothing();
            return;
        }
        // On a narrow screen the table is wider than the page; the keyboard must reach its end.
        self.raw(&format!(
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{anchor}\" tabindex=\"0\">\n\
             <table class=\"form\">\n"
        ));
        self.element("caption", &format!("{heading}の{}", wording.initiative));
        self.raw("\n<thead>\n<tr>");
        let columns = [
            ("initiative", &wording.initiative),
            ("results", &wording.results),
            ("target", &wording.target),
            ("achievement", &wording.achievement),
        ];
        for (class, name) in columns {
            self.element(&format!("th scope=\"col\" class=\"{class}\""), name);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &group.rows {
            self.row(row);
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, row: &Row<'_>) {
        let anchor = self.anchor(row.initiative.id);
        self.raw(&format!("<tr id=\"{anchor}\"><th scope=\"row\">"));
        self.element("span class=\"number\"", &row.number.full_width());
        self.raw(" ");
        self.text(row.title);
        if let Some(owner) = row.owner_line() {
            self.raw(" ");
            self.element("span class=\"owner\"", &owner);
        }
        self.raw("</th>");
        match &row.repost {
            None => {
                self.cell(&row.initiative.results);
                self.cell(&row.initiative.target);
            }
            Some(repost) => {
                self.raw("<td colspan=\"2\"><p>");
                // The source may stand outside the section that is exported.
                let source = repost.source.map(|source| source.id);
                match source.filter(|id| self.anchors.get(*id).is_some()) {
                    Some(id) => self.link(id, &repost.line),
                    None => self.text(&repost.line),
                }
                self.raw("</p></td>");
            }
        }
        self.raw("<td>");
        if let Some(status) = &row.status {
            self.status(status);
        }
        if row.repost.is_none() {
            self.blocks(&row.initiative.notes);
        }
        self.raw("</td></tr>\n");
    }

    fn status(&mut self, status: &StatusLine) {
        let style = status_style::of(status.standing);
        let class = class(status.standing);
        self.raw(&format!("<p class=\"status {class}\">"));
        self.mark(style.shape);
        self.text(&status.words);
        self.raw("</p>");
    }

    /// The words beside it say the same, so nobody need hear of it.
    fn mark(&mut self, shape: char) {
        self.raw("<span class=\"mark\" aria-hidden=\"true\">");
        self.html.raw(shape.encode_utf8(&mut [0; 4]));
        self.raw("</span> ");
    }

    fn cell(&mut self, text: &str) {
        self.raw("<td>");
        self.blocks(text);
        self.raw("</td>");
    }

    fn blocks(&mut self, text: &str) {
        for block in blocks(text) {
            let (class, lines) = match block {
                Block::Paragraph(lines) => {
                    self.raw("<p>");
                    for (n, line) in lines.into_iter().enumerate() {
                        if n > 0 {
                            self.raw("<br>");
                        }
                        self.text(line);
                    }
                    self.raw("</p>");
                    continue;
                }
                Block::Bullets(lines) => ("bullets", lines),
                Block::Marked(lines) => ("marked", lines),
            };
            // One browser takes a list without its usual signs for no list, unless told.
            self.raw(&format!("<ul class=\"{class}\" role=\"list\">"));
            for line in lines {
                self.element("li", line);
            }
            self.raw("</ul>");
        }
    }
}

fn styles_of_states() -> String {
    let rules = Standing::ALL.map(|standing| {
        let style = status_style::of(standing);
        let class = class(standing);
        let [mark, ink, tint] = [style.mark, style.ink, style.tint].map(hex);
        format!(
            ".{class} {{ color: {ink}; background: {tint}; border-left-color: {mark}; }}\n\
             .{class} .mark {{ color: {mark}; }}\n"
        )
    });
    rules.concat()
}

const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "good",
        Standing::Behind => "behind",
        Standing::OffTarget => "off-target",
        Standing::BothBad => "both-bad",
        Standing::Unassessed => "unassessed",
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
