//! 新旧対照表 as a page for the web: three columns, what went struck out, what came underlined, so
//! that it also reads in grey. Who listens hears where a change begins and ends.

use crate::{
    export::{markup::Markup, outline::plan_title},
    plan::{Form, Plan},
};

use super::{
    Names,
    table::{Part, Piece, Row, Table},
    words,
};

const STYLE: &str = include_str!("../../../assets/styles/changes.css");

/// What changed from `old` to `new`, as the bytes of a page.
pub fn write(old: &Plan, new: &Plan, names: Names<'_>, form: &Form) -> Vec<u8> {
    let table = Table::of(old, new, form);
    let title = format!("新旧対照表　{}", plan_title(new.about()));
    let mut page = Markup::page(&title, STYLE);
    page.raw("<header>\n");
    page.element("h1", &title);
    page.raw("\n</header>\n<main id=\"main\">\n");
    if table.parts.is_empty() {
        page.raw("<p class=\"note\">変更はありません。</p>\n");
    }
    for (n, of_part) in table.parts.iter().enumerate() {
        part(&mut page, n + 1, of_part, names);
    }
    page.raw("</main>\n</body>\n</html>\n");
    page.into_bytes()
}

fn part(page: &mut Markup, n: usize, part: &Part, names: Names<'_>) {
    page.raw(&format!("<section aria-labelledby=\"part-{n}\">\n"));
    page.element(&format!("h2 id=\"part-{n}\""), &part.heading);
    page.raw(&format!(
        "\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"part-{n}\" tabindex=\"0\">\n\
         <table class=\"changes\">\n"
    ));
    page.element("caption", &format!("{}の変更", part.heading));
    page.raw("\n<thead>\n<tr><th scope=\"col\" class=\"item\">項目</th>");
    for heading in names.headings() {
        page.element("th scope=\"col\"", &heading);
    }
    page.raw("</tr>\n</thead>\n");
    for entry in &part.entries {
        page.raw("<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"3\">");
        page.text(&entry.name);
        if let Some(fate) = entry.fate {
            page.raw(" ");
            page.element("span class=\"fate\"", fate.name());
        }
        page.raw("</th></tr>\n");
        for of_entry in &entry.rows {
            row(page, of_entry);
        }
        page.raw("</tbody>\n");
    }
    page.raw("</table>\n</div>\n</section>\n");
}

fn row(page: &mut Markup, row: &Row) {
    page.raw("<tr>");
    page.element("th scope=\"row\"", &row.item);
    cell(page, &row.old, "del");
    cell(page, &row.new, "ins");
    page.raw("</tr>\n");
}

fn cell(page: &mut Markup, pieces: &[Piece], changed: &str) {
    page.raw("<td>");
    if pieces.is_empty() {
        page.element("p class=\"note\"", words::EMPTY);
    } else {
        page.raw("<p>");
        for piece in pieces {
            if piece.is_changed {
                page.element(changed, &piece.text);
            } else {
                page.text(&piece.text);
            }
        }
        page.raw("</p>");
    }
    page.raw("</td>");
}
