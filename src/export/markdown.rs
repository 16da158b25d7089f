//! Markdown: a heading for each row rather than a table, since cells hold several lines.
//!
//! Characters with a meaning in Markdown or HTML are escaped. Private notes are never exported.

use super::{
    outline::{
        Cell, Item, Outline, Part, Row, State,
        counts::{SumTable, TOTAL},
        words,
    },
    status_style,
    text::{Block, blocks, printable},
};

/// A heading below this one is no heading any more.
const LOWEST_HEADING: usize = 6;
/// Rows have a heading of this level at least, however few stand above them.
const ROW_HEADING: usize = 4;

/// An outline as the bytes of a Markdown file.
pub fn write(outline: &Outline<'_>) -> Vec<u8> {
    let mut file = String::new();
    add_heading(&mut file, 1, &outline.title());
    let nothing = outline.nothing();
    for remark in outline.remarks().chain(nothing.as_deref()) {
        add_line(&mut file, remark);
    }
    if let Some(sums) = outline.sums() {
        add_sums(&mut file, &sums);
    }
    if !outline.whole.is_empty() {
        add_heading(&mut file, 2, words::WHOLE);
    }
    for cell in &outline.whole {
        add_heading(&mut file, 3, cell.heading);
        add_items(&mut file, cell);
    }
    add_parts(&mut file, &outline.parts, 0);
    file.into_bytes()
}

/// `above` is how many headings stand above the parts.
fn add_parts(file: &mut String, parts: &[Part<'_>], above: usize) {
    for part in parts {
        match part {
            Part::Chapter(chapter) => {
                add_heading(file, chapter.depth + 2, &chapter.heading);
                add_parts(file, &chapter.parts, chapter.depth + 1);
            }
            Part::Table(table) => {
                for row in &table.rows {
                    add_row(file, row, above);
                }
            }
            Part::Nothing(words) => add_line(file, words),
        }
    }
}

fn add_row(file: &mut String, row: &Row<'_>, above: usize) {
    let cells = row.cells();
    let items = || cells.iter().flat_map(|cell| &cell.items);
    let title = items().find_map(|item| match item {
        Item::Title(title) => Some(title),
        _ => None,
    });
    if let Some(title) = title {
        let name = [&*title.number, title.title]
            .into_iter()
            .filter(|it| !it.is_empty());
        let name: Vec<&str> = name.collect();
        add_heading(file, ROW_HEADING.max(above + 2), &name.join("　"));
        if let Some(owner) = &title.owner {
            add_line(file, owner);
        }
    }
    let repost = row.repost();
    if let Some(repost) = &repost {
        add_line(file, &repost.line);
    }
    for cell in &cells {
        let is_said = |item: &Item<'_>| !matches!(item, Item::Title(_) | Item::Repost(_));
        let has_more = cell.items.iter().any(is_said);
        let is_title = cell.items.iter().any(|item| matches!(item, Item::Title(_)));
        // What a repost does not say itself is not asked for, and a title has its heading.
        if has_more || !is_title && !row.is_reference() {
            file.push_str(&format!("\n**{}**\n", escaped(cell.heading)));
            add_items(file, cell);
        }
    }
}

/// What a cell says beside what stands in a row's own heading.
fn add_items(file: &mut String, cell: &Cell<'_>) {
    for item in &cell.items {
        match item {
            Item::Title(_) | Item::Repost(_) => {}
            Item::State(State { words, counted }) => {
                let words = escaped(words);
                file.push_str(&match counted {
                    Some(standing) => format!("\n{} {words}\n", status_style::of(*standing).shape),
                    None => format!("\n{words}\n"),
                });
            }
            Item::Text { label, text } => {
                if let Some(label) = label {
                    file.push_str(&format!("\n*{}*\n", escaped(label)));
                }
                add_blocks(file, text);
            }
        }
    }
}

fn add_sums(file: &mut String, sums: &SumTable<'_>) {
    let cells = |name: &str, cells: &[String]| {
        let cells = std::iter::once(name).chain(cells.iter().map(String::as_str));
        let cells: Vec<String> = cells.map(escaped).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    add_line(file, &sums.caption);
    file.push('\n');
    file.push_str(&cells(&sums.names, &sums.columns));
    file.push_str(&format!(
        "| --- {}|\n",
        "| ---: ".repeat(sums.columns.len())
    ));
    for (heading, line) in &sums.lines {
        file.push_str(&cells(heading, line));
    }
    file.push_str(&cells(TOTAL, &sums.total));
    if let Some(unread) = &sums.unread {
        add_line(file, unread);
    }
}

/// A heading, after an empty line unless it is the first.
fn add_heading(file: &mut String, level: usize, text: &str) {
    let before = if file.is_empty() { "" } else { "\n" };
    let signs = "#".repeat(level.min(LOWEST_HEADING));
    file.push_str(&format!("{before}{signs} {}\n", escaped(text)));
}

/// A paragraph of one line.
fn add_line(file: &mut String, line: &str) {
    file.push_str(&format!("\n{}\n", escaped(line)));
}

fn add_blocks(file: &mut String, text: &str) {
    for block in blocks(text) {
        file.push('\n');
        let (sign, lines) = match block {
            // A backslash at the end of a line is a line break.
            Block::Paragraph(lines) => {
                let lines: Vec<String> = lines.into_iter().map(escaped).collect();
                file.push_str(&lines.join("\\\n"));
                file.push('\n');
                continue;
            }
            Block::Bullets(lines) | Block::Marked(lines) => ("- ", lines),
        };
        for line in lines {
            file.push_str(&format!("{sign}{}\n", escaped(line)));
        }
    }
}

/// A line that is shown as it is typed.
fn escaped(line: &str) -> String {
    let line = printable(line);
    // Blanks at the beginning would make it a block of code.
    let line = line.trim_start_matches([' ', '\t']);
    let mut text = String::with_capacity(line.len());
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (n, c) in line.char_indices() {
        let begins_block = match c {
            '-' | '+' | '=' => n == 0,
            '.' | ')' => n > 0 && n == digits,
            _ => false,
        };
        let has_meaning = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        );
        if begins_block || has_meaning {
            text.push('\\');
        }
        text.push(c);
    }
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_as_it_is_typed() {
        let cases = [
            ("# 見出し", "\\# 見出し"),
            ("1. 一つ目", "1\\. 一つ目"),
            ("- 一つ目", "\\- 一つ目"),
            ("1-1 と 2.5", "1-1 と 2.5"),
            ("    code", "code"),
            ("===", "\\==="),
            ("<b>&amp;</b>", "\\<b\\>\\&amp;\\</b\\>"),
            ("*強調* `x`", "\\*強調\\* \\`x\\`"),
        ];
        for (line, expected) in cases {
            assert_eq!(escaped(line), expected);
        }
    }
}
