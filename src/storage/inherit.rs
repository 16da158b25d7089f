//! What a new file takes over from the one that it replaces: who owns it, who may do what with it,
//! and what people attached to it.
//!
//! What a place cannot keep is no reason not to save, and is said. What may then be done with the
//! new file is less than before, never more.

#[cfg(unix)]
use std::{fs::Permissions, os::unix::fs::PermissionsExt};
use std::{
    fs::{File, Metadata},
    path::Path,
};

#[cfg(target_os = "linux")]
use super::attributes::{self, Access, Attributes};

/// What the new file does not have of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    #[error("ファイルの持ち主を引き継げませんでした。持ち主は、保存した人に変わっています。")]
    Owner,
    #[error(
        "ファイルのグループを引き継げませんでした。グループの人だけが開けたときは、アクセス権を付け直してください。"
    )]
    Group,
    #[error(
        "ファイルのアクセス権を引き継げませんでした。ほかの人が開けないときは、アクセス権を付け直してください。"
    )]
    Mode,
    #[error(
        "人ごとのアクセス権（ACL）を引き継げませんでした。見られる人が広がらないように狭めたので、開けない人がいるときは付け直してください。"
    )]
    Access,
    #[error("ファイルに付けられていた属性（拡張属性）を引き継げませんでした。")]
    Attributes,
    #[error(
        "このファイルには別の名前（ハードリンク）もあります。別の名前のほうは、前の内容のまま残っています。"
    )]
    OtherNames,
}

/// A file that is to be replaced, as far as the new one takes over from it.
#[derive(Debug)]
pub(super) struct Old {
    #[cfg_attr(not(unix), expect(dead_code, reason = "Windows has no mode to keep"))]
    metadata: Metadata,
    #[cfg(target_os = "linux")]
    attributes: Attributes,
}

impl Old {
    /// The file at a path that is no link.
    pub fn of(path: &Path, metadata: Metadata) -> Self {
        #[cfg(not(target_os = "linux"))]
        let _ = path;
        Self {
            metadata,
            #[cfg(target_os = "linux")]
            attributes: Attributes::of(path),
        }
    }

    /// Gives a new file, which nobody but its owner can read yet, what the old one had.
    #[cfg(unix)]
    pub fn give(&self, file: &File) -> Vec<Loss> {
        use std::os::unix::fs::MetadataExt;

        let mut losses = Vec::new();
        let has_group = self.give_owner(file, &mut losses);
        let mut mode = self.metadata.mode() & 0o7777;
        #[cfg(target_os = "linux")]
        {
            mode = self.give_access(file, mode, has_group, &mut losses);
            if !self.attributes.give_others(file) {
                losses.push(Loss::Attributes);
            }
        }
        #[cfg(not(target_os = "linux"))]
        if !has_group {
            mode = with_group(mode, mode & 0o7);
        }
        if !give_mode(file, mode) {
            losses.push(Loss::Mode);
        }
        if self.metadata.nlink() > 1 {
            losses.push(Loss::OtherNames);
        }
        losses
    }

    #[cfg(not(unix))]
    pub fn give(&self, _file: &File) -> Vec<Loss> {
        // A new file takes its access list from the folder; there is no mode to keep.
        Vec::new()
    }

    /// Whether the file has the group of the old one.
    #[cfg(unix)]
    fn give_owner(&self, file: &File, losses: &mut Vec<Loss>) -> bool {
        use std::os::unix::fs::{MetadataExt, fchown};

        let (user, group) = (self.metadata.uid(), self.metadata.gid());
        let is = |file: &File| file.metadata().ok().map(|it| (it.uid(), it.gid()));
        if is(file) == Some((user, group)) || fchown(file, Some(user), Some(group)).is_ok() {
            return true;
        }
        // Only root may give a file away. Its group can be kept more often than its owner.
        let _looked_at_below = fchown(file, None, Some(group));
        let now = is(file);
        if now.is_none_or(|(now, _)| now != user) {
            losses.push(Loss::Owner);
        }
        let has_group = now.is_some_and(|(_, now)| now == group);
        if !has_group {
            losses.push(Loss::Group);
        }
        has_group
    }

    /// Gives the file the access list of the old one, and tells which mode it is to have.
    #[cfg(target_os = "linux")]
    fn give_access(&self, file: &File, mode: u32, has_group: bool, losses: &mut Vec<Loss>) -> u32 {
        let others = mode & 0o7;
        let of_group = if has_group { mode >> 3 & 0o7 } else { others };
        let narrowed = match &self.attributes.access {
            Access::Unknown => return with_group(mode, of_group),
            Access::Mode => match attributes::remove_list(file) {
                Ok(()) => return with_group(mode, of_group),
                // The list that it has from its folder lets in whom the mode of its group lets in.
                Err(_) => 0,
            },
            Access::List(list) => {
                let given = if has_group {
                    list.clone()
                } else {
                    list.without_group()
                };
                match given.give(file) {
                    Ok(()) => return mode,
                    Err(_) if attributes::remove_list(file).is_ok() => list.group() & of_group,
                    Err(_) => 0,
                }
            }
            Access::Unreadable => match attributes::remove_list(file) {
                // What the mode says of the group may be what a list lets anybody do.
                Ok(()) => others & of_group,
                Err(_) => 0,
            },
        };
        losses.push(Loss::Access);
        with_group(mode, narrowed)
    }
}

#[cfg(unix)]
const fn with_group(mode: u32, group: u32) -> u32 {
    mode & !0o70 | group << 3
}

/// Whether those may read and write the file whom this mode lets do so. Whether it can be executed
/// means nothing here, and a Windows share keeps another thing in that place.
#[cfg(unix)]
fn give_mode(file: &File, mode: u32) -> bool {
    let now = || file.metadata().map(|it| it.permissions().mode());
    if !now().is_ok_and(|now| now & 0o7777 == mode) {
        let _looked_at_below = file.set_permissions(Permissions::from_mode(mode));
    }
    now().is_ok_and(|now| now & 0o666 == mode & 0o666)
}
