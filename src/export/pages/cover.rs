//! The first page: how the whole stands, as a table of both axes and a bar for each issue and
//! strategy.
//!
//! The counts are those of the whole plan, as in the overview on the screen, also where only a
//! section is printed after it.

use crate::plan::{
    Form, Number, Outlook, Overview, Plan, Progress, Standing, Status, Tally, full_width,
};

use super::{
    Part, Role, clean, colours,
    document::{SMALL, TITLE},
    flow::{Flow, Style},
    marks::Mark,
    sheet::Sheet,
    words,
};

const GAP: f32 = 28.0;
const COUNT: Style = Style {
    size: 22.0,
    leading: 30.0,
    bold: true,
    ink: colours::TEXT,
};
const HEADING: Style = Style {
    size: 11.0,
    leading: 16.0,
    ..COUNT
};
const LABEL: Style = Style {
    size: 8.5,
    leading: 12.0,
    ..COUNT
};
const PLAIN: Style = Style {
    bold: false,
    ..LABEL
};
const TINY: Style = Style {
    size: 6.5,
    leading: 8.0,
    bold: false,
    ink: colours::TEXT,
};
const ISSUE_ROW: f32 = 17.0;
const STRATEGY_ROW: f32 = 13.5;
/// The width of one column of counts.
const NUMBERS: f32 = 35.0;

/// Puts the cover on the first page, and on as many more as its bars take.
pub fn put(plan: &Plan, form: &Form, sheet: &mut Sheet) {
    let overview = Overview::of(plan);
    let about = plan.about();
    sheet.head(1, &words::plan_name(about), TITLE, (0.0, 2.0));
    sheet.put_headings(0.0);
    let tally = overview.total;
    let mut says = format!("具体的取組　{}件", number(tally.total()));
    if tally.reposts > 0 {
        says += &format!("（ほかに再掲　{}件）", number(tally.reposts));
    }
    if let Some(as_of) = words::as_of(about) {
        says = format!("{as_of}　{says}");
    }
    sheet.paragraph(&says, PLAIN);
    sheet.y += 14.0;
    let (left, width, top) = (sheet.left(), sheet.width(), sheet.y);
    if width > 600.0 {
        let narrow = 286.0;
        matrix(&overview, form, (left, narrow), sheet);
        sheet.y = top;
        bars(
            &overview,
            (left + narrow + GAP, width - narrow - GAP),
            sheet,
        );
    } else {
        matrix(&overview, form, (left, width), sheet);
        sheet.y += GAP;
        bars(&overview, (left, width), sheet);
    }
}

fn number(count: usize) -> String {
    full_width(&count.to_string())
}

/// A heading that stands beside others on the page, so it is put by hand.
fn heading(text: &str, x: f32, sheet: &mut Sheet) {
    let role = Role::Heading {
        level: 2,
        title: text.to_owned(),
    };
    let node = sheet.node(None, role);
    sheet.text(Part::Node(node), (x, sheet.y), text, HEADING);
    sheet.y += HEADING.leading + 4.0;
}

/// A cell of a table with a short text in it, which may take several lines.
fn cell(
    row: usize,
    role: Role,
    text: &str,
    ((x, y), (width, height)): ((f32, f32), (f32, f32)),
    style: Style,
    sheet: &mut Sheet,
) {
    let node = sheet.node(Some(row), role);
    let node = sheet.node(Some(node), Role::Paragraph);
    let mut flow = Flow::default();
    flow.add_title(text, width, style, &mut sheet.faces);
    let mut y = y + (height - flow.height()) / 2.0;
    for line in &flow.lines {
        let x = x + (width - line.width) / 2.0;
        sheet.line(Part::Node(node), (x, y), line);
        y += line.height;
    }
}

