//! What commands are called, and what they do in a sentence. What they do it to has the name that the
//! plan's form gives it.

use std::borrow::Cow;

use crate::form::{Form, Level};

use super::Command;

impl Command {
    /// Its name; `…` where more is asked before anything happens.
    pub fn name(self, form: &Form) -> Cow<'static, str> {
        let row = form.row_short();
        Cow::Borrowed(match self {
            Self::New => "新しい計画…",
            Self::ImportTable => "表から新しい計画…",
            Self::Open => "開く…",
            Self::Save => "保存",
            Self::SaveAs => "名前を付けて保存…",
            Self::PlanInfo => "計画の情報…",
            Self::EditForm => "様式を編集…",
            Self::ChangeForm => "様式を替える…",
            Self::ForgetKept => "控えを消す…",
            Self::Export => "書き出す…",
            Self::Print => "印刷…",
            Self::Quit => "終了",
            Self::Undo => "元に戻す",
            Self::Redo => "やり直す",
            Self::AddFirst
            | Self::AddSecond
            | Self::AddThird
            | Self::AddFourth
            | Self::AddFifth
            | Self::AddSixth => return Cow::Owned(self.adds(form, |level| &level.name)),
            Self::PreviousRow => return Cow::Owned(format!("前の{row}")),
            Self::NextRow => return Cow::Owned(format!("次の{row}")),
            Self::Duplicate => "複製",
            Self::Remove => "削除",
            Self::MoveUp => "上へ移動",
            Self::MoveDown => "下へ移動",
            Self::Renumber => "番号を振り直す…",
            Self::MakeRepost => "再掲にする…",
            Self::EndRepost => "再掲をやめる",
            Self::GoToSource => "再掲元へ移動",
            Self::Measures => "実績値を書く…",
            Self::ShowOverview => "全体を表示",
            Self::ShowEditor => "編集を表示",
            Self::ShowForm => "様式を表示",
            Self::ShowChecks => "点検を表示",
            Self::ShowChanges => "変更点と以前の版を表示",
            Self::ShowSections => "配布と回収を表示",
            Self::HandOut => "様式を配布…",
            Self::Collect => "返送された様式を取り込む…",
            Self::NextFinding => "次の指摘",
            Self::PreviousFinding => "前の指摘",
            Self::ExplainFinding => "カーソル位置の指摘を見る",
            Self::Find => "検索と絞り込み",
            Self::FindNext => "次に見つかったもの",
            Self::FindPrevious => "前に見つかったもの",
            Self::ClearFilter => "絞り込みを解除",
            Self::Present => "発表用の全画面表示",
            Self::CopyTable => "表をコピー",
            Self::CopyPicture => "全体を画像としてコピー",
            Self::ExpandAll => "すべて展開",
            Self::CollapseAll => "すべて折りたたむ",
            Self::SwitchPane => "一覧と編集欄を行き来する",
            Self::LightTheme => "明るい配色",
            Self::DarkTheme => "暗い配色",
            Self::SystemTheme => "配色をシステムに合わせる",
            Self::ContrastTheme => "高コントラストの切り替え",
            Self::ZoomIn => "拡大",
            Self::ZoomOut => "縮小",
            Self::ZoomReset => "標準の大きさ",
            Self::Palette => "コマンドを探す…",
            Self::KeyList => "キーの一覧…",
            Self::AboutProgram => "furikaeri について",
        })
    }

    /// The short name on the toolbar.
    pub fn short_name(self, form: &Form) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::AddFirst => return Cow::Owned(self.adds(form, Level::short)),
            Self::ShowOverview => "全体",
            Self::ShowEditor => "編集",
            Self::ShowForm => "様式",
            Self::ShowChecks => "点検",
            Self::ShowSections => "配布と回収",
            Self::ShowChanges => "変更点",
            _ => return self.name(form),
        })
    }

    fn adds(self, form: &Form, name: impl Fn(&Level) -> &str) -> String {
        let name = self.names_what(form).map_or("", name);
        format!("{name}を追加")
    }

    /// What it does, in a sentence.
    pub fn tooltip(self, form: &Form) -> Cow<'static, str> {
        let row = form.row_name();
        let short = form.row_short();
        let heading = form.names().next().map_or("", |level| level.name.as_str());
        Cow::Borrowed(match self {
            Self::New => "様式を選んで、何も入っていない計画を始めます",
            Self::ImportTable => "Excel や CSV の表、貼り付けた表から、新しい計画を作ります",
            Self::Open => "計画のファイル（.ron）を開きます",
            Self::Save => "今の内容をファイルに保存します",
            Self::SaveAs => "別の名前や場所に保存します",
            Self::EditForm => "階層、欄、選択肢、印刷する列を、紙面を見ながら直します",
            Self::ChangeForm => "この計画を別の様式に移します。置き場所のない内容も残ります",
            Self::PlanInfo => "団体名、年度、振り返りの時期、基準日を見て直します",
            Self::ForgetKept => {
                "この PC に残っている以前の版と編集内容の控えを、大きさを見て消します"
            }
            Self::Export => "計画の全体か一部を、PDF、Excel、CSV、HTML などのファイルにします",
            Self::Print => "印刷される紙面を見て、印刷します",
            Self::Quit => "furikaeri を終わります",
            Self::Undo => "直前の編集を取り消します",
            Self::Redo => "取り消した編集をもう一度行います",
            Self::AddFirst
            | Self::AddSecond
            | Self::AddThird
            | Self::AddFourth
            | Self::AddFifth
            | Self::AddSixth => return Cow::Owned(self.adds_one(form)),
            Self::Duplicate => "選んでいるものを、中身ごと写してすぐ後に置きます",
            Self::Remove => "選んでいるものを、中身ごと取り除きます（元に戻せます）",
            Self::MoveUp => "同じ並びの中で一つ上へ移します（番号は変わりません）",
            Self::MoveDown => "同じ並びの中で一つ下へ移します（番号は変わりません）",
            Self::Renumber => "選んでいるものと同じ並びに、上から１、２、３…と番号を振ります",
            Self::MakeRepost => {
                return owned(format!("ほかの{short}の内容を繰り返す「再掲」にします"));
            }
            Self::EndRepost => "再掲をやめ、内容を書けるようにします",
            Self::GoToSource => return owned(format!("再掲のもとになっている{short}を開きます")),
            Self::Measures => "目標ごとに、測った実績の数値を書きます",
            Self::ShowOverview => "計画全体の状況を一目で見ます",
            Self::ShowEditor => "選んでいるものを編集します",
            Self::ShowForm => return owned(self.shows(form)),
            Self::ShowChecks => "表記の揺れ、書き漏れ、数の合わないところを見つけて直します",
            Self::ShowSections => "どの担当に配り、どこから戻っていないかを見ます",
            Self::HandOut => "担当ごとの記入様式（Excel）をフォルダーに作ります",
            Self::Collect => "記入された Excel を読み、計画に取り込みます",
            Self::NextFinding => "点検で見つかった次のところへ移ります",
            Self::PreviousFinding => "点検で見つかった前のところへ移ります",
            Self::ExplainFinding => {
                "波線の言葉について、何が見つかったかを説明し、その場で直すか、そのままにします"
            }
            Self::ShowChanges => "保存したときや以前の版と比べて、どこが変わったかを見て戻します",
            Self::Find => {
                "一覧を言葉や状態で絞り込みます（全角・半角、大文字・小文字、かなの違いは問いません）"
            }
            Self::FindNext => return owned(format!("絞り込みに合う、次の{short}を開きます")),
            Self::FindPrevious => return owned(format!("絞り込みに合う、前の{short}を開きます")),
            Self::ClearFilter => "一覧にすべての項目を表示します",
            Self::Present => "全体か様式を、大きな文字で画面いっぱいに表示します",
            Self::CopyTable => "表示している表を、Excel に貼り付けられる形でコピーします",
            Self::CopyPicture => "全体の図を、資料に貼り付けられる画像としてコピーします",
            Self::ExpandAll => "一覧のすべての項目を開きます",
            Self::CollapseAll => return owned(format!("{heading}だけを残して一覧を閉じます")),
            Self::PreviousRow => return owned(format!("一つ前の{row}を開きます")),
            Self::NextRow => return owned(format!("一つ後の{row}を開きます")),
            Self::SwitchPane => "左の一覧と右の編集欄のあいだで、入力の場所を移します",
            Self::LightTheme => "明るい背景で表示します",
            Self::DarkTheme => "暗い背景で表示します",
            Self::SystemTheme => "パソコンの設定に合わせた配色で表示します",
            Self::ContrastTheme => {
                "文字と線をはっきりさせた配色にします。もう一度選ぶと元に戻ります"
            }
            Self::ZoomIn => "文字と画面を大きくします",
            Self::ZoomOut => "文字と画面を小さくします",
            Self::ZoomReset => "文字と画面を標準の大きさに戻します",
            Self::Palette => "名前で操作を探して行います",
            Self::KeyList => "キーボードでできることを一覧で見ます",
            Self::AboutProgram => "版、ライセンス、書体について",
        })
    }

    /// `選んでいる戦略に具体的取組を一つ加えます`.
    fn adds_one(self, form: &Form) -> String {
        let Some(level) = self.names_what(form) else {
            return String::new();
        };
        let mut under: Vec<&str> = Vec::new();
        for key in level.under.iter().rev() {
            let name = form.level(*key).name.as_str();
            if !under.contains(&name) {
                under.push(name);
            }
        }
        match under.first() {
            Some(above) => format!("選んでいる{above}に{}を一つ加えます", level.name),
            None => format!("{}を一つ加えます", level.name),
        }
    }

    /// `選んでいる経営課題や戦略を、印刷される表の形で見て直します`.
    fn shows(self, form: &Form) -> String {
        let headings = form.names().filter(|level| !level.is_row());
        let names: Vec<&str> = headings.map(|level| level.name.as_str()).collect();
        match names.join("や") {
            names if names.is_empty() => "印刷される表の形で見て直します".to_owned(),
            names => format!("選んでいる{names}を、印刷される表の形で見て直します"),
        }
    }
}

const fn owned(text: String) -> Cow<'static, str> {
    Cow::Owned(text)
}
