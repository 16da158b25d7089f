//! Words the user reads, where a flow or more than one view needs them: plain office Japanese.
//!
//! Names of commands are in the command table; names of levels and fields are the form's, and what is
//! said of a form itself is in `form_words.rs`.

use std::path::{Path, PathBuf};

use crate::{
    export::{Format, outline::words::WHOLE},
    form::{Field, Level},
    import::table::TableError,
    plan::{Edit, EditError, Id, MergeError, Plan, Section, fiscal_year_name},
    storage::{
        files::{OpenError, Outcome, SaveError, SaveReason},
        kept::Amount,
    },
};

pub use super::versions::{backup_name, version, version_opened};
pub use crate::plan::title_or_none;

use super::{
    document::Document, files::Purpose, form_words, keeping::Kept, print::PrintError,
    prompt::Pending,
};

pub const PROGRAM: &str = "furikaeri";
pub const SAVING: &str = "保存しています…";
pub const EXPORTING: &str = "書き出しています…";
pub const EXPORT_STOPPED: &str = "書き出しを中止しました（ファイルは作っていません）";
pub const PRINTING: &str = "プリンターに送っています…";
pub const VIEWER_OPENED: &str = "PDF を開きました。開いた画面から印刷してください";
pub const RECOVERY: &str = "残っていた編集内容の復元";
pub const MERGE: &str = "ほかの人の変更の取り込み";
pub const FIX: &str = "点検の修正";
pub const IGNORE: &str = "指摘をそのままにする";
pub const UNIGNORE: &str = "指摘をもう一度見る";
pub const STYLE: &str = "書き方の決まりの変更";
pub const NOW: &str = "今の内容";
pub const HANDING_OUT: &str = "様式を作っています…";
pub const HAND_OUT: &str = "様式の配布";
pub const SEND_BACK: &str = "様式の差し戻し";
pub const SHE_STAYED: &str =
    "保存しました。入力が続いていたため、ほかの計画を開くことや終了は取りやめました";
pub const LOOKING: &str = "ファイルの場所を確かめています…";
pub const OTHER_PLAN: &str = "別の計画を開いたため、前の計画のための操作は取りやめました";
pub const RETURNS_LEFT: &str =
    "別の計画を開いたため、返送された様式は取り込んでいません。もう一度選んでください";
pub const LISTING_KEPT: &str = "この PC の控えを調べています…";
pub const NOTHING_KEPT: &str = "この PC に控えはありません";
pub const FORGETTING: &str = "控えを消しています…";
pub const COLLECTING: &str = "返送された様式を読んでいます…";
pub const NO_RETURNS: &str = "様式のファイル（.xlsx）が見つかりませんでした";
pub const RETURNED: &str = "提出の記録";
pub const LEFT: &str = "まだ取り込んでいません（提出済として記録しました）";
pub const OLDER_RETURN: &str = "前に配布した様式に記入されています";
pub const ASSIGN: &str = "担当の割り当て";
pub const REMINDER_COPIED: &str = "督促の文をコピーしました。メールに貼り付けてください";
pub const IMPORT: &str = "表の取り込み";
pub const IMPORTED: &str = "表から計画を作りました。名前を付けて保存してください";
pub const TABLES: &str = "表（Excel、CSV）";
pub const WORKBOOKS: &str = "記入様式";
pub const RESTORED: &str = "比べていた内容に戻しました。Ctrl+Z で取り消せます";
pub const RESTORE: &str = "以前の版に戻す";
pub const RECOVERED: &str =
    "残っていた編集内容を復元しました。「変更点」で確かめてから保存してください";
pub const TAKING_IN: &str = "ほかの人の変更を読んでいます…";
pub const NOT_ALONE: &str =
    "これだけを戻すことはできません。中や外にあるものを先に戻すか、全体を戻してください。";
