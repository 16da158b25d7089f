//! Cells as a spreadsheet puts them on the clipboard: tabs between them, a line for each row. A cell
//! with a line break, a tab or a quotation mark stands in quotation marks, which it doubles.

use crate::plan::with_lf;

/// The cells of each row, also of rows in which there is nothing. Line breaks in a cell are those of
/// a plan.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (cell, after) = cell(rest);
        row.push(with_lf(cell));
        if let Some(next) = after.strip_prefix('\t') {
            rest = next;
            if rest.is_empty() {
                row.push(String::new());
            }
            continue;
        }
        rows.push(std::mem::take(&mut row));
        let line = after.strip_prefix("\r\n");
        rest = line
            .or_else(|| after.strip_prefix(['\r', '\n']))
            .unwrap_or("");
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The first cell of a text, and what comes after it.
fn cell(text: &str) -> (String, &str) {
    let ends = |text: &str| text.is_empty() || text.starts_with(['\t', '\r', '\n']);
    // What only begins with a quotation mark is a text like any other.
    if let Some((cell, after)) = text.strip_prefix('"').and_then(quoted)
        && ends(after)
    {
        return (cell, after);
    }
    let end = text.find(['\t', '\r', '\n']).unwrap_or(text.len());
    let (cell, after) = text.split_at(end);
    (cell.to_owned(), after)
}

/// What stands up to the closing quotation mark, and what comes after that.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        let Some(next) = after.strip_prefix('"') else {
            return Some((cell, after));
        };
        cell.push('"');
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn cells_are_told_apart_as_a_spreadsheet_wrote_them() {
        let cases: [(&str, &[&[&str]]); 9] = [
            ("", &[]),
            ("一", &[&["一"]]),
            ("一\t二\r\n三\t四\r\n", &[&["一", "二"], &["三", "四"]]),
            ("\"・一\n・二\"\t三\r\n", &[&["・一\n・二", "三"]]),
            ("\"\"\"引用\"\"\"\n", &[&["\"引用\""]]),
            ("一\n\n三\n", &[&["一"], &[""], &["三"]]),
            ("一\t", &[&["一", ""]]),
            ("\"閉じない\t二", &[&["\"閉じない", "二"]]),
            ("\"引用\"の後\t二", &[&["\"引用\"の後", "二"]]),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }
}