/// Both axes, two by two, and what is not assessed.
fn matrix(overview: &Overview, form: &Form, (left, width): (f32, f32), sheet: &mut Sheet) {
    const SIDE: f32 = 74.0;
    const HEAD: f32 = 34.0;
    const HIGH: f32 = 78.0;
    heading("達成状況", left, sheet);
    let wording = &form.numbered;
    let table = sheet.node(None, Role::Table);
    let head = sheet.node(Some(table), Role::TableHead);
    let row = sheet.node(Some(head), Role::Row);
    let column = (width - SIDE) / 2.0;
    let top = sheet.y;
    sheet.rect((left, top), (width, HEAD), colours::HEAD);
    let corner = ((left + 4.0, top), (SIDE - 8.0, HEAD));
    cell(row, Role::ColumnHeading, "件数", corner, PLAIN, sheet);
    for (n, progress) in Progress::ALL.into_iter().enumerate() {
        let x = left + SIDE + column * n as f32 + 6.0;
        let place = ((x, top), (column - 12.0, HEAD));
        let says = wording.progress(progress);
        cell(row, Role::ColumnHeading, says, place, LABEL, sheet);
    }
    let body = sheet.node(Some(table), Role::TableBody);
    for (n, outlook) in Outlook::ALL.into_iter().enumerate() {
        let row = sheet.node(Some(body), Role::Row);
        let y = top + HEAD + HIGH * n as f32;
        sheet.rect((left, y), (SIDE, HIGH), colours::HEAD);
        let place = ((left + 6.0, y), (SIDE - 12.0, HIGH));
        let says = wording.outlook(outlook);
        cell(row, Role::RowHeading, says, place, LABEL, sheet);
        for (n, progress) in Progress::ALL.into_iter().enumerate() {
            let x = left + SIDE + column * n as f32;
            let (outlook, progress) = (Some(outlook), Some(progress));
            let standing = Status { outlook, progress }.standing();
            let colours = colours::standing(standing);
            sheet.rect((x, y), (column, HIGH), colours.tint);
            let mark = Mark::Standing(standing).draw((x + 13.0, y + 13.0), 9.0);
            for draw in mark {
                sheet.draw(Part::Decoration, draw);
            }
            let style = Style {
                ink: colours.ink,
                ..COUNT
            };
            let count = number(overview.matrix.count(outlook, progress));
            let place = ((x, y), (column, HIGH));
            cell(row, Role::Cell { columns: 1 }, &count, place, style, sheet);
        }
    }
    let bottom = top + HEAD + 2.0 * HIGH;
    for y in [top, top + HEAD, top + HEAD + HIGH, bottom] {
        sheet.hairline((left, y), (left + width, y));
    }
    for x in [left, left + SIDE, left + SIDE + column, left + width] {
        sheet.hairline((x, top), (x, bottom));
    }
    sheet.y = bottom + 5.0;
    let unset = overview.matrix.unset();
    if unset > 0 {
        let node = sheet.node(None, Role::Paragraph);
        let says = format!("ほかに、達成状況が未記入のもの　{}件", number(unset));
        sheet.text(Part::Node(node), (left, sheet.y), &says, SMALL);
        sheet.y += SMALL.leading;
    }
}

/// One bar for each issue and strategy, and its counts by state.
fn bars(overview: &Overview, (left, width): (f32, f32), sheet: &mut Sheet) {
    heading("経営課題・戦略ごとの件数", left, sheet);
    let longest = overview.groups.iter().map(|group| group.tally.total());
    let counts = left + width - NUMBERS * Standing::ALL.len() as f32;
    let name = ((counts - left) * 0.6).min(210.0);
    let bars = Bars {
        left,
        right: left + width,
        bar: left + name + 6.0,
        counts,
        unit: (counts - left - name - 14.0) / longest.max().unwrap_or(1).max(1) as f32,
    };
    let table = sheet.node(None, Role::Table);
    bars.head(table, sheet);
    let body = sheet.node(Some(table), Role::TableBody);
    for group in &overview.groups {
        let says = (group.number, &*group.issue.title);
        bars.row(body, says, &group.tally, true, sheet);
        for strategy in &group.strategies {
            let says = (strategy.number, &*strategy.strategy.title);
            bars.row(body, says, &strategy.tally, false, sheet);
        }
    }
    sheet.hairline((left, sheet.y), (left + width, sheet.y));
}

