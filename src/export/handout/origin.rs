//! What a handout knows of itself, in a hidden sheet: of which plan and owner it is, and what it
//! said before anybody worked on it.
//!
//! The sheet is made to survive what spreadsheets do to texts: letters and digits only, in cells
//! far from any limit. Its fingerprint tells whether somebody has worked on it; it is no signature.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::{
    plan::{Id, Plan, handout::Round},
    storage::{Fingerprint, format},
};

/// The name of the hidden sheet.
pub const SHEET: &str = "furikaeri";
/// The newest version of the sheet that is read.
const VERSION: u32 = 1;
/// Characters in a cell.
const CHUNK: usize = 8_000;
/// In the first column: what stands in the second.
const FORMAT: &str = "furikaeri";
const PLAN: &str = "plan";
const HASH: &str = "hash";
const DATA: &str = "data";

/// Where a handout comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// See [`Round::id`].
    pub plan: Id,
    pub owner: String,
    /// See [`Round::edition`].
    pub edition: u32,
    /// What was handed out, with the form by whose keys its cells are read, in whatever words.
    pub base: Plan,
    /// What it asks about a node, if it went back to its owner.
    pub comments: Vec<(Id, String)>,
}

/// Why a file does not say where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    #[error(
        "この計画から配布した様式ではないか、様式に埋め込んだ情報が失われています。配布した様式のファイルに記入してもらってください"
    )]
    Missing,
    #[error("新しい版の furikaeri で作られた様式です。新しい版で取り込んでください")]
    Newer,
    #[error(
        "様式に埋め込んだ情報が書き換えられています。様式を配布し直し、記入内容を写してもらってください"
    )]
    Changed,
}

#[derive(Serialize, Deserialize)]
struct Data {
    plan: Id,
    owner: String,
    edition: u32,
    /// The plan's file. A plan within a plan would need a second description of one.
    base: String,
    comments: Vec<(Id, String)>,
}

impl Origin {
    /// The rows of the hidden sheet: what it is, and the text.
    ///
    /// # Errors
    /// When the serializer refuses, which no plan is known to cause.
    pub fn rows(&self) -> Result<Vec<(&'static str, String)>, format::WriteError> {
        let base = self.base.clone().with_round(Round::default());
        let data = Data {
            plan: self.plan,
            owner: self.owner.clone(),
            edition: self.edition,
            base: String::from_utf8_lossy(&format::write(&base)?).into_owned(),
            comments: self.comments.clone(),
        };
        let text = ron::to_string(&data)?;
        let mut rows = vec![
            (FORMAT, VERSION.to_string()),
            (PLAN, self.plan.to_string()),
            (HASH, Fingerprint::of(text.as_bytes()).to_string()),
        ];
        let encoded = STANDARD.encode(text);
        let mut rest = encoded.as_str();
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at_checked(CHUNK).unwrap_or((rest, ""));
            rows.push((DATA, chunk.to_owned()));
            rest = after;
        }
        Ok(rows)
    }

    /// Reads the rows back, each as the texts of its first two cells, in order.
    ///
    /// # Errors
    /// When they are not whole and unchanged.
    pub fn read<'a>(
        rows: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, OriginError> {
        let mut encoded = String::new();
        let mut said: BTreeMap<&str, &str> = BTreeMap::new();
        for (what, text) in rows {
            match what.trim() {
                DATA => encoded.push_str(text.trim()),
                what => {
                    said.entry(what).or_insert(text.trim());
                }
            }
        }
        let version = said.get(FORMAT).ok_or(OriginError::Missing)?;
        if version
            .parse::<u32>()
            .is_ok_and(|version| version > VERSION)
        {
            return Err(OriginError::Newer);
        }
        let bytes = STANDARD.decode(encoded).map_err(|_| OriginError::Changed)?;
        let hash = Fingerprint::of(&bytes).to_string();
        if said.get(HASH) != Some(&hash.as_str()) {
            return Err(OriginError::Changed);
        }
        let data: Data = ron::de::from_bytes(&bytes).map_err(|_| OriginError::Changed)?;
        let base = format::read(data.base.as_bytes()).map_err(|_| OriginError::Changed)?;
        Ok(Self {
            plan: data.plan,
            owner: data.owner,
            edition: data.edition,
            base,
            comments: data.comments,
        })
    }
}
