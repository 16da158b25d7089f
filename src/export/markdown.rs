//! Markdown: a section per initiative rather than a table, since cells hold several lines.
//!
//! Characters with a meaning in Markdown or HTML are escaped. Private notes are never exported.

use crate::plan::{Form, NoSuchSection, Plan, Section, Wording};

use super::{
    outline::{Outline, Row},
    status_style,
    text::{Block, blocks, printable},
};

/// A plan, or a section of it, as the bytes of a Markdown file.
///
/// # Errors
/// When the plan has no such section.
pub fn write(plan: &Plan, section: Option<Section>, form: &Form) -> Result<Vec<u8>, NoSuchSection> {
    let outline = Outline::of(plan, section, form)?;
    let mut file = format!("# {}\n", escaped(&outline.title));
    if let Some(as_of) = &outline.as_of {
        file.push_str(&format!("\n{}\n", escaped(as_of)));
    }
    for part in &outline.parts {
        file.push_str(&format!("\n## {}\n", escaped(&part.heading)));
        for group in &part.groups {
            if let Some(heading) = &group.strategy {
                file.push_str(&format!("\n### {}\n", escaped(&heading.text)));
            }
            for row in &group.rows {
                add_row(&mut file, row, part.wording);
            }
        }
    }
    Ok(file.into_bytes())
}

fn add_row(file: &mut String, row: &Row<'_>, wording: &Wording) {
    let number = row.number.full_width();
    file.push_str(&format!("\n#### {number}　{}\n", escaped(row.title)));
    if let Some(owner) = row.owner_line() {
        file.push_str(&format!("\n{}\n", escaped(&owner)));
    }
    match &row.repost {
        Some(repost) => file.push_str(&format!("\n{}\n", escaped(&repost.line))),
        None => {
            add_field(file, &wording.results, &row.initiative.results);
            add_field(file, &wording.target, &row.initiative.target);
        }
    }
    add_field(file, &wording.achievement, "");
    if let Some(status) = &row.status {
        let shape = status_style::of(status.standing).shape;
        file.push_str(&format!("\n{shape} {}\n", escaped(&status.words)));
    }
    if row.repost.is_none() {
        add_blocks(file, &row.initiative.notes);
    }
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
