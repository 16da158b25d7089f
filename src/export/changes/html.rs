//! 新旧対照表 as a page for the web: three columns, with removed text struck out and added text
//! underlined, so that it reads in grey too. Screen readers say where a change begins and ends.

use crate::{export::markup::Markup, plan::Plan};

use super::{
    Names,
    table::{ChangedField, Chapter, Run, Table},
    words,
};

const STYLE: &str = include_str!("../../../assets/styles/changes.css");

/// What changed from `old` to `new`, as the bytes of a page.
pub fn write(old: &Plan, new: &Plan, names: Names<'_>) -> Vec<u8> {
    let table = Table::of(old, new);
    let mut page = Markup::page(&table.title, STYLE);
    page.raw("<header>\n");
    page.element("h1", &table.title);
    page.raw("\n</header>\n<main id=\"main\">\n");
    if table.chapters.is_empty() {
        page.element("p class=\"note\"", words::NO_CHANGES);
        page.raw("\n");
    }
    for (n, of_chapter) in table.chapters.iter().enumerate() {
        chapter(&mut page, n + 1, of_chapter, names);
    }
    page.raw("</main>\n</body>\n</html>\n");
    page.into_bytes()
}

fn chapter(page: &mut Markup, n: usize, chapter: &Chapter, names: Names<'_>) {
    page.raw(&format!("<section aria-labelledby=\"part-{n}\">\n"));
    page.element(&format!("h2 id=\"part-{n}\""), &chapter.heading);
    page.raw(&format!(
        "\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"part-{n}\" tabindex=\"0\">\n\
         <table role=\"table\" class=\"changes\">\n"
    ));
    page.element("caption", &format!("{}の変更", chapter.heading));
    page.raw("\n<thead role=\"rowgroup\">\n<tr role=\"row\">");
    page.element(
        "th role=\"columnheader\" scope=\"col\" class=\"item\"",
        words::ITEM,
    );
    for heading in names.headings() {
        page.element("th role=\"columnheader\" scope=\"col\"", &heading);
    }
    page.raw("</tr>\n</thead>\n");
    for node in &chapter.nodes {
        page.raw(
            "<tbody role=\"rowgroup\">\n\
             <tr role=\"row\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"3\">",
        );
        page.text(&node.name);
        if let Some(fate) = node.fate {
            page.raw(" ");
            page.element("span class=\"fate\"", fate.name());
        }
        page.raw("</th></tr>\n");
        for of_node in &node.fields {
            field(page, of_node, names);
        }
        page.raw("</tbody>\n");
    }
    page.raw("</table>\n</div>\n</section>\n");
}

fn field(page: &mut Markup, field: &ChangedField, names: Names<'_>) {
    page.raw("<tr role=\"row\">");
    page.element("th role=\"rowheader\" scope=\"row\"", &field.item);
    let [old, new] = names.headings();
    cell(page, &old, &field.old, "del");
    cell(page, &new, &field.new, "ins");
    page.raw("</tr>\n");
}

/// A side. On a narrow screen, where sides stand one below the other, it has its heading over it; a
/// screen reader knows that from the table already.
fn cell(page: &mut Markup, heading: &str, runs: &[Run], changed: &str) {
    page.raw("<td role=\"cell\">");
    page.element("span class=\"side\" aria-hidden=\"true\"", heading);
    if runs.is_empty() {
        page.element("p class=\"note\"", words::EMPTY);
    } else {
        page.raw("<p>");
        for run in runs {
            if run.is_changed {
                page.element(changed, &run.text);
            } else {
                page.text(&run.text);
            }
        }
        page.raw("</p>");
    }
    page.raw("</td>");
}
