//! `cargo xtask fresh`: does a clone work on a machine that has only Rust and Node?
//!
//! Makes a Debian 12 in a folder with `debootstrap`, copies this machine's Rust toolchain and Node into
//! it, clones the last commit there, and runs the two commands a newcomer is told. Needs root, for
//! `chroot`. The way to the network (name servers, certificates, proxies) is that of this machine.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::machine;
use crate::process::{self, Ended, output_of};
use crate::{root, target_dir};

/// What a newcomer types.
const NEWCOMER: &[&str] = &["cargo xtask run", "cargo xtask test"];
/// The machine's certificates, at a place that no package writes to.
const CERTIFICATES: &str = "etc/ssl/this-machine.crt";
/// Lines of each command's log that are kept.
const KEPT: usize = 60;

/// Runs it all and writes the log's end to `log`, or to `docs/fresh-machine.md`.
pub(crate) fn fresh(log: Option<&Path>) -> Result<(), String> {
    if !machine::is_root() {
        return Err("A new Debian in a folder needs root, for chroot.".to_owned());
    }
    if machine::on_path("debootstrap").is_none() {
        return Err("debootstrap makes the new machine (Debian: apt-get install debootstrap).".to_owned());
    }
    let machine = Machine::new(target_dir().join("fresh/root"))?;
    let outcome = machine.try_it();
    let left = machine.unmount();
    let seen = outcome?;
    left?;
    let document = match log {
        Some(path) => path.to_path_buf(),
        None => root().join("docs/fresh-machine.md"),
    };
    fs::write(&document, told(&seen)).map_err(|error| format!("{}: {error}", document.display()))?;
    println!("\nWritten: {}", document.display());
    match seen.iter().find(|step| step.failed.is_some()) {
        Some(step) => Err(format!("{} failed on the new machine", step.command)),
        None => Ok(()),
    }
}

/// One command on the new machine.
struct Step {
    command: &'static str,
    took: Duration,
    failed: Option<String>,
    end: String,
}

struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// An empty Debian 12 with git, and with Rust and Node copied in.
    fn new(folder: PathBuf) -> Result<Machine, String> {
        let machine = Machine { folder };
        machine.unmount()?;
        if machine.folder.exists() {
            fs::remove_dir_all(&machine.folder)
                .map_err(|error| format!("{}: {error}", machine.folder.display()))?;
        }
        fs::create_dir_all(&machine.folder)
            .map_err(|error| format!("{}: {error}", machine.folder.display()))?;
        let mirror = env::var("DEBIAN_MIRROR").unwrap_or_else(|_| "http://deb.debian.org/debian".to_owned());
        do_it(
            Command::new("debootstrap")
                .args(["--variant=minbase", "--include=git,ca-certificates", "bookworm"])
                .arg(&machine.folder)
                .arg(&mirror),
        )?;
        let sources = format!("deb {mirror} bookworm main\ndeb {mirror} bookworm-updates main\n");
        machine.write("etc/apt/sources.list", &sources)?;
        machine.rust()?;
        machine.node()?;
        machine.network()?;
        Ok(machine)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn write(&self, path: &str, content: &str) -> Result<(), String> {
        fs::write(self.at(path), content).map_err(|error| format!("{path}: {error}"))
    }

    /// The toolchain alone, without what cargo has fetched before.
    fn rust(&self) -> Result<(), String> {
        let toolchain = output_of("rustc", &["--print", "sysroot"])?;
        do_it(Command::new("cp").arg("-a").arg(toolchain.trim()).arg(self.at("opt/rust")))
    }

    fn node(&self) -> Result<(), String> {
        let node = machine::on_path("node").ok_or("node is not on the PATH")?;
        let npm = PathBuf::from(output_of("npm", &["root", "--global"])?.trim()).join("npm");
        for folder in ["opt/node/bin", "opt/node/lib/node_modules"] {
            fs::create_dir_all(self.at(folder)).map_err(|error| format!("{folder}: {error}"))?;
        }
        do_it(Command::new("cp").arg("-aL").arg(node).arg(self.at("opt/node/bin/node")))?;
        do_it(Command::new("cp").arg("-a").arg(npm).arg(self.at("opt/node/lib/node_modules/npm")))?;
        let command = "../lib/node_modules/npm/bin/npm-cli.js";
        do_it(Command::new("ln").args(["-s", command]).arg(self.at("opt/node/bin/npm")))
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

    fn mount(&self) -> Result<(), String> {
        for (kind, at) in [("proc", "proc"), ("sysfs", "sys"), ("devpts", "dev/pts"), ("tmpfs", "dev/shm")] {
            fs::create_dir_all(self.at(at)).map_err(|error| format!("{at}: {error}"))?;
            do_it(Command::new("mount").args(["-t", kind, kind]).arg(self.at(at)))?;
        }
        Ok(())
    }

    /// Unmounts all of it, so that removing the folder can never reach the machine outside.
    fn unmount(&self) -> Result<(), String> {
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

    /// Clones the last commit and runs what a newcomer runs.
    fn try_it(&self) -> Result<Vec<Step>, String> {
        self.mount()?;
        let bundle = self.at("srv/wholechart.bundle");
        do_it(Command::new("git").arg("-C").arg(root()).args(["bundle", "create"]).arg(&bundle).arg("HEAD"))?;
        do_it(self.inside("cd /srv && git clone --quiet wholechart.bundle wholechart").current_dir("/"))?;
        let mut seen = Vec::new();
        for command in NEWCOMER {
            println!("\n== {command}, on a new Debian 12 ==");
            let log = target_dir().join("fresh/log.txt");
            let line = format!("cd /srv/wholechart && {command} 2>&1 | tee /srv/log.txt");
            let start = Instant::now();
            let (ended, _) = process::run(&mut self.inside(&line), Duration::from_mins(150));
            fs::copy(self.at("srv/log.txt"), &log).map_err(|error| format!("{}: {error}", log.display()))?;
            let failed = match ended {
                Ended::Well => None,
                Ended::Badly(why) => Some(why),
            };
            let end = last_lines(&fs::read(&log).unwrap_or_default(), KEPT);
            let stop = failed.is_some();
            seen.push(Step { command, took: start.elapsed(), failed, end });
            if stop {
                break;
            }
        }
        self.keep_pictures()?;
        Ok(seen)
    }

    fn keep_pictures(&self) -> Result<(), String> {
        let pictures = self.at("srv/wholechart/target/demo");
        let kept = target_dir().join("fresh/demo");
        if kept.exists() {
            fs::remove_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        }
        if pictures.exists() { do_it(Command::new("cp").arg("-a").arg(pictures).arg(kept)) } else { Ok(()) }
    }

    /// A shell line on the new machine, with nothing of this one's environment but the way out.
    fn inside(&self, line: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(&self.folder).args(["/usr/bin/env", "-i", "HOME=/srv", "LANG=C.UTF-8", "TERM=dumb"]);
        command.arg(
            "PATH=/opt/rust/bin:/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        );
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
}

fn do_it(command: &mut Command) -> Result<(), String> {
    match process::run(command, Duration::from_mins(15)).0 {
        Ended::Well => Ok(()),
        Ended::Badly(why) => Err(why),
    }
}

/// The last `count` lines, without the carriage returns of progress bars.
fn last_lines(log: &[u8], count: usize) -> String {
    let log = String::from_utf8_lossy(log);
    let lines: Vec<&str> =
        log.lines().map(|line| line.rsplit('\r').next().unwrap_or_default().trim_end()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn told(seen: &[Step]) -> String {
    let version = |program: &str| {
        output_of(program, &["--version"]).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
    };
    let mut document = format!(
        "# On a new machine\n\n\
         Written by `cargo xtask fresh`: a new Debian 12 (`debootstrap --variant=minbase`), {} and Node {} copied in,\n\
         a clone of commit {}, and the two commands of the README. Nothing else was installed by hand.\n",
        version("rustc"),
        version("node"),
        output_of("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_default().trim(),
    );
    for step in seen {
        let minutes = step.took.as_secs() / 60;
        let word = step.failed.as_deref().unwrap_or("it went well");
        let _ = write!(
            document,
            "\n## `{}`\n\n{minutes} minutes; {word}. The log's end:\n\n```text\n{}\n```\n",
            step.command, step.end
        );
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_kept_without_progress_bars() {
        assert_eq!(last_lines(b"one\ntwo 10%\rtwo 100%\nthree\n", 2), "two 100%\nthree");
    }

    #[test]
    fn a_failed_step_is_told() {
        let step = Step {
            command: "cargo xtask run",
            took: Duration::from_mins(3),
            failed: Some("it broke".to_owned()),
            end: "the end".to_owned(),
        };
        let document = told(&[step]);
        assert!(document.contains("3 minutes; it broke."), "{document}");
        assert!(document.contains("the end\n```"), "{document}");
    }
}
