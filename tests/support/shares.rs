//! Real file systems that stand in for an office's share. Each is a process that can be stopped:
//! what such a share refuses, forgets or does halfway is its own doing.

use std::{
    fs::{self, File},
    io,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::need::{Need, left_out};

/// How a share treats those who save on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As a disk does, but for what these options of bindfs take away.
    Plain(&'static [&'static str]),
    /// FAT on a stick: no modes, no owners, no links; the calls for them are not there.
    Fat,
    /// Windows' own protocol: a file that is open is not renamed, and what is in the way of the
    /// new name is taken away first.
    Smb,
}

impl Kind {
    pub const WITHOUT_MODES: Self = Self::Plain(&["--chmod-deny", "--chown-deny", "--xattr-none"]);
    pub const READ_ONLY: Self = Self::Plain(&["-r"]);
    pub const WITHOUT_RENAMING: Self = Self::Plain(&["--rename-deny"]);
}

/// A share that is mounted. It goes with the value.
pub struct Share {
    folder: tempfile::TempDir,
    kind: Kind,
    server: Child,
    /// By this number the kernel counts who waits for an answer.
    device: u64,
}

/// Samba and its client, in a network of their own; what the program ends with is the client.
const SMB: &str = "ip link set lo up
smbd -F -s \"$1/smb.conf\" &
until grep -q ':01BD ' /proc/net/tcp; do kill -0 $! || exit 1; done
HOME=\"$1\" exec smbnetfs -f \"$1/mount\"";

impl Share {
    /// `None` where this machine has not what it takes or does not allow it, which is said.
    pub fn mount(kind: Kind) -> Option<Self> {
        let need = match kind {
            Kind::Plain(_) => Need::Bindfs,
            Kind::Fat => Need::Fat,
            Kind::Smb => Need::Samba,
        };
        if !need.is_met() || !Need::Root.is_met() {
            return None;
        }
        match Self::try_mount(kind) {
            Ok(share) => Some(share),
            Err(reason) => {
                left_out("the right to mount", &reason);
                None
            }
        }
    }

    fn try_mount(kind: Kind) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(in_words)?;
        let at = |name: &str| folder.path().join(name);
        for name in ["mount", "server", "waiting"] {
            fs::create_dir(at(name)).map_err(in_words)?;
        }
        let counts = ["-t", "fusectl", "fusectl"];
        succeed(Command::new("mount").args(counts).arg(at("waiting")))?;
        let mut server = match kind {
            Kind::Plain(options) => {
                let mut bindfs = Command::new("bindfs");
                bindfs.arg("-f").args(options);
                bindfs.args([at("server"), at("mount")]);
                bindfs
            }
            Kind::Fat => {
                let stick = File::create(at("stick")).and_then(|stick| stick.set_len(8 << 20));
                stick.map_err(in_words)?;
                succeed(Command::new("mkfs.vfat").arg(at("stick")))?;
                let mut fusefat = Command::new("fusefat");
                fusefat.args(["-f", "-o", "rw+"]);
                fusefat.args([at("stick"), at("mount")]);
                fusefat
            }
            Kind::Smb => {
                write_smb_settings(folder.path()).map_err(in_words)?;
                let mut smb = Command::new("unshare");
                smb.args(["-n", "sh", "-c", SMB, "smb"]).arg(folder.path());
                smb
            }
        };
        let log = File::create(at("said")).map_err(in_words)?;
        let outputs = log.try_clone().map_err(in_words)?;
        server.stdin(Stdio::null()).stdout(outputs).stderr(log);
        // Samba ends with all of its group.
        server.process_group(0);
        let spawned = server.spawn();
        let name = server.get_program().to_string_lossy().into_owned();
        let mut share = Self {
            folder,
            kind,
            server: spawned.map_err(|error| format!("{name}: {error}"))?,
            device: 0,
        };
        share.wait_until_it_answers()?;
        Ok(share)
    }

    /// Asks until it is there or its process has ended.
    fn wait_until_it_answers(&mut self) -> Result<(), String> {
        let mount = self.at("mount");
        loop {
            if let Ok(Some(status)) = self.server.try_wait() {
                let said = fs::read_to_string(self.at("said")).unwrap_or_default();
                return Err(format!("{status}: {}", said.trim()));
            }
            let mounts = fs::read_to_string("/proc/self/mounts").map_err(in_words)?;
            if mounts.contains(&*mount.to_string_lossy()) && fs::read_dir(self.path()).is_ok() {
                self.device = fs::metadata(&mount).map_err(in_words)?.dev();
                return Ok(());
            }
            std::thread::yield_now();
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the share is seen.
    pub fn path(&self) -> PathBuf {
        match self.kind {
            Kind::Smb => self.at("mount/127.0.0.1/share"),
            Kind::Plain(_) | Kind::Fat => self.at("mount"),
        }
    }

    /// The same files as the server has them, where it has them as files.
    pub fn behind(&self) -> PathBuf {
        match self.kind {
            Kind::Fat => self.at("mount"),
            Kind::Plain(_) | Kind::Smb => self.at("server"),
        }
    }

    /// From here on it answers nobody, as a server that hangs.
    pub fn stop(&self) {
        signal("STOP", self.server.id());
    }

    /// Whether somebody waits for an answer.
    pub fn is_waited_for(&self) -> bool {
        let waiting = self.at("waiting").join(self.device.to_string());
        let count = fs::read_to_string(waiting.join("waiting"));
        count.is_ok_and(|count| count.trim() != "0")
    }

    /// It is gone: whoever waits for an answer learns that there will be none.
    pub fn break_off(&self) {
        signal("KILL", self.server.id());
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        // Nothing can be done about what stays; the next restart takes it away.
        self.break_off();
        let _ended = self.server.wait();
        for mount in ["mount", "waiting"] {
            let _gone = Command::new("umount")
                .arg("-l")
                .arg(self.at(mount))
                .output();
        }
        let samba = fs::read_to_string(self.at("state/smbd.pid"));
        if let Some(samba) = samba.ok().and_then(|id| id.trim().parse().ok()) {
            signal("TERM", samba);
        }
    }
}

pub fn signal(name: &str, process: u32) {
    let mut kill = Command::new("kill");
    let _it_has_ended = kill
        .args([format!("-{name}"), process.to_string()])
        .output();
}

fn in_words(error: io::Error) -> String {
    error.to_string()
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

fn write_smb_settings(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let at = folder.display();
    let folders = ["private", "lock", "state", "cache", "pid"]
        .map(|of| match of {
            "private" => format!("private dir = {at}/state\n"),
            of => format!("{of} directory = {at}/state\n"),
        })
        .concat();
    let server = format!(
        "[global]\nserver role = standalone server\nmap to guest = Bad User\nguest account = root\n\
         interfaces = lo\nbind interfaces only = yes\ndisable netbios = yes\nsmb ports = 445\n\
         ncalrpc dir = {at}/state/ncalrpc\nlog file = {at}/said.smbd\n{folders}\
         [share]\npath = {at}/server\nguest ok = yes\nread only = no\n"
    );
    fs::create_dir_all(folder.join("state"))?;
    fs::create_dir_all(folder.join(".smb"))?;
    fs::write(folder.join("smb.conf"), server)?;
    // The client refuses settings that others can read.
    for (name, text) in [
        ("smb.conf", "[global]\nclient min protocol = SMB2\n"),
        ("smbnetfs.conf", "include \"smbnetfs.auth\"\n"),
        ("smbnetfs.auth", "auth \"guest\" \"\"\n"),
    ] {
        let path = folder.join(".smb").join(name);
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}