pub const PLAN_FILES: &str = "計画のファイル";
pub const FORM_FILES: &str = "様式のファイル";
pub const ALL_FILES: &str = "すべてのファイル";
pub const PICTURE_COPIED: &str = "全体の図をコピーしました";
pub const SOME_EDIT: &str = "編集";
pub const SAME_CELLS: &str = "貼り付けても変わるところはありません";
pub const SAME_FORM: &str = "計画の様式と同じ様式です";
pub const FORM_OF_OFFICE: &str = "様式を変えませんでした。これは担当に配布された計画です。様式は、配布した計画で変えてください。";

/// The step that has filled so many cells.
pub fn filled(cells: usize) -> String {
    format!("表の貼り付け（{cells} か所）")
}

/// The step that has given so many cells the same answer.
pub fn answered(cells: usize) -> String {
    format!("選択の変更（{cells} か所）")
}

/// The step that has emptied so many cells.
pub fn emptied(cells: usize) -> String {
    format!("内容の削除（{cells} か所）")
}

/// What adding a node of each of these levels is called; those of one name are told apart by what
/// stands for their numbers: 経営課題, 経営課題（改革）.
pub fn level_names(levels: &[&Level]) -> Vec<String> {
    let name = |level: &&Level| {
        let mut same = levels.iter().filter(|it| it.name == level.name);
        let is_first = same.next().is_none_or(|first| first.key == level.key);
        match level.number.pattern.as_str() {
            _ if is_first => level.name.clone(),
            word if !word.is_empty() && !level.number.has_own() => {
                format!("{}（{word}）", level.name)
            }
            _ => format!("{}（{}）", level.name, level.key),
        }
    };
    levels.iter().map(name).collect()
}

/// A format, with what it is good for.
pub const fn format(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF（印刷、ホームページ）",
        Format::Xlsx => "Excel（様式の表と、データの表）",
        Format::Csv => "CSV（一覧表）",
        Format::Html => "HTML（ウェブのページ）",
        Format::Markdown => "Markdown（文章）",
    }
}

/// `大阪市港区　令和３年度　中間振り返り`.
pub fn plan_name(plan: &Plan) -> String {
    let about = plan.about();
    if about.organisation.is_empty() {
        return "新しい計画".to_owned();
    }
    format!(
        "{}　{}　{}",
        about.organisation,
        fiscal_year_name(about.fiscal_year),
        plan.form().review_name(about.review)
    )
}

/// The beginning of the names of files made from a plan: `港区_R3中間振り返り`.
pub fn plan_file_stem(plan: &Plan) -> String {
    let about = plan.about();
    // The city goes without saying among its own wards.
    let organisation = match about.organisation.split_once('市') {
        Some((_, ward)) if !ward.is_empty() => ward,
        _ if about.organisation.is_empty() => "計画",
        _ => about.organisation.as_str(),
    };
    let year = match about.fiscal_year {
        year @ 2019.. => format!("R{}", year - 2018),
        year => year.to_string(),
    };
    let review = plan.form().review_name(about.review);
    let stem = format!("{organisation}_{year}{review}");
    in_file_name(&stem)
}

/// A text without what no name of a file may have in it.
fn in_file_name(text: &str) -> String {
    text.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], "_")
}

/// The beginning of the name of a file made from a part of a plan: `港区_R3中間振り返り_戦略2-1`.
pub fn export_stem(plan: &Plan, section: Option<&Section>) -> String {
    let stem = plan_file_stem(plan);
    let Some(section) = section else {
        return stem;
    };
    let node = section.find_in(plan);
    let section = section.to_string();
    // What begins with a word is named by it.
    let is_counted = section.starts_with(|c: char| c.is_ascii_digit());
    let node = node.filter(|_| is_counted);
    let name = node.map_or("", |entry| plan.level(entry.node).name.as_str());
    in_file_name(&format!("{stem}_{name}{section}"))
}

