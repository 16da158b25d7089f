//! All that is written of the ward's plan is what was accepted: every word, where a page or a row
//! ends, and what is coloured. What looks different without saying anything else is not seen here.

use furikaeri::{
    export::{
        self, Format, Options, Orientation,
        changes::{self, Names},
        pages::{Draw, Item, Pages, Rgb, Role, Tag, faces::Faces, lay_out_changes},
    },
    import::book::Book,
    plan::{Edit, Plan, Section},
};

use crate::support::{
    paper::{column_widths, lay_out},
    plans::{after, notes, numbered, outlook, real, set},
    sections::Parts,
    snapshot::assert_accepted,
};

fn written(format: Format) -> Vec<u8> {
    let options = Options::default();
    let written = export::write(format, &real(), None, &options, &mut export::go_on);
    written.unwrap_or_else(|error| panic!("{error}")).bytes
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the file is UTF-8")
}

#[test]
fn the_texts_are_what_they_were() {
    let page = text(written(Format::Html));
    let (head, rest) = page.split_once("<style>").expect("the page has a style");
    let (_, rest) = rest.split_once("</style>").expect("and its end");
    assert_accepted("ward.html", &format!("{head}<style></style>{rest}"));
    assert_accepted("ward.md", &text(written(Format::Markdown)));
    let csv = text(written(Format::Csv)).replace("\r\n", "\n");
    assert_accepted("ward.csv", csv.trim_start_matches('\u{feff}'));
}

#[test]
fn the_workbook_is_what_it_was() {
    let bytes = written(Format::Xlsx);
    let book = Book::read(&bytes).unwrap_or_else(|error| panic!("{error}"));
    let mut parts = Parts::of(&bytes);
    let mut said = String::new();
    for (n, sheet) in book.sheets.iter().enumerate() {
        said += &format!("== {}\n", sheet.name);
        let xml = parts.part(&format!("xl/worksheets/sheet{}.xml", n + 1));
        let widths = column_widths(xml).into_iter().map(|it| it.to_string());
        said += &format!("widths {}\n", widths.collect::<Vec<_>>().join(" "));
        // The sheet for programs says what the CSV says.
        if sheet.name == export::xlsx::DATA_SHEET {
            continue;
        }
        for ((row, column), cell) in &sheet.cells {
            let fill = cell.look.fill.as_deref().unwrap_or("-");
            let text = cell.text.text.replace('\n', "⏎");
            said += &format!("{} {} {fill} {text}\n", row + 1, column + 1);
        }
    }
    assert_accepted("ward-xlsx.txt", &said);
}

#[test]
fn the_pages_are_what_they_were() {
    let plain = Options::default();
    let cases: [(&str, Option<&str>, Options); 4] = [
        ("ward-pages.txt", None, plain),
        (
            "ward-pages-portrait.txt",
            Some("2-1"),
            Options {
                orientation: Orientation::Portrait,
                ..plain
            },
        ),
        (
            "ward-pages-attention.txt",
            None,
            Options {
                cover: true,
                only_attention: true,
                ..plain
            },
        ),
        (
            "ward-pages-reposts.txt",
            Some("3-3"),
            Options {
                full_reposts: true,
                ..plain
            },
        ),
    ];
    for (name, section, options) in cases {
        let section: Option<Section> = section.map(|section| section.parse().expect("a section"));
        assert_accepted(name, &drawn(&lay_out(&real(), section, &options)));
    }
}

#[test]
fn the_comparison_is_what_it_was() {
    let (old, new) = (real(), a_week_later());
    let names = Names {
        old: "４月１日",
        new: "",
    };
    let page = text(changes::html::write(&old, &new, names));
    let (_, body) = page.split_once("<body>").expect("a body");
    let faces = Faces::new().expect("the fonts are built in");
    let pages = drawn(&lay_out_changes(&old, &new, names, faces));
    assert_accepted("ward-changes.txt", &format!("{body}{pages}"));
}

fn a_week_later() -> Plan {
    let plan = real();
    let id = |number| numbered(&plan, number);
    let edits = [
        set(id("1-1-1"), notes(), "・延期した。"),
        set(id("改革-1"), outlook(), ""),
        Edit::Remove { id: id("3-1-2") },
        Edit::Move {
            id: id("6-2-3"),
            parent: Some(id("6-1")),
            position: 0,
        },
    ];
    after(&plan, &edits)
}

/// What stands on pages, a line each: what it is, and what it says or how it is coloured.
fn drawn(pages: &Pages) -> String {
    let mut said = format!("{}\n", pages.title);
    for (n, page) in pages.pages.iter().enumerate() {
        said += &format!("== {}\n", n + 1);
        for item in &page.items {
            if let Some(line) = line(pages, item) {
                said += &format!("{line}\n");
            }
        }
    }
    said
}

fn line(pages: &Pages, item: &Item) -> Option<String> {
    let hex = |Rgb(red, green, blue): &Rgb| format!("{red:02X}{green:02X}{blue:02X}");
    Some(match &item.draw {
        Draw::Text(text) => format!("{} {}", kind(pages, item.tag), text.text),
        Draw::Rect { height, .. } if *height < 1.0 => return None,
        Draw::Rect { width, .. } if *width < 1.0 => return None,
        Draw::Rect { fill, .. } => format!("  ground {}", hex(fill)),
        Draw::Polygon { corners, fill } => format!("  {} corners {}", corners.len(), hex(fill)),
        Draw::Disc { fill, .. } => format!("  disc {}", hex(fill)),
        Draw::Ring { ink, .. } => format!("  ring {}", hex(ink)),
        Draw::Path { ink, .. } => format!("  path {}", hex(ink)),
    })
}

fn kind(pages: &Pages, tag: Tag) -> &'static str {
    let mut node = match tag {
        Tag::Node(node) => node,
        Tag::Furniture => return "furniture",
        Tag::Decoration => return "decoration",
    };
    loop {
        match (&pages.nodes[node].role, pages.nodes[node].parent) {
            (Role::Paragraph, Some(parent)) => node = parent,
            (Role::Heading { level: 1, .. }, _) => return "H1",
            (Role::Heading { level: 2, .. }, _) => return "H2",
            (Role::Heading { .. }, _) => return "H3",
            (Role::ColumnHeading | Role::RowHeading | Role::GroupHeading { .. }, _) => return "TH",
            (Role::Cell { .. }, _) => return "TD",
            _ => return "P",
        }
    }
}
