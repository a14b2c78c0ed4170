//! The main job from end to end: three providers, one timeline, one printed summary.

mod corpus;
mod documents;
mod hard_person;
mod heard;
mod locking;
mod merging;
mod policy;
mod printing;
mod screens;
mod spanish;
mod starting;
mod texts;
mod topics;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Mutex;
use wholechart_api::is_closed_to_others;

use crate::Step;
use crate::browser::Browser;
use crate::desktop::Desktop;
use crate::paper;
use crate::window::{Mode, Window, terminal};

const LAKESIDE: &str = "Lakeside Family Medicine";
const SUMMIT: &str = "Summit General Hospital";
const HARBOR: &str = "Harbor Heart Clinic";

/// The name typed in, as a person would; it must not be readable in any file.
const PERSON: &str = "Rosa-Lind Q. Whitlock-Testament";
/// The year whose influenza vaccine exactly two providers know of.
const SHARED_YEAR: u32 = 2019;

/// One window at a time: two would take the time from each other that their waits count on.
static ONE_WINDOW: Mutex<()> = Mutex::const_new(());

/// Where pictures go: the folder `cargo xtask run` shows, or one beside the build.
fn pictures(test: &str) -> PathBuf {
    match std::env::var_os("WHOLECHART_DEMO_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join("e2e").join(test),
    }
}

/// How long a scene may take. Every wait in it has an end of its own; this is for many of them in a row.
const SCENE: Duration = Duration::from_mins(12);

/// Runs a scene in a window of sample mode, and keeps a picture of where it ended when it fails.
pub(crate) async fn in_window(
    test: &str,
    scene: impl AsyncFn(&mut Desktop, &Window) -> Step<()>,
    after: impl AsyncFn(&mut Desktop, &Path, &Path) -> Step<()>,
) {
    in_prepared_window(test, Mode::Sample, async |_| Ok(()), scene, after).await;
}

/// [`in_window`], with work in the desktop before the window opens.
async fn in_prepared_window(
    test: &str,
    mode: Mode,
    before: impl AsyncFn(&mut Desktop) -> Step<()>,
    scene: impl AsyncFn(&mut Desktop, &Window) -> Step<()>,
    after: impl AsyncFn(&mut Desktop, &Path, &Path) -> Step<()>,
) {
    if let Err(why) = play(test, mode, before, scene, after).await {
        panic!("{why}");
    }
}

/// Plays a scene to its end. The error is the whole story: what was waited for, and what the app and the drivers said last.
async fn play(
    test: &str,
    mode: Mode,
    before: impl AsyncFn(&mut Desktop) -> Step<()>,
    scene: impl AsyncFn(&mut Desktop, &Window) -> Step<()>,
    after: impl AsyncFn(&mut Desktop, &Path, &Path) -> Step<()>,
) -> Step<()> {
    let _alone = ONE_WINDOW.lock().await;
    let folder = pictures(test);
    let mut desktop = Desktop::start().map_err(|why| format!("no desktop for the test: {why}"))?;
    let played = tokio::time::timeout(SCENE, async {
        let desktop = &mut desktop;
        before(desktop).await.map_err(|why| format!("before the window opens: {why}"))?;
        let window = Window::open(desktop, mode, &folder).await.map_err(|why| format!("no window: {why}"))?;
        let record = window.record().to_path_buf();
        if let Err(why) = scene(desktop, &window).await {
            // The picture is a help, not the finding.
            let _ = tokio::time::timeout(Duration::from_secs(10), window.picture("failed")).await;
            return Err(why);
        }
        window.close().await.map_err(|why| format!("the window did not close: {why}"))?;
        after(desktop, &record, &folder)
            .await
            .map_err(|why| format!("after the window was closed: {why}").into())
    });
    let played = played.await;
    let late = || Err(format!("the scene took more than {} minutes", SCENE.as_secs() / 60).into());
    played
        .unwrap_or_else(|_| late())
        .map_err(|why| format!("{why}\n{}\npictures: {}", desktop.last_words(), folder.display()).into())
}

/// What a scene found wrong on its way. It goes on, because the next screen may be wrong as well, but not in a window that
/// answers no more.
struct Findings<'w> {
    window: &'w Window,
    wrong: Vec<String>,
}