/// Level and number of a node: `戦略２－１`; one without a number by its title.
pub fn node_name(plan: &Plan, id: Id) -> String {
    match (plan.node(id), plan.number(id)) {
        (Some(node), Some(number)) if number.is_unnumbered(plan.form()) => node.title.clone(),
        (Some(_), Some(number)) => number.name(plan.form()),
        _ => String::new(),
    }
}

/// The same, or that it is the plan as a whole (`None`).
pub fn place_name(plan: &Plan, at: Option<Id>) -> String {
    at.map_or_else(|| WHOLE.to_owned(), |id| node_name(plan, id))
}

/// What an edit does, for the menu: `目標の編集（２－１－３）`. `None` where its node is not in
/// this plan (yet).
pub fn edit_label(plan: &Plan, edit: &Edit) -> Option<String> {
    let number = |id: Id| plan.contains(id).then(|| plan.short_name(id));
    let level_of = |id: Id| plan.level_of(id).map(|level| &level.name);
    Some(match edit {
        Edit::Text { id, at, .. } => {
            let is_choice = plan.field_of(*id, *at).is_some_and(Field::is_choice);
            let what = if is_choice { "変更" } else { "編集" };
            let name = plan.slot_name(*id, *at);
            match id {
                Some(id) => format!("{name}の{what}（{}）", number(*id)?),
                None => format!("{name}の{what}"),
            }
        }
        Edit::Number { id, .. } => format!("番号の変更（{}）", number(*id)?),
        Edit::Repost { id, source } => match source {
            Some(_) => format!("再掲の設定（{}）", number(*id)?),
            None => format!("再掲の解除（{}）", number(*id)?),
        },
        Edit::About(_) => "計画の情報の変更".to_owned(),
        Edit::Measures { id, .. } => format!("実績値の変更（{}）", number(*id)?),
        Edit::Form(form) => form_words::changed(plan.form(), form),
        Edit::Style(_) => "表記の決まりの変更".to_owned(),
        Edit::Round(_) => "配布と回収の記録".to_owned(),
        Edit::Whole { .. } => "取り込み".to_owned(),
        Edit::Insert { branch, .. } => {
            format!("{}の追加（{}）", level_of(branch.id)?, number(branch.id)?)
        }
        Edit::Remove { id } => format!("{}の削除（{}）", level_of(*id)?, number(*id)?),
        Edit::Move { id, .. } => format!("{}の移動（{}）", level_of(*id)?, number(*id)?),
        Edit::Group(edits) => match edits.first()? {
            Edit::Number { .. } => "番号の振り直し".to_owned(),
            first => edit_label(plan, first)?,
        },
    })
}

pub fn edit_failed(error: &EditError) -> String {
    format!("この編集はできませんでした。{error}\n計画は編集前のままです。")
}

/// The title of the window: which file, and whether it is saved.
pub fn window_title(document: &Document) -> String {
    let mark = if document.is_unsaved() { "● " } else { "" };
    format!("{mark}{} - {PROGRAM}", document_name(document))
}

/// The file's name, or what the plan is called before it has one.
pub fn document_name(document: &Document) -> String {
    match document.path() {
        Some(path) => file_name(path),
        None => plan_name(document.plan()),
    }
}

/// What is on this PC of what is not saved, for the status line.
pub fn kept(kept: &Kept) -> String {
    match kept {
        Kept::Nowhere | Kept::NotYet => String::new(),
        Kept::All => "（この PC に控えあり）".to_owned(),
        Kept::Until(time) => format!("（{time} までの控えあり）"),
        Kept::Failed => "（控えを残せていません）".to_owned(),
    }
}

/// Whether the work is safe, for the status line.
pub fn saved_state(document: &Document) -> String {
    if document.is_unsaved() {
        return "未保存の変更があります".to_owned();
    }
    match document.home() {
        None => "まだファイルに保存していません".to_owned(),
        Some(home) => match &home.saved_at {
            Some(time) => format!("保存しました {time}"),
            None => "保存済み".to_owned(),
        },
    }
}

