//! The app's window: what a person sees and does in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::Step;
use crate::browser::Browser;
use crate::desktop::{Desktop, free_port};
use crate::driver::{Driver, Thing, until};
use crate::program::output;

/// Keys, as WebDriver calls them (W3C WebDriver, 17.4.2).
pub(crate) const TAB: char = '\u{E004}';
pub(crate) const ENTER: char = '\u{E007}';
pub(crate) const SHIFT: char = '\u{E008}';
pub(crate) const CONTROL: char = '\u{E009}';
pub(crate) const ESCAPE: char = '\u{E00C}';

/// How long a step of the app may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long something that is there may be in the way of a click.
const CLICK: Duration = Duration::from_secs(15);
/// How long a click may be on its way.
const MET: Duration = Duration::from_secs(2);
/// How long a command of the terminal may take; some take a whole life's records in.
const COMMAND: Duration = Duration::from_mins(5);

/// What the app is started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// With the invented providers.
    Sample,
    /// As people use it.
    Own,
}

/// The app, open in a desktop.
pub(crate) struct Window {
    pub(crate) driver: Driver,
    pictures: PathBuf,
    record: PathBuf,
}

impl Window {
    /// Opens the app with the record in the desktop's folder `record`, which is made if nobody did yet; pictures go to
    /// `pictures`.
    pub(crate) async fn open(desktop: &mut Desktop, mode: Mode, pictures: &Path) -> Step<Window> {
        let port = free_port()?;
        let record = desktop.path("record");
        fs::create_dir_all(pictures)?;
        let mut driver = desktop.command("WebKitWebDriver");
        driver.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        desktop.keep(driver)?;
        let mut args = vec!["--data-dir".to_owned(), record.to_string_lossy().into_owned()];
        if mode == Mode::Sample {
            args.push("--sample".to_owned());
        }
        let app = desktop.app(&record)?;
        let options = json!({"webkitgtk:browserOptions": {"binary": app.starter(), "args": args}});
        let driver = Driver::session(port, &options, Some(app)).await?;
        Ok(Window { driver, pictures: pictures.to_path_buf(), record })
    }

    /// The first thing with this test id that appears.
    pub(crate) async fn wait_for(&self, id: &str) -> Step<Thing> {
        self.wait_for_css(&format!("[data-testid=\"{id}\"]")).await
    }

    pub(crate) async fn wait_for_css(&self, selector: &str) -> Step<Thing> {
        match self.driver.find(selector, PATIENCE).await {
            Ok(thing) => Ok(thing),
            Err(why) => Err(format!("{why}\n{}", self.driver.seen().await).into()),
        }
    }