impl<'w> Findings<'w> {
    fn in_window(window: &'w Window) -> Self {
        Findings { window, wrong: Vec::new() }
    }

    /// Takes down why a step failed.
    async fn note(&mut self, step: Step<()>) -> Step<()> {
        if let Err(why) = step {
            self.wrong.push(why.to_string());
            if let Err(gone) = self.window.ask("return true").await {
                return Err(format!("{}\n{gone}", self.wrong.join("\n")).into());
            }
        }
        Ok(())
    }

    /// All of it as one failure.
    fn told(self) -> Step<()> {
        if self.wrong.is_empty() { Ok(()) } else { Err(self.wrong.join("\n").into()) }
    }
}

#[tokio::test]
async fn walk() {
    in_window("walk", whole_walk, async |desktop, record, folder| {
        let timeline = terminal(desktop, record, &["timeline"])?;
        fs::write(folder.join("timeline.txt"), &timeline)?;
        if !timeline.to_lowercase().contains("influenza") {
            return Err("the terminal's timeline does not have the vaccine".into());
        }
        nothing_readable(record, &timeline)?;
        nothing_in_the_web_view(desktop)
    })
    .await;
}

async fn whole_walk(desktop: &mut Desktop, window: &Window) -> Step<()> {
    walk_through(desktop, window, "Sample").await
}

