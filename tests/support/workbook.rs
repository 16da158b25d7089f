//! A workbook as lines of text: what stands in each cell, how it is coloured, and what whoever fills
//! it in may do there.

use std::collections::BTreeMap;

use furikaeri::{
    export::handout::origin,
    import::book::{Book, reference},
};

use super::{paper::column_widths, sections::Parts};

/// What says how a sheet is protected, joined and printed.
const OF_THE_SHEET: [&str; 5] = [
    "sheetProtection",
    "mergeCell",
    "pageMargins",
    "pageSetup",
    "dataValidation",
];

pub fn described(bytes: &[u8]) -> String {
    let book = Book::read(bytes).unwrap_or_else(|error| panic!("{error}"));
    let mut parts = Parts::of(bytes);
    let looks = looks(parts.part("xl/styles.xml"));
    let mut said = String::new();
    let workbook = parts.part("xl/workbook.xml");
    for name in ["sheet", "definedName"] {
        for tag in tags(workbook, name) {
            said += &format!("{name} {tag}\n");
        }
    }
    for (n, sheet) in book.sheets.iter().enumerate() {
        said += &format!("== {}\n", sheet.name);
        let xml = &*parts.part(&format!("xl/worksheets/sheet{}.xml", n + 1));
        let widths = column_widths(xml).into_iter().map(|it| it.to_string());
        said += &format!("widths {}\n", widths.collect::<Vec<_>>().join(" "));
        for tag in tags(xml, "col").filter(|tag| tag.contains("hidden=")) {
            said += &format!("hidden {}\n", attribute(tag, "min"));
        }
        for name in OF_THE_SHEET {
            for tag in tags(xml, name) {
                said += &format!("{name} {tag}\n");
            }
        }
        let lists: BTreeMap<&str, &str> = xml.split("<dataValidation ").skip(1).map(list).collect();
        let is_origin = sheet.name == origin::SHEET;
        for row in xml.split("<row ").skip(1) {
            let height = attribute(row, "ht");
            said += &format!("row {} height {height}\n", attribute(row, "r"));
            let mut is_encoded = false;
            for cell in tags(row, "c") {
                let at = attribute(cell, "r");
                let mut cells = sheet.cells.iter();
                let text = cells.find(|(place, _)| reference(**place) == at);
                let text = text.map_or("", |(_, cell)| &cell.text.text);
                let style = attribute(cell, "s").parse().unwrap_or(0);
                let look = looks.get::<usize>(style).expect("a look");
                let list = lists.get(at).map(|list| format!(" list {list}"));
                let list = list.unwrap_or_default();
                // What is encoded there is a plan's file. That it is read is seen elsewhere.
                is_encoded |= is_origin && matches!(text, "data" | "hash");
                let text = match is_encoded && at.starts_with('B') {
                    true => "…".to_owned(),
                    false => text.replace('\n', "⏎"),
                };
                said += &format!("{at} {look}{list} {text}\n");
            }
        }
    }
    said
}

/// The cell that has a list, and where the words of the list stand.
fn list(validation: &str) -> (&str, &str) {
    let words = validation.split("<formula1>").nth(1);
    let words = words.and_then(|it| it.split("</").next());
    (attribute(validation, "sqref"), words.unwrap_or_default())
}

/// By the number of their style, whether cells are locked, what is behind the words, and how they
/// are written.
fn looks(styles: &str) -> Vec<String> {
    let all = |name: &str| {
        let list = styles.split(&format!("<{name} ")).nth(1).expect(name);
        list.split(&format!("</{name}>")).next().expect(name)
    };
    let grounds: Vec<&str> = all("fills").split("<fill>").skip(1).collect();
    let fonts: Vec<&str> = all("fonts").split("<font>").skip(1).collect();
    let of = |look: &str| {
        let number = |name: &str| attribute(look, name).parse::<usize>().expect(name);
        let (ground, font) = (grounds[number("fillId")], fonts[number("fontId")]);
        let lock = match look.contains("locked=\"0\"") {
            true => "open",
            false => "locked",
        };
        let colour = tags(ground, "fgColor").next();
        let ground = colour.map_or("-", |tag| attribute(tag, "rgb"));
        let bold = if font.contains("<b/>") { " bold" } else { "" };
        let mut sizes = tags(font, "sz").map(|tag| attribute(tag, "val"));
        let size = sizes.next().unwrap_or_default();
        format!("{lock} {ground} {size}{bold}")
    };
    all("cellXfs").split("<xf ").skip(1).map(of).collect()
}

/// The attributes of the elements with this name.
fn tags<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("<{name} ");
    let starts: Vec<&str> = xml.split(&start).skip(1).collect();
    let tags = starts.into_iter().map(|rest| rest.split('>').next());
    tags.flatten().map(|tag| tag.trim_end_matches('/'))
}

/// An attribute of the first element, empty where it has none.
fn attribute<'a>(xml: &'a str, name: &str) -> &'a str {
    let tag = xml.split('>').next().unwrap_or_default();
    let mut attributes = tag.split("\" ");
    let value = attributes.find_map(|it| it.trim_start().strip_prefix(name)?.strip_prefix("=\""));
    value.map_or("", |value| value.trim_end_matches(['/', '"']))
}