    /// Clicks the thing with this test id once it is there.
    pub(crate) async fn click(&self, id: &str) -> Step<()> {
        self.click_css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Clicks the first thing that matches, until a click has met it: the driver aims at a place, and what moves in between (a message
    /// that comes or goes at the end of the window, a list that grows) is clicked beside.
    pub(crate) async fn click_css(&self, selector: &str) -> Step<()> {
        let one = format!("document.querySelector({})", json!(selector));
        let middle = format!("{one}?.scrollIntoView({{ block: 'center' }})");
        let at_rest = format!(
            "const frame = () => new Promise((next) => requestAnimationFrame(next));
             const place = () => JSON.stringify({one}?.getBoundingClientRect() ?? null);
             const before = place();
             frame().then(frame).then(() => {{
               if (!window.aim) document.addEventListener('click', ({{ target }}) => {{
                 window.aim.met ||= target.closest(window.aim.at) !== null;
               }}, {{ capture: true }});
               window.aim = {{ at: {at}, met: false }};
               done({one} !== null && place() === before);
             }});",
            at = json!(selector)
        );
        self.wait_for_css(selector).await?;
        until(CLICK, &format!("{selector} can be clicked"), async || {
            if self.ask_later(&at_rest).await? != json!(true) {
                return Ok(None);
            }
            // Another document has no aim: the click led to it.
            let met = async || {
                Ok(self.ask("return !window.aim || window.aim.met;").await?.as_bool().filter(|met| *met))
            };
            if self.wait_for_css(selector).await?.try_click().await?.is_ok()
                && until(MET, &format!("{selector} was clicked"), met).await.is_ok()
            {
                return Ok(Some(()));
            }
            // Drawn anew since it was found, or half behind the edge of a box that scrolls, where the driver does not bring
            // it out far enough.
            self.ask(&middle).await?;
            Ok(None)
        })
        .await
    }

    /// Runs a script that returns plain data.
    pub(crate) async fn ask(&self, script: &str) -> Step<Value> {
        self.driver.command(script, self.driver.client.execute(script, Vec::new())).await
    }

    /// Runs a script that answers later: it hands plain data to `done`.
    pub(crate) async fn ask_later(&self, script: &str) -> Step<Value> {
        let script = format!("const done = arguments[arguments.length - 1]; {script}");
        self.driver.command(&script, self.driver.client.execute_async(&script, Vec::new())).await
    }

    /// Goes to an address within the window, until what was there before is gone.
    pub(crate) async fn go(&self, address: &str) -> Step<()> {
        self.ask_later(&format!(
            "const before = location.hash;
             location.hash = {};
             if (location.hash === before) return done();
             const frame = () => new Promise((next) => requestAnimationFrame(next));
             addEventListener('hashchange', () => frame().then(frame).then(() => done()), {{ once: true }});",
            json!(address)
        ))
        .await?;
        Ok(())
    }

    /// The address within the window.
    pub(crate) async fn address(&self) -> Step<String> {
        let address = self.ask("return location.hash").await?;
        Ok(address.as_str().unwrap_or_default().to_owned())
    }

    /// Makes the page this large, in the units of its style sheets.
    pub(crate) async fn resize(&self, width: u32, height: u32) -> Step<()> {
        // The window manager's frame is around it, and a rounding of the scale within.
        let inner = self.ask("return [innerWidth, innerHeight]").await?;
        let size = self.driver.command("the window's size", self.driver.client.get_window_rect()).await?;
        let (_, _, outer_width, outer_height) = size;
        let frame = |outer: u64, inner: &Value| outer.saturating_sub(inner.as_u64().unwrap_or(outer));
        let frame = (frame(outer_width, &inner[0]), frame(outer_height, &inner[1]));
        let wanted = (width + narrow(frame.0)?, height + narrow(frame.1)?);
        let resized = self.driver.client.set_window_size(wanted.0, wanted.1);
        self.driver.command("the window has another size", resized).await?;
        let script =
            format!("return Math.abs(innerWidth - {width}) < 2 && Math.abs(innerHeight - {height}) < 2");
        self.ask_until(&format!("the page is {width} × {height}"), &script).await?;
        Ok(())
    }

    /// Presses keys on the page, one after another: WebDriver's code points, such as [`TAB`].
    pub(crate) async fn keys(&self, keys: &[char]) -> Step<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            actions = actions.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key });
        }
        self.press(actions).await
    }

    /// Presses a key while another is held down.
    pub(crate) async fn chord(&self, held: char, key: char) -> Step<()> {
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.press(actions).await
    }

    async fn press(&self, actions: KeyActions) -> Step<()> {
        self.driver.command("the page takes keys", self.driver.client.perform_actions(actions)).await
    }

    /// Asks until the script returns something true.
    pub(crate) async fn ask_until(&self, what: &str, script: &str) -> Step<Value> {
        self.ask_within(PATIENCE, what, script).await
    }

    /// [`Window::ask_until`], with a patience of one's own.
    pub(crate) async fn ask_within(&self, patience: Duration, what: &str, script: &str) -> Step<Value> {
        let answered = until(patience, what, async || {
            let answer = self.ask(script).await?;
            Ok((!matches!(answer, Value::Null | Value::Bool(false))).then_some(answer))
        });
        match answered.await {
            Ok(answer) => Ok(answer),
            Err(why) => Err(format!("{why}\n{}", self.driver.seen().await).into()),
        }
    }

    /// Waits until nothing on the page is on its way: faces are there, and no colour changes to another; a button that was
    /// just enabled would be seen between the two.
    pub(crate) async fn settle(&self) -> Step<()> {
        self.ask_later(
            "const frame = () => new Promise((next) => requestAnimationFrame(next));
             const moves = () => Promise.allSettled(document.getAnimations().map((one) => one.finished));
             const late = new Promise((next) => setTimeout(next, 1000));
             const settled = async () => {
               await document.fonts.ready; await frame(); await frame(); await moves(); await frame();
             };
             Promise.race([settled(), late]).then(() => done(true));",
        )
        .await?;
        Ok(())
    }

    /// Keeps a picture of the screen.
    pub(crate) async fn picture(&self, name: &str) -> Step<()> {
        self.settle().await?;
        let picture = self.driver.command("a picture", self.driver.client.screenshot()).await?;
        Ok(fs::write(self.pictures.join(format!("{name}.png")), picture)?)
    }

    /// Where pictures and papers are left.
    pub(crate) fn left(&self, name: &str) -> PathBuf {
        self.pictures.join(name)
    }

    /// The folder of the record's files.
    pub(crate) fn record(&self) -> &Path {
        &self.record
    }

    /// From the first start to the empty record: the recovery code, if it is shown, and a name.
    pub(crate) async fn begin(&self, name: &str) -> Step<()> {
        let first = "[data-testid=\"recovery-kept\"], [data-testid=\"welcome-name\"]";
        self.wait_for_css(first).await?;
        self.picture("01-first").await?;
        self.pass_recovery_code().await?;
        self.wait_for("welcome-name").await?.send_keys(name).await?;
        self.picture("02-welcome").await?;
        self.click("welcome-start").await?;
        let second = "[data-testid=\"recovery-kept\"], [data-testid=\"door-sample\"]";
        self.wait_for_css(second).await?;
        self.pass_recovery_code().await?;
        self.wait_for("door-sample").await?;
        self.picture("03-start").await
    }

    /// Opens the record with its passphrase.
    pub(crate) async fn unlock(&self, passphrase: &str) -> Step<()> {
        self.wait_for_css("input[type=\"password\"]").await?.send_keys(passphrase).await?;
        self.click("lock-unlock").await?;
        self.wait_for("nav-timeline").await?;
        Ok(())
    }

    async fn pass_recovery_code(&self) -> Step<()> {
        let code = self.driver.client.find_all(Locator::Css("[data-testid=\"recovery-kept\"]"));
        if self.driver.command("the recovery code", code).await?.is_empty() {
            return Ok(());
        }
        // As a person copies it from their paper.
        let script = "return document.querySelector('[data-testid=\"recovery-code\"]').innerText;";
        let code: Value = self.ask(script).await?;
        let groups: Vec<&str> = code.as_str().unwrap_or_default().trim().split('-').collect();
        self.click("recovery-kept").await?;
        self.wait_for("recovery-check").await?;
        let script = "return [...document.querySelectorAll('[data-testid=\"recovery-group\"]')].map(e => e.dataset.place);";
        let places: Value = self.ask(script).await?;
        for place in places.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let group = groups.get(place.parse::<usize>()?).copied().unwrap_or_default();
            let field = format!("[data-testid=\"recovery-group\"][data-place=\"{place}\"]");
            self.wait_for_css(&field).await?.send_keys(group).await?;
        }
        self.click("recovery-check").await
    }

    /// Connects a sample provider: found in the directory, signed in to in the browser, read to the end.
    pub(crate) async fn connect(&self, desktop: &Desktop, browser: &Browser, provider: &str) -> Step<()> {
        let opened = desktop.asked_to_open().len();
        self.ask("location.hash = '#/providers/add?sample=1'").await?;
        self.wait_for("provider-search").await?;
        self.picture(&format!("04-directory-before-{}", file_name(provider))).await?;
        self.click_css(&format!("[data-testid=\"directory-item\"][data-name=\"{provider}\"]")).await?;
        let user = self.wait_for("sample-user").await?.text().await?;
        let password = self.wait_for("sample-password").await?.text().await?;
        self.picture(&format!("05-signing-in-{}", file_name(provider))).await?;
        let address =
            desktop.until("the app asks for the browser", |d| d.asked_to_open().get(opened).cloned())?;
        browser.sign_in(&address, &user, &password).await?;
        let item = format!("[data-testid=\"provider-item\"][data-name=\"{provider}\"]");
        // Connected, and read to the end: then there is a verdict on how complete it is.
        self.wait_for_css(&format!("{item} [data-testid=\"provider-state\"][data-state=\"connected\"]"))
            .await?;
        self.wait_for_css(&format!("{item} [data-testid=\"provider-verdict\"]")).await?;
        Ok(())
    }

    /// Closes the window.
    pub(crate) async fn close(self) -> Step<()> {
        self.driver.close().await
    }
}

/// What the terminal says about the record, once the window has let go of it.
pub(crate) fn terminal(desktop: &Desktop, record: &Path, command: &[&str]) -> Step<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_wholechart")).with_file_name("wholechart-cli");
    let program = program.to_str().ok_or("the program's path is text")?;
    let run = || output(desktop.command(program).arg("--data-dir").arg(record).args(command), COMMAND);
    let free =
        desktop.until("the terminal may open the record", |_| run().ok().filter(|o| o.status.success()));
    match free {
        Ok(output) => Ok(String::from_utf8(output.stdout)?),
        Err(waited) => Err(format!("{waited}: {}", String::from_utf8_lossy(&run()?.stderr)).into()),
    }
}

fn narrow(number: u64) -> Step<u32> {
    Ok(u32::try_from(number)?)
}

fn file_name(provider: &str) -> String {
    provider.split_whitespace().next().unwrap_or_default().to_lowercase()
}