/// From the first start to paper. `sample` is what paper calls the invented record.
async fn walk_through(desktop: &mut Desktop, window: &Window, sample: &str) -> Step<()> {
    window.begin(PERSON).await?;
    connect(desktop, window, &[LAKESIDE, SUMMIT, HARBOR]).await?;
    window.picture("06-providers").await?;

    window.click("nav-timeline").await?;
    window.wait_for("timeline-row").await?;
    window.picture("07-timeline").await?;
    let sources = shared_vaccine(window).await?;
    told_by(&sources, &[LAKESIDE, SUMMIT])?;

    window.wait_for("record-page").await?;
    window.wait_for("record-source").await?;
    let said = texts(window, "record-source").await?;
    told_by(&said, &[LAKESIDE, SUMMIT])?;
    window.picture("08-record-with-two-sources").await?;
    window.click("record-raw").await?;
    window.picture("09-record-as-it-was-sent").await?;

    window.click("nav-summary").await?;
    window.wait_for("summary-page").await?;
    window.picture("10-summary").await?;
    let saved = save_as_pdf(desktop, window).await?;
    let printed = print(desktop, window).await?;
    for pdf in [&saved, &printed] {
        let words = paper::words(pdf)?;
        told_on_paper(&words, &[LAKESIDE, SUMMIT])?;
        if !words.contains(sample) {
            return Err(format!("{} does not say that it is a sample", pdf.display()).into());
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_provider_taken_away_is_noticed() {
    let scene = async |desktop: &mut Desktop, window: &Window| -> Step<()> {
        window.begin(PERSON).await?;
        connect(desktop, window, &[LAKESIDE, HARBOR]).await?;
        window.click("nav-timeline").await?;
        window.wait_for("timeline-row").await?;
        let sources = shared_vaccine(window).await?;
        told_by(&sources, &[LAKESIDE])?;
        must_fail(told_by(&sources, &[LAKESIDE, SUMMIT]), SUMMIT)?;
        window.click("nav-summary").await?;
        window.wait_for("summary-page").await?;
        let words = paper::words(&save_as_pdf(desktop, window).await?)?;
        told_on_paper(&words, &[LAKESIDE])?;
        must_fail(told_on_paper(&words, &[LAKESIDE, SUMMIT]), SUMMIT)
    };
    in_window("two-providers", scene, async |_, _, _| Ok(())).await;
}

/// Every list.
const LISTS: &[&str] = &[
    "medicines",
    "problems",
    "allergies",
    "vaccines",
    "visits",
    "procedures",
    "plans",
    "team",
    "family",
    "documents",
    "insurance",
];

#[tokio::test]
async fn what_is_current_and_what_was_measured() {
    in_window("home", home_lists_and_results, async |_, _, _| Ok(())).await;
}

/// The first page, each list, a test over time saved as a table, and a note that the search finds.
async fn home_lists_and_results(desktop: &mut Desktop, window: &Window) -> Step<()> {
    window.begin(PERSON).await?;
    connect(desktop, window, &[LAKESIDE, SUMMIT, HARBOR]).await?;
    window.click("nav-home").await?;
    window.wait_for("home-result").await?;
    window.picture("11-home").await?;
    pictured_in_dark_and_large(window, "11-home").await?;
    // What a first fetch brings is no news.
    window
        .ask_until("nothing is new", "return !document.querySelector('[data-testid=\"home-news\"]');")
        .await?;

    window.click("nav-more").await?;
    for list in LISTS {
        window.click(&format!("nav-{list}")).await?;
        let shown = format!(
            "return location.hash.startsWith('#/{list}') &&
               !!document.querySelector('[data-testid=\"list-row\"], [data-testid=\"list-empty\"]');"
        );
        window.ask_until(&format!("{list} are there"), &shown).await?;
        window.picture(&format!("12-{list}")).await?;
    }
    window.click("nav-medicines").await?;
    window.wait_for("list-row").await?;
    pictured_in_dark_and_large(window, "12-medicines").await?;
    topics::one_line_for_one_medicine(window).await?;

    window.click("nav-results").await?;
    window.wait_for("results-test").await?;
    window.picture("13-results").await?;
    pictured_in_dark_and_large(window, "13-results").await?;
    window.click("results-vital").await?;
    window.wait_for_css("[data-testid=\"results-test\"][data-title*=\"blood pressure\" i]").await?;
    window.picture("13-vitals").await?;
    window.click("results-lab").await?;
    window.click_css("[data-testid=\"results-test\"][data-title*=\"LDL\"] th a").await?;
    window.wait_for("trend-chart").await?;
    window.picture("14-trend").await?;
    pictured_in_dark_and_large(window, "14-trend").await?;
    let table = save_as_csv(desktop, window).await?;
    let rows = table.lines().count();
    if rows < 3 || !table.contains("LDL") || !table.contains(LAKESIDE) {
        return Err(format!("the table has {rows} lines:\n{table}").into());
    }

    window.click_css("[data-testid=\"trend-row\"] a").await?;
    window.click("note-write").await?;
    window.wait_for("note-text").await?.send_keys("Zwieback before the test").await?;
    window.click("note-save").await?;
    window.wait_for("note").await?;
    window.picture("15-note").await?;
    window.click("search-open").await?;
    window.ask_until("the search is open", "return !!document.querySelector('dialog[open] input');").await?;
    window.wait_for_css("dialog[open] input").await?.send_keys("zwieback").await?;
    window
        .ask_until(
            "the note is found",
            "return document.querySelector('dialog[open]').innerText.includes('Zwieback before');",
        )
        .await?;
    Ok(())
}

/// The same screen in the dark, and at twice the size, where nothing may lie beside the page.
async fn pictured_in_dark_and_large(window: &Window, name: &str) -> Step<()> {
    window.ask("document.documentElement.style.colorScheme = 'dark';").await?;
    window.picture(&format!("{name}-dark")).await?;
    window
        .ask("document.documentElement.style.colorScheme = 'light'; document.documentElement.style.fontSize = '200%';")
        .await?;
    window.picture(&format!("{name}-large")).await?;
    let wide = window
        .ask(
            "return [...document.querySelectorAll('main, .page-side')]
               .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className + one.scrollWidth);",
        )
        .await?;
    window.ask("document.documentElement.style.fontSize = '';").await?;
    match wide.as_array() {
        Some(wide) if wide.is_empty() => Ok(()),
        _ => Err(format!("{name} must be scrolled sideways at twice the size: {wide}").into()),
    }
}

/// Saves through the system's save dialog, and reads what was written.
async fn save_as_csv(desktop: &Desktop, window: &Window) -> Step<String> {
    let file = window.left("trend.csv");
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let before = desktop.windows();
    window.click("trend-save").await?;
    desktop.dialog(&before)?;
    desktop.press(&["ctrl+a"])?;
    desktop.write(file.to_str().ok_or("the path is text")?)?;
    desktop.press(&["Return"])?;
    desktop.dialog_closed(&before)?;
    desktop
        .until("the table is written", |_| fs::read_to_string(&file).ok().filter(|text| text.ends_with('\n')))
}

async fn connect(desktop: &mut Desktop, window: &Window, providers: &[&str]) -> Step<()> {
    let browser = Browser::open(desktop).await?;
    for provider in providers {
        window.connect(desktop, &browser, provider).await?;
    }
    browser.close().await
}

/// Finds the influenza vaccine that two providers know of, checks that it is one line, opens it, and gives
/// the names of the providers on the line.
async fn shared_vaccine(window: &Window) -> Step<Vec<String>> {
    window.click_css("[data-testid=\"filter-kind\"][data-kind=\"vaccine\"]").await?;
    window
        .ask_until(
            "the timeline shows vaccines only",
            "const rows = [...document.querySelectorAll('[data-testid=\"timeline-row\"]')];
             return rows.length > 0 && rows.every(row => row.dataset.kind === 'vaccine');",
        )
        .await?;
    window.picture("07-timeline-vaccines").await?;
    window
        .ask(&format!(
            "const jump = document.querySelector('[data-testid=\"timeline-jump\"]');
             jump.value = '{SHARED_YEAR}';
             jump.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        ))
        .await?;
    // The rows after the year's own heading and before the next one, in the order of the page.
    let rows = format!(
        "const scroller = document.querySelector('[data-testid=\"timeline-scroller\"]');
         let year = null, found = [];
         for (const node of scroller.querySelectorAll('h2, [data-testid=\"timeline-row\"]')) {{
           if (node.tagName === 'H2') year = node.textContent.trim();
           else if (year === '{SHARED_YEAR}' && /influenza|flu shot/i.test(node.dataset.title)) found.push(node);
         }}"
    );
    let sources = window
        .ask_until(
            "the shared vaccine is on the timeline",
            &format!(
                "{rows} return found.length > 0 && found.map(row =>
                   [...row.querySelectorAll('.marks [title]')].map(mark => mark.title));"
            ),
        )
        .await?;
    let lines: Vec<Vec<String>> = serde_json::from_value(sources)?;
    let [sources] = lines.as_slice() else {
        return Err(format!("the shared vaccine has {} lines instead of one: {lines:?}", lines.len()).into());
    };
    window.ask(&format!("{rows} found[0].click();")).await?;
    Ok(sources.clone())
}

/// The text of every element with this test id.
async fn texts(window: &Window, id: &str) -> Step<Vec<String>> {
    let script =
        format!("return [...document.querySelectorAll('[data-testid=\"{id}\"]')].map(e => e.innerText);");
    let found: Value = window.ask(&script).await?;
    Ok(serde_json::from_value(found)?)
}

/// Each provider stands in one of the texts, and there are no more texts than providers.
fn told_by(texts: &[String], providers: &[&str]) -> Step<()> {
    for provider in providers {
        if !texts.iter().any(|text| text.contains(provider)) {
            return Err(format!("{provider} is not among the sources: {texts:?}").into());
        }
    }
    let others = texts.iter().find(|text| !providers.iter().any(|provider| text.contains(provider)));
    others.map_or(Ok(()), |other| Err(format!("a source nobody expected: {other}").into()))
}

fn told_on_paper(words: &str, providers: &[&str]) -> Step<()> {
    match paper::missing(words, providers).as_slice() {
        [] => Ok(()),
        missing => Err(format!("the paper does not name {}:\n{words}", missing.join(", ")).into()),
    }
}

/// A check that finds nothing wrong when a provider is missing would be worth nothing.
fn must_fail(check: Step<()>, provider: &str) -> Step<()> {
    match check {
        Err(why) if why.to_string().contains(provider) => Ok(()),
        Err(why) => Err(format!("the check failed, but not for {provider}: {why}").into()),
        Ok(()) => Err(format!("the check did not notice that {provider} is not connected").into()),
    }
}

/// Saves through the system's save dialog: a path typed over the suggested name.
async fn save_as_pdf(desktop: &Desktop, window: &Window) -> Step<PathBuf> {
    print_all_kinds(window).await?;
    save_paper(desktop, window, "summary").await
}

/// The same of another kind of paper, by what its buttons are called.
async fn save_paper(desktop: &Desktop, window: &Window, paper: &str) -> Step<PathBuf> {
    let file = window.left(&format!("{paper}.pdf"));
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let before = desktop.windows();
    window.click(&format!("{paper}-save")).await?;
    desktop.dialog(&before)?;
    desktop.press(&["ctrl+a"])?;
    desktop.write(file.to_str().ok_or("the path is text")?)?;
    desktop.press(&["Return"])?;
    desktop.dialog_closed(&before)?;
    desktop.until("the PDF is whole", |_| whole(&file))?;
    Ok(file)
}

/// Says "print it" of every kind of sensitive things that is asked about: before that nothing is printed.
async fn print_all_kinds(window: &Window) -> Step<()> {
    let answer = "const yes = document.querySelector('[data-testid^=\"print-ask-\"][data-testid$=\"-yes\"]');
        yes?.click();
        return !yes && document.querySelector('[data-testid=\"summary-save\"]')?.disabled === false;";
    window.ask_until("every kind is decided about", answer).await?;
    Ok(())
}

/// Prints through the system's print dialog. "Print to File" is the only printer there and writes
/// `output.pdf` to the documents: Tab reaches the list, Down chooses, Alt+P is the button.
async fn print(desktop: &Desktop, window: &Window) -> Step<PathBuf> {
    let before = desktop.windows();
    window.click("summary-print").await?;
    desktop.dialog(&before)?;
    desktop.press(&["Tab", "Down", "alt+p"])?;
    desktop.dialog_closed(&before)?;
    let printed = desktop.path("home/Documents/output.pdf");
    desktop.until("the printed file is whole", |_| whole(&printed))?;
    let kept = window.left("printed.pdf");
    fs::copy(&printed, &kept)?;
    Ok(kept)
}

/// A PDF ends with a mark of its own.
fn whole(pdf: &Path) -> Option<()> {
    let content = fs::read(pdf).ok()?;
    content.trim_ascii_end().ends_with(b"%%EOF").then_some(())
}

/// No file of the record has the person's name, or that of the database, in readable letters.
fn nothing_readable(record: &Path, plain: &str) -> Step<()> {
    let words = PERSON.split_whitespace().filter(|word| word.len() > 3);
    let mut needles: Vec<Vec<u8>> = Vec::new();
    for word in words.chain(["SQLite format 3", "nfluenza"]) {
        needles.push(word.as_bytes().to_vec());
        needles.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    // The search itself must be able to find something.
    if !readable(plain.as_bytes(), &needles) {
        return Err("the search finds nothing where the words do stand".into());
    }
    let mut looked_at = 0;
    let mut folders = vec![record.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
                continue;
            }
            looked_at += fs::metadata(entry.path())?.len();
            if readable(&fs::read(entry.path())?, &needles) {
                return Err(format!("{} has readable text of the record", entry.path().display()).into());
            }
        }
    }
    // An empty folder would pass as well.
    if looked_at < 100_000 { Err(format!("the record has only {looked_at} bytes").into()) } else { Ok(()) }
}

