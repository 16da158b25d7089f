//! A plan that eight sections fill in, their workbooks, and what spreadsheets do to those.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::Command,
};

use furikaeri::{
    export::handout,
    import::{
        book::Book,
        returned::{self, Returned},
    },
    plan::{Id, Node, Plan, handout as rounds},
};
use jiff::civil::Date;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    need::Need,
    plans::{id, real},
};

pub const DAY: Date = Date::constant(2021, 11, 1);
pub const OWNERS: [&str; 8] = [
    "総務課",
    "協働まちづくり推進課",
    "防災担当",
    "保健福祉課",
    "子育て支援担当",
    "窓口サービス課",
    "生活支援課",
    "広聴広報担当",
];

/// The ward's plan, its strategies given to eight sections in turn, before anything went out.
pub fn owned() -> Plan {
    let mut plan = real();
    let holds_rows = |node: &&Node| node.children.iter().any(|it| plan.level(it).is_row());
    let all = plan.nodes().map(|entry| &**entry.node);
    let parts: Vec<Id> = all.filter(holds_rows).map(|node| node.id).collect();
    for (part, owner) in parts.into_iter().zip(OWNERS.into_iter().cycle()) {
        let edit = rounds::assign(&plan, &[part], owner);
        plan.apply(&edit).expect("the part is there");
    }
    plan
}

/// The same plan after it was handed out to all of them.
pub fn handed_out() -> Plan {
    hand_out(owned())
}

pub fn hand_out(plan: Plan) -> Plan {
    let owners = OWNERS.map(str::to_owned);
    let round = plan.round().clone();
    let round = round.handed_out(&owners, DAY, Some(Date::constant(2021, 11, 19)), id(0xF0));
    plan.with_round(round)
}

pub fn form(plan: &Plan, owner: &str) -> Vec<u8> {
    handout::write(plan, owner, &handout::Options::default())
        .unwrap_or_else(|error| panic!("{owner}: {error}"))
}

pub fn read(bytes: &[u8]) -> Returned {
    returned::read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The row, counted from 1, of a node in a workbook.
pub fn row_of(bytes: &[u8], id: Id) -> u32 {
    let book = Book::read(bytes).unwrap_or_else(|error| panic!("{error}"));
    let sheet = &book.sheets[0];
    let wanted = id.to_string();
    let cell = sheet
        .cells
        .iter()
        .find(|(_, cell)| cell.text.text == wanted);
    let ((row, _), _) = cell.unwrap_or_else(|| panic!("{id} は様式にない"));
    row + 1
}

/// The parts of a workbook, to be changed as a spreadsheet would.
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    pub fn of(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut parts = BTreeMap::new();
        for n in 0..archive.len() {
            let mut part = archive.by_index(n).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).expect("XML in UTF-8");
            parts.insert(name, text);
        }
        Self(parts)
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &self.0 {
            let options = SimpleFileOptions::default();
            writer.start_file(name.as_str(), options).expect("a part");
            writer.write_all(text.as_bytes()).expect("memory");
        }
        writer.finish().expect("an archive").into_inner()
    }

    pub fn part(&mut self, name: &str) -> &mut String {
        self.0.get_mut(name).unwrap_or_else(|| panic!("{name}"))
    }

    fn sheet(&mut self) -> &mut String {
        self.part("xl/worksheets/sheet1.xml")
    }

    /// Puts another content into a cell of the first sheet: attributes, and what is inside.
    pub fn set(&mut self, at: &str, attributes: &str, inside: &str) {
        let sheet = self.sheet();
        let start = sheet.find(&format!("<c r=\"{at}\"")).expect(at);
        let rest = &sheet[start..];
        let tag = rest.find('>').expect("a tag") + 1;
        let end = match rest[..tag].ends_with("/>") {
            true => tag,
            false => rest.find("</c>").expect("an end") + 4,
        };
        let style = rest[..tag].split("s=\"").nth(1).expect("a style");
        let style = style.split('"').next().expect("a number").to_owned();
        let style = match attributes.contains("s=\"") {
            true => String::new(),
            false => format!("s=\"{style}\""),
        };
        let cell = format!("<c r=\"{at}\" {style} {attributes}>{inside}</c>");
        sheet.replace_range(start..start + end, &cell);
    }

    pub fn type_in(&mut self, at: &str, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let inside = format!("<is><t xml:space=\"preserve\">{text}</t></is>");
        self.set(at, "t=\"inlineStr\"", &inside);
    }

    /// Adds a shared text and tells its number.
    pub fn share(&mut self, text: &str) -> usize {
        let shared = self.part("xl/sharedStrings.xml");
        let count = shared.matches("<si>").count();
        *shared = shared.replace("</sst>", &format!("{text}</sst>"));
        count
    }

    /// A row of the first sheet, from its tag to its end.
    fn row(&mut self, row: u32) -> std::ops::Range<usize> {
        let sheet = self.sheet();
        let start = sheet.find(&format!("<row r=\"{row}\"")).expect("a row");
        let end = start + sheet[start..].find("</row>").expect("an end") + 6;
        start..end
    }

    pub fn delete_row(&mut self, row: u32) {
        let range = self.row(row);
        self.sheet().replace_range(range, "");
    }

    /// The rows change their places, with all that is in them.
    pub fn swap_rows(&mut self, one: u32, other: u32) {
        let renamed = |text: &str, from: u32, to: u32| {
            let row = text.replacen(&format!("r=\"{from}\""), &format!("r=\"{to}\""), 1);
            let mut row = row;
            for column in 'A'..='J' {
                let (from, to) = (format!("\"{column}{from}\""), format!("\"{column}{to}\""));
                row = row.replace(&from, &to);
            }
            row
        };
        let (first, second) = (self.row(one), self.row(other));
        let sheet = self.sheet();
        let moved = renamed(&sheet[first.clone()], one, other);
        let back = renamed(&sheet[second.clone()], other, one);
        sheet.replace_range(second, &moved);
        sheet.replace_range(first, &back);
    }
}

/// LibreOffice as a section's Excel, alone in its folder.
pub struct LibreOffice {
    folder: PathBuf,
}

const MACRO: &str = include_str!("../fixtures/section.xba");

impl LibreOffice {
    /// `None` where there is none, which is said.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        if !Need::LibreOffice.is_met() {
            return None;
        }
        let office = Self {
            folder: folder.to_owned(),
        };
        // The first start makes the folder for macros, and would replace one that is there.
        let started = office.command().arg("--terminate_after_init").output();
        let started = started.expect("LibreOffice is there");
        assert!(started.status.success(), "{started:?}");
        let place = folder.join("profile/user/basic/Standard/Module1.xba");
        std::fs::write(place, MACRO).expect("there is room");
        Some(office)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("soffice");
        let profile = self.folder.join("profile");
        command
            .arg(format!(
                "-env:UserInstallation=file://{}",
                profile.display()
            ))
            .args(["--headless", "--norestore"]);
        command
    }

    /// Runs the lines of a script, each a command and its words (see the macro).
    pub fn run(&self, script: &[String]) {
        let list = self.folder.join("script.txt");
        std::fs::write(&list, script.join("\n")).expect("there is room");
        let call = format!(
            "macro:///Standard.Module1.Edit(\"file://{}\")",
            list.display()
        );
        let output = self.command().arg(call).output().expect("it ran before");
        assert!(output.status.success(), "{output:?}");
    }

    pub fn url(&self, name: &str) -> String {
        format!("file://{}", self.folder.join(name).display())
    }
}
