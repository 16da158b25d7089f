//! One accessible page for the web (JIS X 8341-3, WCAG 2.2 AA): headings in order, real tables,
//! states as shape and words, and a style for print.
//!
//! The page needs nothing from elsewhere and runs no script. Private notes are never exported.
//! What it links to is `anchors`, what is set of its style is `style`.

mod anchors;
mod style;

use crate::plan::{Id, Tally};

use super::{
    markup::Markup,
    outline::{
        Cell, Chapter, Item, Outline, Part, Repost, Row, State, Table, Title,
        counts::{Counts, SumTable, TOTAL},
        words,
    },
    status_style,
    text::{Block, blocks},
};

use anchors::Anchors;
use style::{class_of_level, class_of_state};

/// Headings below this one look and are read like it.
const LOWEST_HEADING: usize = 6;

/// An outline as the bytes of a page.
pub fn write(outline: &Outline<'_>) -> Vec<u8> {
    let style = style::of(outline.form());
    let mut page = Page {
        html: Markup::page(&outline.title(), &style),
        anchors: Anchors::of(outline),
    };
    page.header(outline);
    page.overview(outline);
    page.contents(outline);
    page.whole(outline);
    page.parts(&outline.parts, None);
    page.raw("</main>\n</body>\n</html>\n");
    page.html.into_bytes()
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

    /// Ids are made of ASCII letters, digits, hyphens and `_`.
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
        let (counts, sums, nothing) = (outline.counts(), outline.sums(), outline.nothing());
        if counts.is_empty() && sums.is_none() {
            self.notes(nothing.as_deref());
            return;
        }
        self.raw("<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">全体の状況</h2>\n");
        for counts in &counts {
            self.counts(counts);
            self.notes(counts.reposts.as_deref());
        }
        if let Some(sums) = &sums {
            self.sums(sums);
            self.notes(sums.unread.as_deref());
        }
        self.notes(nothing.as_deref());
        self.raw("</section>\n");
    }

    fn counts(&mut self, counts: &Counts<'_>) {
        self.begin_counts(&counts.caption, &counts.names);
        for (standing, name) in &counts.standings {
            let style = status_style::of(*standing);
            self.raw(&format!(
                "<th scope=\"col\" class=\"{}\">",
                class_of_state(*standing)
            ));
            self.mark(style.shape);
            self.text(name);
            self.raw("</th>");
        }
        self.element("th scope=\"col\"", TOTAL);
        self.raw("</tr>\n</thead>\n<tbody>\n");
        let numbers = |tally: &Tally| -> Vec<String> {
            let standings = counts.standings.iter();
            let each = standings.map(|(standing, _)| tally.count(*standing));
            each.chain([tally.total()])
                .map(|it| it.to_string())
                .collect()
        };
        for (heading, tally) in &counts.lines {
            self.line(heading, &numbers(tally));
        }
        self.total(&numbers(&counts.total));
    }

    fn sums(&mut self, sums: &SumTable<'_>) {
        self.begin_counts(&sums.caption, &sums.names);
        for column in &sums.columns {
            self.element("th scope=\"col\"", column);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for (heading, line) in &sums.lines {
            self.line(heading, line);
        }
        self.total(&sums.total);
    }

    /// A table of numbers up to its second column.
    fn begin_counts(&mut self, caption: &str, names: &str) {
        self.raw(
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"overview\" tabindex=\"0\">\n\
             <table class=\"counts\">\n",
        );
        self.element("caption", caption);
        self.raw("\n<thead>\n<tr>");
        self.element("th scope=\"col\"", names);
    }

    fn total(&mut self, numbers: &[String]) {
        self.raw("</tbody>\n<tfoot>\n");
        self.line(TOTAL, numbers);
        self.raw("</tfoot>\n</table>\n</div>\n");
    }

    fn line(&mut self, name: &str, numbers: &[String]) {
        self.raw("<tr>");
        self.element("th scope=\"row\"", name);
        for number in numbers {
            self.element("td", number);
        }
        self.raw("</tr>\n");
    }

    fn notes(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.element("p class=\"note\"", text);
            self.raw("\n");
        }
    }

    fn contents(&mut self, outline: &Outline<'_>) {
        let has_chapters = outline
            .parts
            .iter()
            .any(|it| matches!(it, Part::Chapter(_)));
        if !has_chapters && outline.whole.is_empty() {
            return;
        }
        self.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目次</h2>\n<ul>\n");
        if !outline.whole.is_empty() {
            self.raw("<li>");
            self.element("a href=\"#plan\"", words::WHOLE);
            self.raw("</li>\n");
        }
        self.contents_of(&outline.parts);
        self.raw("</ul>\n</nav>\n");
    }

    fn contents_of(&mut self, parts: &[Part<'_>]) {
        for part in parts {
            let Part::Chapter(chapter) = part else {
                continue;
            };
            self.raw("<li>");
            self.link(chapter.entry.node.id, &chapter.heading);
            if chapter
                .parts
                .iter()
                .any(|it| matches!(it, Part::Chapter(_)))
            {
                self.raw("\n<ul>\n");
                self.contents_of(&chapter.parts);
                self.raw("</ul>\n");
            }
            self.raw("</li>\n");
        }
    }

    fn link(&mut self, to: Id, text: &str) {
        let open = format!("a href=\"#{}\"", self.anchor(to));
        self.element(&open, text);
    }

    /// What the plan as a whole says.
    fn whole(&mut self, outline: &Outline<'_>) {
        if outline.whole.is_empty() {
            return;
        }
        self.raw("<section class=\"part\" aria-labelledby=\"plan\">\n");
        self.element("h2 id=\"plan\"", words::WHOLE);
        self.raw("\n");
        for cell in &outline.whole {
            self.element("h3", cell.heading);
            self.raw("\n");
            for item in &cell.items {
                self.item(item);
            }
            self.raw("\n");
        }
        self.raw("</section>\n");
    }

    fn parts(&mut self, parts: &[Part<'_>], above: Option<&str>) {
        for part in parts {
            match part {
                Part::Chapter(chapter) => self.chapter(chapter),
                Part::Table(table) => self.table(table, above),
                Part::Nothing(words) => self.notes(Some(words)),
            }
        }
    }

    fn chapter(&mut self, chapter: &Chapter<'_>) {
        let anchor = self.anchor(chapter.entry.node.id);
        let class = if chapter.depth == 0 {
            " class=\"part\""
        } else {
            ""
        };
        self.raw(&format!("<section{class} aria-labelledby=\"{anchor}\">\n"));
        let level = (chapter.depth + 2).min(LOWEST_HEADING);
        self.element(&format!("h{level} id=\"{anchor}\""), &chapter.heading);
        self.raw("\n");
        self.parts(&chapter.parts, Some(&anchor));
        self.raw("</section>\n");
    }

    fn table(&mut self, table: &Table<'_>, above: Option<&str>) {
        // On a narrow screen the table is wider than the page; the keyboard must reach its end.
        self.raw("<div class=\"scroll\" role=\"region\"");
        match above {
            Some(anchor) => self.raw(&format!(" aria-labelledby=\"{anchor}\"")),
            None => {
                self.raw(" aria-label=\"");
                self.text(&table.name());
                self.raw("\"");
            }
        }
        let level = table.level;
        self.raw(&format!(
            " tabindex=\"0\">\n<table class=\"form {}\">\n",
            class_of_level(level.key)
        ));
        self.element("caption", &table.name());
        self.raw("\n<thead>\n<tr>");
        for column in &level.columns {
            self.element("th scope=\"col\"", &column.heading);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.row(row);
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, row: &Row<'_>) {
        let cells = row.cells();
        let has_title = |cell: &Cell<'_>| cell.items.iter().any(|it| matches!(it, Item::Title(_)));
        // Where the row has a heading above it, its id is there.
        if cells.iter().any(has_title) {
            let anchor = self.anchor(row.entry.node.id);
            self.raw(&format!("<tr id=\"{anchor}\">"));
        } else {
            self.raw("<tr>");
        }
        let mut cells = cells.iter().peekable();
        while let Some(cell) = cells.next() {
            let name = if has_title(cell) { "th" } else { "td" };
            self.raw(&format!("<{name}"));
            if has_title(cell) {
                self.raw(" scope=\"row\"");
            }
            // The line of a repost stands for what would be beside it, too.
            if row.is_reference() && cell.items.iter().any(|it| matches!(it, Item::Repost(_))) {
                let mut columns = 1;
                while cells.next_if(|next| next.items.is_empty()).is_some() {
                    columns += 1;
                }
                if columns > 1 {
                    self.raw(&format!(" colspan=\"{columns}\""));
                }
            }
            self.raw(">");
            for item in &cell.items {
                self.item(item);
            }
            self.raw(&format!("</{name}>"));
        }
        self.raw("</tr>\n");
    }

    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Title(title) => self.title(title),
            Item::Repost(repost) => self.repost(repost),
            Item::State(state) => self.state(state),
            Item::Text { label, text } => {
                if let Some(label) = label {
                    self.element("p class=\"label\"", label);
                }
                self.blocks(text);
            }
        }
    }

    fn title(&mut self, title: &Title<'_>) {
        let number = Some(&title.number).filter(|number| !number.is_empty());
        if let Some(number) = number {
            self.element("span class=\"number\"", number);
            self.raw(" ");
        }
        self.text(title.title);
        if let Some(owner) = &title.owner {
            self.raw(" ");
            self.element("span class=\"owner\"", owner);
        }
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

    fn state(&mut self, state: &State) {
        match state.counted {
            Some(standing) => {
                self.raw(&format!(
                    "<p class=\"status {}\">",
                    class_of_state(standing)
                ));
                self.mark(status_style::of(standing).shape);
            }
            None => self.raw("<p class=\"status of-source\">"),
        }
        self.text(&state.words);
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