pub fn opening(path: &Path) -> String {
    format!("{} を開いています…", file_name(path))
}

pub fn exported(path: &Path) -> String {
    format!("書き出しました：{}", file_name(path))
}

/// `プリンター「PDF」に 3 部送りました（各 5 ページ、受付番号 PDF-12）`.
pub fn printed(printer: &str, copies: u32, pages: usize, id: Option<&str>) -> String {
    let id = id.map_or_else(String::new, |id| format!("、受付番号 {id}"));
    format!("プリンター「{printer}」に {copies} 部送りました（{pages} ページ{id}）")
}

/// `点検 3／38：「２1」に全角と半角の数字が混じっています。`
pub fn at_finding(place: usize, of: usize, explanation: &str) -> String {
    format!("点検 {place}／{of}：{explanation}")
}

/// A moment of these days: `10月31日 14:32`.
pub fn moment(when: jiff::Timestamp) -> String {
    let when = when.to_zoned(jiff::tz::TimeZone::system());
    when.strftime("%-m月%-d日 %H:%M").to_string()
}

/// `hidden` of them are kept without a field of the form.
pub fn taken_in(count: usize, hidden: usize) -> String {
    let hidden = match hidden {
        0 => String::new(),
        _ => format!("うち {hidden} か所は様式に欄がなく、印刷されません（点検に並べます）。"),
    };
    format!("ほかの人の変更を取り込みました（{count} か所）。{hidden}元に戻すこともできます")
}

pub fn unreadable(error: &std::io::Error, path: &Path) -> String {
    format!(
        "表を開けませんでした。ファイルを読めません（{error}）。\n{}",
        path.display()
    )
}

pub fn no_table(error: &TableError, path: &Path) -> String {
    format!("表を開けませんでした。{error}\n{}", path.display())
}

pub fn handed_out(count: usize) -> String {
    format!("様式を {count} 件作りました。計画を保存すると、配布の記録が残ります")
}

pub fn return_taken(owner: &str) -> String {
    format!("{owner}の様式の取り込み")
}

pub fn taken(count: usize) -> String {
    match count {
        0 => "変更はありませんでした".to_owned(),
        count => format!("{count} か所を取り込みました"),
    }
}

pub fn workbook_exists(path: &Path) -> String {
    format!(
        "様式を作りませんでした。同じ名前のファイルがあります。空のフォルダーを選んでください。\n{}",
        path.display()
    )
}

pub fn no_folder(error: &std::io::Error, folder: &Path) -> String {
    format!(
        "様式を作りませんでした。フォルダーを作れません（{error}）。別の場所を選んでください。\n{}",
        folder.display()
    )
}

/// What may be another person's work in a file that nobody opens.
pub fn conflict_copies(copies: &[PathBuf]) -> String {
    let names: Vec<String> = copies.iter().take(3).map(|path| file_name(path)).collect();
    let more = if copies.len() > 3 { " ほか" } else { "" };
    format!(
        "同じフォルダーに、競合した写しかもしれないファイルがあります：{}{more}",
        names.join("、")
    )
}

pub fn not_merged(error: &MergeError) -> String {
    format!("取り込めませんでした。{error}\n編集中の内容はそのままです。")
}

pub fn held(seconds: usize) -> String {
    format!("ほかのプログラムがファイルを使っています。{seconds} 秒後にもう一度保存します")
}

pub fn not_kept(error: &std::io::Error) -> String {
    format!("編集中の内容の控えを残せません（{error}）。こまめに保存してください")
}

pub fn not_discarded(error: &std::io::Error) -> String {
    format!(
        "残っていた編集内容を消せませんでした（{error}）。次に起動したときに、もう一度尋ねます。"
    )
}

