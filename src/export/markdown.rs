//! Markdown: a heading for each initiative rather than a table, since cells hold several lines.
//!
//! Characters with a meaning in Markdown or HTML are escaped. Private notes are never exported.

use crate::plan::Wording;

use super::{
    outline::{Outline, Row, words},
    status_style,
    text::{Block, blocks, printable},
};

/// An outline as the bytes of a Markdown file.
pub fn write(outline: &Outline<'_>) -> Vec<u8> {
    let mut file = format!("# {}\n", escaped(&outline.title()));
    for remark in outline.remarks().chain(outline.nothing()) {
        add_line(&mut file, remark);
    }
    for chapter in &outline.chapters {
        file.push_str(&format!("\n## {}\n", escaped(&chapter.heading)));
        for table in &chapter.tables {
            if let Some(heading) = &table.strategy {
                file.push_str(&format!("\n### {}\n", escaped(&heading.text)));
            }
            if table.rows.is_empty() {
                add_line(&mut file, words::NO_ROWS);
            }
            for row in &table.rows {
                add_row(&mut file, row, chapter.wording);
            }
        }
    }
    file.into_bytes()
}

fn add_row(file: &mut String, row: &Row<'_>, wording: &Wording) {
    let number = row.number.full_width();
    file.push_str(&format!("\n#### {number}　{}\n", escaped(row.title)));
    if let Some(owner) = row.owner() {
        add_line(file, &owner);
    }
    if let Some(repost) = &row.repost {
        add_line(file, &repost.line);
    }
    if let Some(contents) = &row.contents {
        add_field(file, &wording.results, contents.results);
        add_field(file, &wording.target, contents.target);
    }
    add_field(file, &wording.achievement, "");
    if let Some(status) = &row.status {
        let words = escaped(&status.words);
        file.push_str(&match status.counted {
            Some(standing) => format!("\n{} {words}\n", status_style::of(standing).shape),
            None => format!("\n{words}\n"),
        });
    }
    if let Some(contents) = &row.contents {
        add_blocks(file, contents.notes);
    }
}

/// A paragraph of one line.
fn add_line(file: &mut String, line: &str) {
    file.push_str(&format!("\n{}\n", escaped(line)));
}

fn add_field(file: &mut String, name: &str, text: &str) {
    file.push_str(&format!("\n**{}**\n", escaped(name)));
    add_blocks(file, text);
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
