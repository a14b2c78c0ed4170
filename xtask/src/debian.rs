//! A new Debian in a folder: made by `debootstrap`, entered by `chroot`. Needs root. The way to the network (name servers,
//! certificates, proxies) is that of this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::machine;
use crate::process::{self, Ended};

/// The machine's certificates, at a place that no package writes to.
const CERTIFICATES: &str = "etc/ssl/this-machine.crt";

/// One Debian 12.
pub(crate) struct Debian {
    folder: PathBuf,
}

impl Debian {
    /// A new one in the place of what was in the folder, with these packages beside the smallest set.
    pub(crate) fn new(folder: PathBuf, packages: &str) -> Result<Debian, String> {
        if !machine::is_root() {
            return Err("A new Debian in a folder needs root, for chroot.".to_owned());
        }
        if machine::on_path("debootstrap").is_none() {
            return Err("debootstrap makes the new machine (Debian: apt-get install debootstrap).".to_owned());
        }
        let debian = Debian { folder };
        debian.unmount()?;
        if debian.folder.exists() {
            fs::remove_dir_all(&debian.folder)
                .map_err(|error| format!("{}: {error}", debian.folder.display()))?;
        }
        fs::create_dir_all(&debian.folder)
            .map_err(|error| format!("{}: {error}", debian.folder.display()))?;
        let mirror = env::var("DEBIAN_MIRROR").unwrap_or_else(|_| "http://deb.debian.org/debian".to_owned());
        do_it(
            Command::new("debootstrap")
                .args(["--variant=minbase", &format!("--include={packages}"), "bookworm"])
                .arg(&debian.folder)
                .arg(&mirror),
        )?;
        let sources = format!("deb {mirror} bookworm main\ndeb {mirror} bookworm-updates main\n");
        debian.write("etc/apt/sources.list", &sources)?;
        debian.network()?;
        Ok(debian)
    }

    /// A place in it, as this machine sees it.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(crate) fn write(&self, path: &str, content: &str) -> Result<(), String> {
        fs::write(self.at(path), content).map_err(|error| format!("{path}: {error}"))
    }

    pub(crate) fn mount(&self) -> Result<(), String> {
        for (kind, at) in [("proc", "proc"), ("sysfs", "sys"), ("devpts", "dev/pts"), ("tmpfs", "dev/shm")] {
            fs::create_dir_all(self.at(at)).map_err(|error| format!("{at}: {error}"))?;
            do_it(Command::new("mount").args(["-t", kind, kind]).arg(self.at(at)))?;
        }
        Ok(())
    }

    /// Unmounts all of it, so that removing the folder can never reach the machine outside.
    pub(crate) fn unmount(&self) -> Result<(), String> {
        let folder = self.folder.to_string_lossy().into_owned();
        let below = |mounts: &str| -> Vec<String> {
            let places = mounts.lines().filter_map(|line| line.split_whitespace().nth(1));
            places.filter(|place| Path::new(place).starts_with(&folder)).map(str::to_owned).collect()
        };
        let mounts = || fs::read_to_string("/proc/mounts").map_err(|error| format!("/proc/mounts: {error}"));
        for place in below(&mounts()?).iter().rev() {
            do_it(Command::new("umount").args(["--lazy", place]))?;
        }
        match below(&mounts()?).first() {
            Some(place) => Err(format!("{place} is still mounted")),
            None => Ok(()),
        }
    }

    /// A shell line in it, with nothing of this machine's environment but the way out. `programs`: folders that are looked in
    /// before the usual ones.
    pub(crate) fn inside(&self, programs: &[&str], line: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(&self.folder).args(["/usr/bin/env", "-i", "HOME=/srv", "LANG=C.UTF-8", "TERM=dumb"]);
        let usual = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        command.arg(format!("PATH={}", [programs, &usual].concat().join(":")));
        for name in [
            "SSL_CERT_FILE",
            "CARGO_HTTP_CAINFO",
            "NODE_EXTRA_CA_CERTS",
            "npm_config_cafile",
            "GIT_SSL_CAINFO",
        ] {
            command.arg(format!("{name}=/{CERTIFICATES}"));
        }
        for (name, value) in env::vars() {
            let lower = name.to_lowercase();
            if ["http_proxy", "https_proxy", "no_proxy", "all_proxy", "npm_config_registry"]
                .contains(&lower.as_str())
            {
                command.arg(format!("{name}={value}"));
            }
        }
        command.args(["bash", "-o", "pipefail", "-c", line]);
        command
    }

    fn network(&self) -> Result<(), String> {
        for file in ["etc/resolv.conf", "etc/hosts"] {
            do_it(Command::new("cp").arg("-L").arg(Path::new("/").join(file)).arg(self.at(file)))?;
        }
        let certificates = Path::new("/etc/ssl/certs/ca-certificates.crt");
        do_it(Command::new("cp").arg("-L").arg(certificates).arg(self.at(CERTIFICATES)))?;
        for entry in fs::read_dir("/etc/apt/apt.conf.d").into_iter().flatten().flatten() {
            let content = fs::read_to_string(entry.path()).unwrap_or_default();
            let about_the_way = ["::Proxy", "Check-Valid-Until", "Check-Date", "CaInfo"];
            if about_the_way.iter().any(|word| content.contains(word)) {
                let name = format!("etc/apt/apt.conf.d/{}", entry.file_name().to_string_lossy());
                self.write(&name, &content)?;
            }
        }
        Ok(())
    }
}

/// Runs a command to its end.
pub(crate) fn do_it(command: &mut Command) -> Result<(), String> {
    match process::run(command, Duration::from_mins(15)).0 {
        Ended::Well => Ok(()),
        Ended::Badly(why) => Err(why),
    }
}
