//! One accessible page for the web (JIS X 8341-3, WCAG 2.2 AA): headings in order, real tables,
//! states as shape and words, and a style for print.
//!
//! The page needs nothing from elsewhere and runs no script. Private notes are never exported.
//! The rules of its style are in `assets/styles/page.css`; only the widths of the columns and the
//! colours of the states are set here.

use std::collections::HashMap;

use crate::plan::{Id, Number, Standing, Tally, UNNUMBERED};

use super::{
    markup::Markup,
    outline::{Chapter, Outline, Repost, Row, StatusLine, Table, words},
    status_style,
    text::{Block, blocks},
};

/// What the four columns are called in the style.
const COLUMNS: [&str; 4] = ["initiative", "results", "target", "achievement"];

/// An outline as the bytes of a page.
pub fn write(outline: &Outline<'_>) -> Vec<u8> {
    let style = styles_of_columns(outline) + &styles_of_states();
    let mut page = Page {
        html: Markup::page(&outline.title(), &style),
        anchors: Anchors::of(outline),
    };
    page.header(outline);
    page.overview(outline);
    page.contents(outline);
    for chapter in &outline.chapters {
        page.chapter(chapter);
    }
    page.raw("</main>\n</body>\n</html>\n");
    page.html.into_bytes()
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
        for chapter in &outline.chapters {
            anchors.add("issue", chapter.issue.id, chapter.number);
            for table in &chapter.tables {
                if let Some(heading) = &table.strategy {
                    anchors.add("strategy", heading.strategy.id, heading.number);
                }
                for row in &table.rows {
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
        self.element("h1", &outline.title());
        for remark in outline.remarks() {
            self.raw("\n");
            self.element("p class=\"as-of\"", remark);
        }
        self.raw("\n</header>\n<main id=\"main\">\n");
    }

    fn overview(&mut self, outline: &Outline<'_>) {
        self.raw(
            "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">全体の状況</h2>\n\
             <div class=\"scroll\" role=\"region\" aria-labelledby=\"overview\" tabindex=\"0\">\n\
             <table class=\"counts\">\n",
        );
        let counts = outline.counts();
        self.element("caption", &counts.caption);
        self.raw("\n<thead>\n<tr><th scope=\"col\">経営課題</th>");
        for standing in Standing::ALL {
            let style = status_style::of(standing);
            self.raw(&format!("<th scope=\"col\" class=\"{}\">", class(standing)));
            self.mark(style.shape);
            self.text(style.name);
            self.raw("</th>");
        }
        self.raw("<th scope=\"col\">計</th></tr>\n</thead>\n<tbody>\n");
        for (heading, tally) in &counts.lines {
            self.tally(heading, tally);
        }
        self.raw("</tbody>\n<tfoot>\n");
        self.tally("計", &counts.total);
        self.raw("</tfoot>\n</table>\n</div>\n");
        for note in counts
            .reposts
            .as_deref()
            .into_iter()
            .chain(outline.nothing())
        {
            self.note(note);
        }
        self.raw("</section>\n");
    }

    fn note(&mut self, text: &str) {
        self.element("p class=\"note\"", text);
        self.raw("\n");
    }

    fn tally(&mut self, name: &str, tally: &Tally) {
        self.raw("<tr>");
        self.element("th scope=\"row\"", name);
        for standing in Standing::ALL {
            self.raw(&format!("<td>{}</td>", tally.count(standing)));
        }
        self.raw(&format!("<td>{}</td></tr>\n", tally.total()));
    }

    fn contents(&mut self, outline: &Outline<'_>) {
        self.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目次</h2>\n<ul>\n");
        for chapter in &outline.chapters {
            self.raw("<li>");
            self.link(chapter.issue.id, &chapter.heading);
            let tables = chapter.tables.iter();
            let headings: Vec<_> = tables.filter_map(|it| it.strategy.as_ref()).collect();
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

    fn chapter(&mut self, chapter: &Chapter<'_>) {
        let anchor = self.anchor(chapter.issue.id);
        self.raw(&format!(
            "<section class=\"part\" aria-labelledby=\"{anchor}\">\n"
        ));
        self.element(&format!("h2 id=\"{anchor}\""), &chapter.heading);
        self.raw("\n");
        for table in &chapter.tables {
            match &table.strategy {
                Some(heading) => {
                    let anchor = self.anchor(heading.strategy.id);
                    self.raw(&format!("<section aria-labelledby=\"{anchor}\">\n"));
                    self.element(&format!("h3 id=\"{anchor}\""), &heading.text);
                    self.raw("\n");
                    self.table(table, chapter.columns(), &anchor, &heading.text);
                    self.raw("</section>\n");
                }
                None => self.table(table, chapter.columns(), &anchor, &chapter.heading),
            }
        }
        self.raw("</section>\n");
    }

    fn table(&mut self, table: &Table<'_>, columns: [&str; 4], anchor: &str, heading: &str) {
        if table.rows.is_empty() {
            self.note(words::NO_ROWS);
            return;
        }
        // On a narrow screen the table is wider than the page; the keyboard must reach its end.
        self.raw(&format!(
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{anchor}\" tabindex=\"0\">\n\
             <table class=\"form\">\n"
        ));
        let [initiatives, ..] = columns;
        self.element("caption", &format!("{heading}の{initiatives}"));
        self.raw("\n<thead>\n<tr>");
        for (class, name) in COLUMNS.into_iter().zip(columns) {
            self.element(&format!("th scope=\"col\" class=\"{class}\""), name);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
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
        if let Some(owner) = row.owner() {
            self.raw(" ");
            self.element("span class=\"owner\"", &owner);
        }
        self.raw("</th>");
        self.raw(match row.contents {
            Some(_) => "<td>",
            None => "<td colspan=\"2\">",
        });
        if let Some(repost) = &row.repost {
            self.repost(repost);
        }
        if let Some(contents) = &row.contents {
            self.blocks(contents.results);
            self.raw("</td><td>");
            self.blocks(contents.target);
        }
        self.raw("</td><td>");
        if let Some(status) = &row.status {
            self.status(status);
        }
        if let Some(contents) = &row.contents {
            self.blocks(contents.notes);
        }
        self.raw("</td></tr>\n");
    }

    fn repost(&mut self, repost: &Repost<'_>) {
        self.raw("<p>");
        // The source may stand outside the section that is exported.
        let source = repost.source.map(|source| source.id);
        match source.filter(|id| self.anchors.get(*id).is_some()) {
            Some(id) => self.link(id, &repost.line),
            None => self.text(&repost.line),
        }
        self.raw("</p>");
    }

    fn status(&mut self, status: &StatusLine) {
        match status.counted {
            Some(standing) => {
                self.raw(&format!("<p class=\"status {}\">", class(standing)));
                self.mark(status_style::of(standing).shape);
            }
            None => self.raw("<p class=\"status of-source\">"),
        }
        self.text(&status.words);
        self.raw("</p>");
    }

    /// A shape that is not read aloud: the words beside it say the same.
    fn mark(&mut self, shape: char) {
        self.raw("<span class=\"mark\" aria-hidden=\"true\">");
        self.html.raw(shape.encode_utf8(&mut [0; 4]));
        self.raw("</span> ");
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
            // One browser does not treat a list without its usual signs as a list, unless told.
            self.raw(&format!("<ul class=\"{class}\" role=\"list\">"));
            for line in lines {
                self.element("li", line);
            }
            self.raw("</ul>");
        }
    }
}

fn styles_of_columns(outline: &Outline<'_>) -> String {
    let widths = COLUMNS.into_iter().zip(outline.shares());
    let rules = widths.map(|(class, share)| {
        let percent = (share * 10_000.0).round() / 100.0;
        format!(".form .{class} {{ width: {percent}%; }}\n")
    });
    rules.collect()
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
