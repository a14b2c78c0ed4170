"""The first evening with an installed Wholechart: `cargo xtask package test` runs this on a new Debian.

The program is the one of the package: nothing in it helps a test. It is used as somebody does who does not see the screen: what is
on it is read from the accessibility bus (AT-SPI), buttons are pressed there, and xdotool types. The system's dialogs are
driven by keys. There is no network but this computer's own. Pictures and papers are left in the folder named first.

  root      closes the network, and becomes the patient
  desk      opens a display and a session
  evening   does it all
  browser   is the browser in which the patient signs in
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve()
PATIENCE = 90
# As the invented patient is called, or nothing would be filed.
PERSON = "Rosa Whitlock"
BROWSER = "patients-browser"
PROVIDERS = ["Lakeside Family Medicine", "Summit General Hospital"]


def root(left):
    import fcntl
    import socket
    import struct

    # An own network with nothing in it; its loopback is down at first (SIOCSIFFLAGS, IFF_UP).
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 1))
    home = "/home/patient"
    environment = {
        "HOME": home,
        "LANG": "C.UTF-8",
        "TZ": "America/Chicago",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "XDG_RUNTIME_DIR": "/run/patient",
        "GDK_BACKEND": "x11",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "BROWSER": f"{left}/browser",
    }
    as_patient = ["setpriv", "--reuid=patient", "--regid=patient", "--init-groups", "--pdeathsig=KILL", "--"]
    os.chdir(home)
    os.execvpe(as_patient[0], [*as_patient, sys.executable, str(HERE), "desk", left], environment)


def desk(left):
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    os.environ["DISPLAY"] = ":" + display.stdout.readline().decode().strip()
    session = ["dbus-run-session", "--", sys.executable, str(HERE), "evening", left]
    ended = subprocess.run(session, check=False).returncode
    display.terminate()
    display.wait()
    sys.exit(ended)


def browser(address):
    import gi

    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    from gi.repository import GLib, Gtk, WebKit2

    GLib.set_prgname(BROWSER)
    window = Gtk.Window(title="Browser")
    window.set_default_size(900, 800)
    window.connect("destroy", Gtk.main_quit)
    view = WebKit2.WebView()
    view.load_uri(address)
    window.add(view)
    window.show_all()
    Gtk.main()


def plain(words):
    """Without what stands for pictures and other nodes."""
    return " ".join(words.replace("\ufffc", " ").split())


class Screen:
    """What is on the screen, as a screen reader is told."""

    def __init__(self):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self.Atspi, self.GLib = Atspi, GLib
        Atspi.init()

    def nodes(self, program):
        """Every node of a program's windows, in the order of reading."""
        context = self.GLib.MainContext.default()
        while context.iteration(False):
            pass
        desktop = self.Atspi.get_desktop(0)
        desktop.clear_cache()
        waiting = []
        for at in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(at)
            try:
                if one is not None and one.get_name() == program:
                    one.clear_cache()
                    waiting.append(one)
            except self.GLib.Error:
                pass
        while waiting:
            node = waiting.pop()
            yield node
            try:
                below = [node.get_child_at_index(at) for at in range(node.get_child_count())]
            except self.GLib.Error:
                # It is gone meanwhile.
                continue
            waiting.extend(one for one in reversed(below) if one is not None)

    def said(self, node):
        """What is read out: its name, else its text."""
        try:
            return plain(node.get_name() or "") or self.text(node)
        except self.GLib.Error:
            return ""

    def text(self, node):
        """The text in a node, whatever it is called."""
        try:
            if "Text" not in node.get_interfaces():
                return ""
            return plain(self.Atspi.Text.get_text(node, 0, -1))
        except self.GLib.Error:
            return ""

    def words(self, program):
        """All that is read out, without what stands twice in a row."""
        all_words = []
        for node in self.nodes(program):
            words = self.said(node)
            if words and (not all_words or all_words[-1] != words):
                all_words.append(words)
        return all_words

    def role(self, node):
        try:
            return node.get_role()
        except self.GLib.Error:
            return None

    def enabled(self, node):
        try:
            return node.get_state_set().contains(self.Atspi.StateType.ENABLED)
        except self.GLib.Error:
            return False

    def find(self, program, fits, roles=None):
        for node in self.nodes(program):
            if roles and self.role(node) not in roles:
                continue
            if fits(self.said(node)) and self.enabled(node):
                return node
        return None

    def wait(self, what, look):
        start = time.monotonic()
        while time.monotonic() - start < PATIENCE:
            found = look()
            if found:
                return found
            time.sleep(0.2)
        raise SystemExit(f"waited {PATIENCE} s in vain: {what}")

    def press(self, program, begins):
        """Presses the button or follows the link that begins with these words."""
        role = self.Atspi.Role
        roles = {role.PUSH_BUTTON, role.LINK, role.MENU_ITEM, role.TOGGLE_BUTTON}

        def done():
            node = self.find(program, lambda words: words.startswith(begins), roles)
            try:
                return node is not None and self.Atspi.Action.do_action(node, 0)
            except self.GLib.Error:
                return False

        self.wait(f"“{begins}” can be pressed in {program}", done)

    def write(self, program, field, text):
        """Types into the field of this name, until it says what was typed."""
        role = self.Atspi.Role
        roles = {role.ENTRY, role.PASSWORD_TEXT, role.TEXT}

        def focused():
            node = self.find(program, lambda words: words == field, roles)
            try:
                return node if node is not None and self.Atspi.Component.grab_focus(node) else None
            except self.GLib.Error:
                return None

        node = self.wait(f"the field “{field}” of {program}", focused)
        time.sleep(0.3)
        hand("type", "--clearmodifiers", "--delay", "20", text)
        self.wait(
            f"“{field}” holds what was typed",
            lambda: self.Atspi.Text.get_character_count(node) == len(text),
        )


