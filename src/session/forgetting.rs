//! 控えを消す: what this program keeps on this PC besides the plans, seen with its size and removed
//! for one plan or for all. What is kept is `storage/kept`.

use std::sync::Arc;

use crate::storage::kept::{self, Amount, Kept, NotRemoved};

use super::{Session, jobs::Kind, prompt::Prompt, reports::Report, words};

impl Session {
    /// Looks at what is kept, to ask what of it may go.
    pub(super) fn list_kept(&mut self) {
        let Some(local) = self.world.local.clone() else {
            return self.say(words::NOTHING_KEPT);
        };
        let begin = self.begin(Kind::ListKept).saying(words::LISTING_KEPT);
        self.start(begin, move || Report::OnThisPc(kept::all(&local)));
    }

    pub(super) fn on_kept_listed(&mut self, mut kept: Vec<Kept>) {
        if kept.is_empty() {
            return self.say(words::NOTHING_KEPT);
        }
        // The plan that is open comes first.
        let open = self.document.path();
        kept.sort_by_key(|kept| kept.file.as_deref() != open);
        self.ask(Prompt::OnThisPc(Arc::new(kept)));
    }

    /// Removes what she has chosen, by its place in the list.
    pub(super) fn forget(&mut self, listed: &[Kept], chosen: &[usize]) {
        let chosen: Vec<Kept> = chosen
            .iter()
            .filter_map(|&n| listed.get(n).cloned())
            .collect();
        let mut amount = Amount::default();
        for kept in &chosen {
            amount += kept.total();
        }
        let begin = self.begin(Kind::Forget).saying(words::FORGETTING);
        self.start(begin, move || {
            // What can be removed is, whatever stays.
            let removed = chosen.into_iter().map(Kept::remove);
            let failed = removed.fold(None, |failed, removed| removed.err().or(failed));
            Report::Forgotten(failed.map_or(Ok(amount), Err))
        });
    }

    pub(super) fn on_forgotten(&mut self, removed: Result<Amount, NotRemoved>) {
        match removed {
            Ok(amount) => {
                self.list_backups();
                self.say(words::forgotten(amount));
            }
            Err(error) => self.fail(error.to_string()),
        }
    }
}