/// What the web view keeps is closed to other accounts, and neither there nor anywhere else in the person's folder, but where they keep their
/// papers, stands who they are or what they have.
fn nothing_in_the_web_view(desktop: &Desktop) -> Step<()> {
    let home = desktop.path("home");
    let kept = home.join(".local/share/app.wholechart.desktop");
    if !is_closed_to_others(&kept).map_err(|why| format!("{}: {why}", kept.display()))? {
        return Err(format!("others may look into {}", kept.display()).into());
    }
    // What the web view keeps of its own is in files of SQLite, which are not the record's.
    let words = PERSON.split_whitespace().filter(|word| word.len() > 3).chain(["nfluenza"]);
    let both =
        |word: &str| [word.as_bytes().to_vec(), word.encode_utf16().flat_map(u16::to_le_bytes).collect()];
    let needles: Vec<Vec<u8>> = words.flat_map(both).collect();
    let (mut folders, mut looked_at) = (vec![home.clone()], 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() && path != home.join("Documents") {
                folders.push(path);
            } else if kind.is_file() {
                looked_at += 1;
                if readable(&fs::read(&path)?, &needles) {
                    return Err(format!("{} has readable text of the record", path.display()).into());
                }
            }
        }
    }
    // An empty folder would pass as well.
    if looked_at > 0 { Ok(()) } else { Err("nothing was looked at".into()) }
}

fn readable(content: &[u8], needles: &[Vec<u8>]) -> bool {
    needles.iter().any(|needle| content.windows(needle.len()).any(|window| window == needle))
}
