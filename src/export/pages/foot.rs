//! The foot of the pages, which completes a document.

use super::{Pages, Tag, clean, document::SMALL, flow::Flow, sheet::Sheet};

/// Room for the page's number.
const NUMBER: f32 = 60.0;

/// Puts the foot on every page, now that their number is known.
pub fn finish(mut sheet: Sheet, title: &str, foot: &str) -> Pages {
    let title = clean::one_line(title, &mut sheet.faces);
    let (width, y) = (sheet.size.0, sheet.size.1 - 32.0);
    let count = sheet.pages.len();
    let mut left = Flow::default();
    let room = sheet.width() - NUMBER;
    left.add(foot, room, SMALL, &mut sheet.faces);
    let left = left.lines.first().map(|line| line.text.clone());
    let left = left.unwrap_or_default();
    for (n, page) in std::mem::take(&mut sheet.pages).into_iter().enumerate() {
        let number = crate::form::full_width(&format!("{}／{count}", n + 1));
        let right = width - sheet.left() - sheet.faces.width(&number, SMALL.size, false);
        sheet.pages.push(page);
        sheet.text(Tag::Furniture, (sheet.left(), y), &left, SMALL);
        sheet.text(Tag::Furniture, (right, y), &number, SMALL);
    }
    Pages {
        size: sheet.size,
        title: title.chars().take(200).collect(),
        pages: sheet.pages,
        nodes: sheet.nodes,
        bookmarks: sheet.bookmarks,
        missing: sheet.faces.missing(),
    }
}
