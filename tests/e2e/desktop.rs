//! A desktop for one test: a virtual display, a window manager, a message bus, an unlocked keychain, and
//! hands for the dialogs that WebDriver does not see.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Step;
use crate::app::AppProcess;
use crate::program::{Program, first_line, output};

/// What must be installed, and the Debian package that has it.
const TOOLS: &[(&str, &str)] = &[
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xdotool", "xdotool"),
    ("dbus-daemon", "dbus"),
    ("dbus-send", "dbus"),
    ("gnome-keyring-daemon", "gnome-keyring"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("chromedriver", "chromium-driver"),
    ("pdftotext", "poppler-utils"),
    ("setpriv", "util-linux"),
];

/// Long enough for a slow machine; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a program that only looks or presses a key may take.
const MOMENT: Duration = Duration::from_secs(20);

/// A running desktop. Dropping it ends everything in it.
pub(crate) struct Desktop {
    // Fields are dropped in this order: the programs before the folder they write to.
    programs: Vec<Program>,
    /// The app as it was started last.
    app: Option<AppProcess>,
    folder: TempDir,
    display: String,
    bus: String,
    scale: u32,
    language: &'static str,
    marks_sent: bool,
    listens: bool,
}

impl Desktop {
    /// Starts one, or says what is missing for it.
    pub(crate) fn start() -> Step<Desktop> {
        let missing: Vec<String> = TOOLS
            .iter()
            .filter(|(tool, _)| on_path(tool).is_none())
            .map(|(tool, package)| format!("{tool} (Debian: {package})"))
            .collect();
        if !missing.is_empty() {
            return Err(format!("missing: {}; `cargo xtask setup` installs it", missing.join(", ")).into());
        }
        let folder = tempfile::Builder::new().prefix("wholechart-e2e-").tempdir()?;
        let mut desktop = Desktop {
            programs: Vec::new(),
            app: None,
            folder,
            display: String::new(),
            bus: String::new(),
            scale: 1,
            language: "C.UTF-8",
            marks_sent: false,
            listens: false,
        };
        desktop.furnish()?;

        let mut display = desktop.command("Xvfb");
        display.args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"]);
        desktop.display = format!(":{}", desktop.keep_and_read(display)?);

        let mut bus = desktop.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        desktop.bus = desktop.keep_and_read(bus)?;

        let mut keychain = desktop.command("gnome-keyring-daemon");
        keychain.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut keychain = keychain.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(mut input) = keychain.stdin.take() {
            input.write_all(b"the keychain's own password")?;
        }
        let name = "gnome-keyring-daemon".to_owned();
        desktop.programs.push(Program { name, child: keychain, log: None });
        desktop.until("the keychain answers", |desktop| {
            let mut ask = desktop.command("dbus-send");
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]);
            ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
            let answer = output(&mut ask, MOMENT).ok()?;
            String::from_utf8_lossy(&answer.stdout).contains("boolean true").then_some(())
        })?;

        let mut manager = desktop.command("openbox");
        manager.arg("--sm-disable");
        desktop.keep(manager)?;
        Ok(desktop)
    }

    /// Everything that is started from now on is drawn `scale` times as large.
    pub(crate) fn magnify(&mut self, scale: u32) {
        self.scale = scale;
    }

    /// The app that is started from now on marks what senders wrote.
    pub(crate) fn mark_sent(&mut self) {
        self.marks_sent = true;
    }

    /// The app that is started from now on tells a screen reader what it shows; see [`crate::heard`].
    pub(crate) fn listen(&mut self) {
        self.listens = true;
    }

    /// The address of the message bus.
    pub(crate) fn bus(&self) -> &str {
        &self.bus
    }

    /// Everything that is started from now on is asked to speak this language.
    pub(crate) fn speak(&mut self, language: &'static str) {
        self.language = language;
    }

    /// The home folder: documents, a browser that only writes down what it is asked to open, and print
    /// dialogs that know no printer but "Print to File".
    fn furnish(&self) -> Step<()> {
        for folder in ["home/.config/gtk-3.0", "home/Documents", "programs", "run"] {
            fs::create_dir_all(self.path(folder))?;
        }
        private(&self.path("run"))?;
        fs::write(self.path("home/.config/user-dirs.dirs"), "XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\n")?;
        fs::write(
            self.path("home/.config/gtk-3.0/settings.ini"),
            "[Settings]\ngtk-print-backends=file\ngtk-enable-animations=false\n",
        )?;
        let browser = self.path("browser");
        let asked = self.path("asked-to-open");
        fs::write(&browser, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", asked.display()))?;
        executable(&browser)?;
        // What the system opens files with is heard of as well, and opens nothing.
        let opener = self.path("programs/xdg-open");
        fs::copy(&browser, &opener)?;
        executable(&opener)
    }

    /// A file or folder of this desktop.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program that will run in this desktop, and end when the test does even if that is killed.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", program]).stdin(Stdio::null());
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if ["XDG_", "DBUS_", "GNOME_", "LC_", "LANGUAGE"].iter().any(|start| text.starts_with(start)) {
                command.env_remove(&name);
            }
        }
        command.env_remove("WAYLAND_DISPLAY").env_remove("GTK_USE_PORTAL");
        command.env("DISPLAY", &self.display).env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        // Nothing of the computer that the test runs on is heard; a test plays the system on the same bus.
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus);
        command.env("HOME", self.path("home")).env("XDG_RUNTIME_DIR", self.path("run"));
        let programs = env::var_os("PATH").unwrap_or_default();
        let programs = std::iter::once(self.path("programs")).chain(env::split_paths(&programs));
        command.env("PATH", env::join_paths(programs).expect("no colon in the folder's name"));
        command.env("BROWSER", self.path("browser")).env("LANG", self.language).env("TZ", "America/Chicago");
        // No graphics card, and X11 because xdotool speaks that.
        command.env("LIBGL_ALWAYS_SOFTWARE", "1").env("GDK_BACKEND", "x11");
        if self.listens {
            command.env_remove("NO_AT_BRIDGE");
        } else {
            command.env("NO_AT_BRIDGE", "1");
        }
        command.env("GDK_SCALE", self.scale.to_string());
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        if self.marks_sent {
            command.env("WHOLECHART_MARK_SENT", "1");
        }
        if is_root() {
            // WebKit's sandbox refuses to be started by root, as which continuous integration runs.
            command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        command
    }

    /// Starts a program that ends with the desktop; what it says goes to a file.
    pub(crate) fn keep(&mut self, mut command: Command) -> Step<()> {
        let log = self.path(&format!("log-{}", self.programs.len()));
        let file = fs::File::create(&log)?;
        let child = command.stdout(file.try_clone()?).stderr(file).spawn()?;
        self.programs.push(Program { name: name(&command), child, log: Some(log) });
        Ok(())
    }

    /// Starts a program that ends with the desktop, and gives the first line it prints.
    fn keep_and_read(&mut self, mut command: Command) -> Step<String> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = child.stdout.take();
        let name = name(&command);
        self.programs.push(Program { name: name.clone(), child, log: None });
        let line = said.and_then(|said| first_line(said, PATIENCE));
        line.ok_or_else(|| format!("{name} did not say that it is ready").into())
    }

    /// The program with which the app is to be started; `record` is where it will keep its files.
    pub(crate) fn app(&mut self, record: &Path) -> Step<AppProcess> {
        let app = AppProcess::prepare(self.path(&format!("app-{}", self.programs.len())), record)?;
        self.app = Some(app.clone());
        Ok(app)
    }

    /// Kills the app, as the system does when memory runs out.
    pub(crate) fn kill_app(&self) -> Step<()> {
        self.app.as_ref().ok_or("the app was never started")?.kill()
    }

    /// What a failure's message says besides the failure: how the app is, and which programs ended too early.
    pub(crate) fn last_words(&mut self) -> String {
        let app = self.app.as_ref().map(AppProcess::last_words);
        let programs = self.programs.iter_mut().filter_map(Program::ended);
        app.into_iter().chain(programs).collect::<Vec<_>>().join("\n")
    }

    /// Ends the program that was kept last.
    pub(crate) fn kill_last(&mut self) -> Step<()> {
        let last = self.programs.last_mut().ok_or("no program was started")?;
        last.child.kill()?;
        last.child.wait()?;
        Ok(())
    }

    /// Asks again and again until there is an answer.
    pub(crate) fn until<T>(&self, what: &str, answer: impl Fn(&Desktop) -> Option<T>) -> Step<T> {
        let start = Instant::now();
        loop {
            if let Some(found) = answer(self) {
                return Ok(found);
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("waited {} s in vain until {what}", PATIENCE.as_secs()).into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Everything the app asked the system to open, pages and files, in order.
    pub(crate) fn asked_to_open(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked-to-open")).unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }

    /// Windows to be seen, with their titles.
    pub(crate) fn windows(&self) -> BTreeMap<String, String> {
        let ids = self.hand(&["search", "--onlyvisible", "--name", "."]).unwrap_or_default();
        ids.lines()
            .filter_map(|id| {
                let title = self.hand(&["getwindowname", id]).ok()?;
                Some((id.to_owned(), title.trim().to_owned()))
            })
            .collect()
    }

    /// Waits for a window that was not among `before`, gives it the focus, and says what it is called.
    pub(crate) fn dialog(&self, before: &BTreeMap<String, String>) -> Step<String> {
        let (id, title) = self.until("a dialog opens", |desktop| {
            desktop.windows().into_iter().find(|(id, _)| !before.contains_key(id))
        })?;
        self.hand(&["windowactivate", "--sync", &id])?;
        self.until("the dialog has the focus", |desktop| {
            (desktop.hand(&["getwindowfocus"]).ok()?.trim() == id).then_some(())
        })?;
        // A new window draws itself before it listens, which nothing tells outside.
        std::thread::sleep(Duration::from_millis(700));
        Ok(title)
    }

    /// Waits until only the windows of `before` are left.
    pub(crate) fn dialog_closed(&self, before: &BTreeMap<String, String>) -> Step<()> {
        self.until("the dialog closes", |desktop| {
            desktop.windows().keys().all(|id| before.contains_key(id)).then_some(())
        })
    }

    /// Presses keys one after another, such as `Tab` or `alt+p`.
    pub(crate) fn press(&self, keys: &[&str]) -> Step<()> {
        for key in keys {
            self.hand(&["key", "--clearmodifiers", key])?;
            // What a key did in a dialog of the system cannot be asked for.
            std::thread::sleep(Duration::from_millis(250));
        }
        Ok(())
    }

    /// Types text into whatever has the focus.
    pub(crate) fn write(&self, text: &str) -> Step<()> {
        self.hand(&["type", "--clearmodifiers", "--delay", "20", text]).map(|_| ())
    }

    fn hand(&self, args: &[&str]) -> Step<String> {
        let output = output(self.command("xdotool").args(args), MOMENT)?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!("xdotool {args:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
        }
    }
}

/// A port nobody listens on, for a driver that will. Below 32768: from there on Linux takes the ports of outgoing
/// connections, so that it could be gone in the next moment.
pub(crate) fn free_port() -> Step<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Tests that run beside each other begin at different places.
    let begin = u16::try_from(std::process::id() % 8_000)?;
    for _ in 0..8_000 {
        let port = 20_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 8_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".into())
}

/// The program of a command made by [`Desktop::command`].
fn name(command: &Command) -> String {
    command.get_args().nth(3).unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether the test runs as root, where browsers must be told to start without their sandbox.
pub(crate) fn is_root() -> bool {
    let id = output(Command::new("id").arg("-u"), MOMENT);
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(program)).find(|path| path.is_file())
}

fn private(path: &Path) -> Step<()> {
    mode(path, 0o700)
}

pub(crate) fn executable(path: &Path) -> Step<()> {
    mode(path, 0o755)
}

fn mode(path: &Path, mode: u32) -> Step<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}