/// Where things stand in the chart.
struct Bars {
    left: f32,
    right: f32,
    bar: f32,
    counts: f32,
    /// The length of one initiative.
    unit: f32,
}

impl Bars {
    fn head(&self, table: usize, sheet: &mut Sheet) {
        const HIGH: f32 = 34.0;
        let head = sheet.node(Some(table), Role::TableHead);
        let row = sheet.node(Some(head), Role::Row);
        let y = sheet.y;
        let heading = sheet.node(Some(row), Role::ColumnHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let at = (self.left, y + HIGH - SMALL.leading - 3.0);
        sheet.text(Part::Node(heading), at, "経営課題・戦略", SMALL);
        for (n, standing) in Standing::ALL.into_iter().enumerate() {
            let x = self.counts + NUMBERS * n as f32;
            for draw in Mark::Standing(standing).draw((x + NUMBERS / 2.0, y + 5.0), 7.0) {
                sheet.draw(Part::Decoration, draw);
            }
            let says = words::standing(standing);
            let place = ((x + 1.0, y + 9.0), (NUMBERS - 2.0, HIGH - 9.0));
            cell(row, Role::ColumnHeading, says, place, TINY, sheet);
        }
        sheet.y += HIGH;
    }

    fn row(
        &self,
        body: usize,
        (number_of, title): (Number, &str),
        tally: &Tally,
        is_issue: bool,
        sheet: &mut Sheet,
    ) {
        let (high, style) = if is_issue {
            (ISSUE_ROW, LABEL)
        } else {
            (STRATEGY_ROW, SMALL)
        };
        if high > sheet.remaining() {
            sheet.new_page();
        }
        let y = sheet.y;
        if is_issue {
            sheet.hairline((self.left, y), (self.right, y));
        }
        let row = sheet.node(Some(body), Role::Row);
        let heading = sheet.node(Some(row), Role::RowHeading);
        let heading = sheet.node(Some(heading), Role::Paragraph);
        let indent = if is_issue { 0.0 } else { 8.0 };
        let says = words::heading("", number_of, title);
        let says = clean::one_line(&says, &mut sheet.faces);
        let room = self.bar - self.left - indent - 6.0;
        let says = shortened(&says, room, style, sheet);
        let at = (self.left + indent, y + (high - style.leading) / 2.0);
        sheet.text(Part::Node(heading), at, &says, style);
        let mut x = self.bar;
        for (n, standing) in Standing::ALL.into_iter().enumerate() {
            let count = tally.count(standing);
            let length = self.unit * count as f32;
            if count > 0 {
                // A white gap keeps neighbours apart where their greys are near.
                let size = (
                    (length - 0.6).max(0.4),
                    high - if is_issue { 8.0 } else { 7.0 },
                );
                let at = (x, y + (high - size.1) / 2.0);
                sheet.rect(at, size, colours::standing(standing).mark);
                x += length;
            }
            let at = self.counts + NUMBERS * n as f32;
            let (says, ink) = match count {
                0 => ("－".to_owned(), colours::HAIRLINE),
                _ => (number(count), colours::standing(standing).ink),
            };
            let style = Style { ink, ..style };
            let place = ((at, y), (NUMBERS, high));
            cell(row, Role::Cell { columns: 1 }, &says, place, style, sheet);
        }
        sheet.y += high;
    }
}

/// As much of a text as fits on one line, with … where something is left out.
fn shortened(text: &str, room: f32, style: Style, sheet: &mut Sheet) -> String {
    let faces = &mut sheet.faces;
    if faces.width(text, style.size, style.bold) <= room {
        return text.to_owned();
    }
    let mut left = room - faces.width("…", style.size, style.bold);
    let face = faces.face(style.bold);
    let fits = |c: &char| {
        left -= face.glyph(*c).advance * style.size;
        left >= 0.0
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}