def hand(*words):
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True).stdout


def windows():
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "."], check=False, capture_output=True, text=True
    )
    return set(found.stdout.split())


class Evening:
    def __init__(self, left):
        self.left = Path(left)
        self.screen = Screen()
        self.app = None
        self.began = time.monotonic()

    def told(self, words):
        print(f"{time.monotonic() - self.began:6.1f} s  {words}", flush=True)

    def picture(self, name):
        shot = f"import -window root {self.left}/{name}.png"
        subprocess.run(["sh", "-c", shot], check=False, stderr=subprocess.DEVNULL)

    def dialog(self, before):
        """The system's dialog that has opened, with the keys in it."""
        new = self.screen.wait("a dialog opens", lambda: windows() - before)
        hand("windowactivate", "--sync", next(iter(new)))
        # It draws itself before it listens, which nothing tells outside.
        time.sleep(1.5)

    def keys(self, *keys):
        for key in keys:
            hand("key", "--clearmodifiers", key)
            time.sleep(0.4)

    def furnish(self):
        home = Path.home()
        (home / "Documents").mkdir(exist_ok=True)
        config = home / ".config/gtk-3.0"
        config.mkdir(parents=True, exist_ok=True)
        # The print dialog knows one printer: a file in the documents.
        (config / "settings.ini").write_text("[Settings]\ngtk-print-backends=file\ngtk-enable-animations=false\n")
        (home / ".config/user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Documents"\n')
        browser_script = self.left / "browser"
        browser_script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE}" browser "$1" >/dev/null 2>&1 &\n')
        browser_script.chmod(0o755)
        keychain = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        keychain.stdin.write(b"the keychain's own password")
        keychain.stdin.close()
        subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        from gi.repository import Gio, GLib

        bus = Gio.bus_get_sync(Gio.BusType.SESSION)

        def answers():
            there = bus.call_sync(
                "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                GLib.Variant("(s)", ("org.freedesktop.secrets",)), None, Gio.DBusCallFlags.NONE, -1, None,
            )  # fmt: skip
            return there.unpack()[0]

        self.screen.wait("the keychain answers", answers)

    def start(self):
        log = open(self.left / "app.log", "w")
        self.app = subprocess.Popen(["wholechart", "--sample"], stdout=log, stderr=log)
        self.began = time.monotonic()

    def begin(self):
        """From the first window to the empty record: the name, and the recovery code where it is shown."""
        role = self.screen.Atspi.Role

        def step():
            if self.app.poll() is not None:
                raise SystemExit(f"the app ended: {(self.left / 'app.log').read_text()}")
            words = self.screen.words("wholechart")
            if "I’ve saved it" in words:
                return "code"
            if self.screen.find("wholechart", lambda w: w == "Whose record is this?", {role.ENTRY}):
                return "name"
            return "door" if any(w.startswith("Explore with sample providers") for w in words) else None

        while (where := self.screen.wait("the next step of the beginning", step)) != "door":
            if where == "name":
                self.told("the window asks whose record it is")
                self.screen.write("wholechart", "Whose record is this?", PERSON)
                self.screen.press("wholechart", "Continue")
                self.screen.wait("the name is taken", lambda: step() != "name")
            else:
                self.recovery_code()
        self.told("the record is there")

    def recovery_code(self):
        code = None
        for node in self.screen.nodes("wholechart"):
            code = code or re.search(r"\b[0-9A-Z]{3,}(?:-[0-9A-Z]{3,}){3,}\b", self.screen.text(node))
        if code is None:
            raise SystemExit("the recovery code is not read out")
        groups = code.group().split("-")
        self.screen.press("wholechart", "I’ve saved it")
        asked = self.screen.wait(
            "three groups of the code are asked for",
            lambda: [w for w in self.screen.words("wholechart") if re.fullmatch(r"Group \d+", w)],
        )
        for field in dict.fromkeys(asked):
            self.screen.write("wholechart", field, groups[int(field.split()[1]) - 1])
        self.screen.press("wholechart", "Check and continue")
        self.screen.wait(
            "the code is checked",
            lambda: "Check and continue" not in self.screen.words("wholechart"),
        )
        self.told("the recovery code is kept")

    def connect(self, provider):
        self.screen.press("wholechart", provider)

        def shown():
            words = self.screen.words("wholechart")
            if "User ID" in words and "Password" in words:
                return words[words.index("User ID") + 1], words[words.index("Password") + 1]
            return None

        user, password = self.screen.wait("the invented sign-in is shown", shown)
        self.screen.write(BROWSER, "Portal user id", user)
        self.screen.write(BROWSER, "Password", password)
        self.screen.press(BROWSER, "Sign in")
        self.screen.press(BROWSER, "Allow")
        # Read to the end: then nothing can be stopped any more, and its card says that it is connected.
        def connected():
            words = self.screen.words("wholechart")
            if provider not in words or "Stop" in words or "No records downloaded yet." in words:
                return False
            at = words.index(provider)
            return "Connected" in words[at : at + 6]

        self.screen.wait(f"{provider} is read to the end", connected)
        for window in hand("search", "--onlyvisible", "--name", "^Browser$").split():
            hand("windowkill", window)
        self.told(f"{provider} is connected")
        self.picture(f"connected-{provider.split()[0].lower()}")

    def timeline(self):
        self.screen.press("wholechart", "Timeline")
        # One line of which both providers tell: what was merged.
        row = self.screen.wait(
            "one line names both providers",
            lambda: next(
                (w for w in self.screen.words("wholechart") if w.startswith("Vaccine:") and all(p in w for p in PROVIDERS)),
                None,
            ),
        )
        self.told(f"the merged timeline is there: {row}")
        self.picture("timeline")

    def paper(self):
        self.screen.press("wholechart", "Print a summary")
        role = self.screen.Atspi.Role

        def decided():
            yes = self.screen.find("wholechart", lambda w: w.startswith("Print it: "), {role.PUSH_BUTTON})
            if yes is not None:
                self.screen.Atspi.Action.do_action(yes, 0)
                return False
            return self.screen.find("wholechart", lambda w: w == "Save as PDF", {role.PUSH_BUTTON})

        self.screen.wait("the pages are laid out", decided)
        self.picture("summary")
        saved = self.left / "saved.pdf"
        before = windows()
        self.screen.press("wholechart", "Save as PDF")
        self.dialog(before)
        self.keys("ctrl+a")
        hand("type", "--clearmodifiers", "--delay", "20", str(saved))
        self.keys("Return")
        self.whole(saved)
        before = windows()
        self.screen.wait("the dialog is closed", lambda: len(windows()) <= len(before))
        before = windows()
        print_button = self.screen.wait(
            "the button that prints",
            lambda: self.screen.find("wholechart", lambda w: w == "Print", {role.PUSH_BUTTON}),
        )
        self.screen.Atspi.Action.do_action(print_button, 0)
        self.dialog(before)
        self.keys("Tab", "Down")
        self.picture("printing")
        self.keys("alt+p")
        printed = Path.home() / "Documents/output.pdf"
        self.whole(printed)
        for paper in [saved, printed]:
            words = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout
            missing = [name for name in [PERSON, *PROVIDERS] if name not in " ".join(words.split())]
            if missing:
                raise SystemExit(f"{paper} does not name {missing}:\n{words}")
            self.told(f"{paper.name}: {len(words.split())} words, names the person and both providers")

    def whole(self, paper):
        self.screen.wait(
            f"{paper} is whole",
            lambda: paper.exists() and paper.read_bytes().rstrip().endswith(b"%%EOF"),
        )

    def end(self):
        for window in hand("search", "--onlyvisible", "--name", "^Wholechart").split():
            hand("windowactivate", "--sync", window)
            self.keys("alt+F4")
            break
        self.app.wait(timeout=PATIENCE)
        self.told(f"the window is closed; the app ended with {self.app.returncode}")
        # The terminal host of the same package opens the same record with the key in the same keychain.
        told = subprocess.run(
            ["wholechart-cli", "--sample", "timeline"], check=True, capture_output=True, text=True
        ).stdout
        if "nfluenza" not in told:
            raise SystemExit(f"the terminal's timeline has no influenza vaccine:\n{told[:2000]}")
        self.told(f"the terminal says the same record: {len(told.splitlines())} lines")


def evening(left):
    one = Evening(left)
    one.furnish()
    one.start()
    try:
        one.begin()
        one.screen.press("wholechart", "Explore with sample providers")
        one.connect(PROVIDERS[0])
        one.screen.press("wholechart", "Add a provider")
        one.connect(PROVIDERS[1])
        one.timeline()
        one.paper()
        one.end()
    except (SystemExit, subprocess.SubprocessError):
        one.picture("failed")
        for program in ["wholechart", BROWSER]:
            (one.left / f"heard-{program}.txt").write_text("\n".join(one.screen.words(program)))
        raise


if __name__ == "__main__":
    {"root": root, "desk": desk, "evening": evening, "browser": browser}[sys.argv[1]](sys.argv[2])