pub fn recovered_without_file(error: &OpenError) -> String {
    format!(
        "編集内容は復元しましたが、もとのファイルを開けませんでした。「名前を付けて保存」で保存してください。\n{error}"
    )
}

pub fn broken(why: &str) -> String {
    format!(
        "途中で止まりました（{why}）。編集中の内容はこの画面に残っています。もう一度試してください。"
    )
}

pub fn not_opened(path: &Path, error: &opener::OpenError) -> String {
    format!(
        "開けませんでした。このファイルを開くプログラムが見つからないようです（{error}）。\n{}",
        path.display()
    )
}

pub fn export_failed(reason: &SaveReason, path: &Path) -> String {
    let head = match reason.outcome() {
        Outcome::New => "書き出しを終えられませんでした。",
        Outcome::Old | Outcome::Unsure => "書き出せませんでした。",
    };
    format!("{head}{reason}\n{}", path.display())
}

pub fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

pub const fn purpose_title(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::OpenPlan => "計画を開く",
        Purpose::SavePlan => "名前を付けて保存",
        Purpose::Export { .. } => "書き出す",
        Purpose::Changes => "新旧対照表に書き出す",
        Purpose::Table => "表を選ぶ",
        Purpose::Form(_) => "様式のファイルを選ぶ",
        Purpose::HandOut(_) => "様式を入れるフォルダー",
        Purpose::SendBack(_) => "差し戻す様式を保存",
        Purpose::Collect => "返送された様式を選ぶ",
    }
}

/// A file that does not answer, and for how long.
pub fn no_answer(doing: &str, seconds: u64) -> String {
    let doing = doing.trim_end_matches('…');
    format!(
        "{doing}（ファイルの置き場所が {seconds} 秒応答していません。このまま作業を続けられます）"
    )
}

pub fn saved_after_leaving(path: &Path) -> String {
    format!("{} の保存が終わりました", file_name(path))
}

pub fn not_saved_after_leaving(error: &SaveError) -> String {
    format!(
        "前に開いていた計画を保存できませんでした。{}\n{}",
        error.reason,
        error.path.display()
    )
}

pub fn keeping_broken(why: &str) -> String {
    format!("編集中の内容の控えを残せませんでした（{why}）。次に手を休めたときに、もう一度残します")
}

pub fn undone(label: &str) -> String {
    format!("元に戻しました：{label}")
}

pub fn redone(label: &str) -> String {
    format!("やり直しました：{label}")
}

pub fn handed_out_after_leaving(count: usize) -> String {
    format!("様式を {count} 件作りました。別の計画を開いたため、配布の記録は残していません")
}

pub fn not_exported(error: &dyn std::error::Error) -> String {
    format!("書き出せませんでした。{error}")
}

pub fn not_printed(error: &PrintError) -> String {
    format!("印刷できませんでした。{error}")
}

pub fn pages_not_opened(error: &std::io::Error) -> String {
    format!("PDF を開けませんでした（{error}）。「PDF に書き出す」で保存してから開いてください。")
}

/// `3 件、1.2 MB`.
pub fn amount(amount: Amount) -> String {
    let Amount { count, bytes } = amount;
    let size = match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    };
    format!("{count} 件、{size}")
}

pub fn forgotten(amount_removed: Amount) -> String {
    format!("控えを消しました（{}）", amount(amount_removed))
}

/// What happens when the save has ended.
pub const fn then(pending: &Pending) -> &'static str {
    match pending {
        Pending::Quit => "終わったら終了します",
        Pending::New(_) | Pending::Take(_) => "終わったら新しい計画を始めます",
        Pending::Open | Pending::OpenPath(_) | Pending::Show(..) => "終わったら次の計画を開きます",
        Pending::TakeVersion(..) => "終わったら以前の版を開きます",
        Pending::Recover => "終わったら編集内容を復元します",
    }
}

pub fn put_together(count: usize) -> String {
    format!("復元した編集内容を、その後に保存された内容と合わせました（{count} か所）")
}
