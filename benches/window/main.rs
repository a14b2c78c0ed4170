//! How long a person waits, in the real window, at 20,000 and at 100,000 facts: `cargo xtask bench window`.
//!
//! The record is written by the app's own import, in this process; then the commands are timed without a window, and
//! the window is driven by WebDriver. Times within the window are taken by the page's own clock, from what a person
//! does to the frame that shows the answer. The floors are timed in the same run: for a command, writing and reading
//! its answer as JSON; in the window, the cheapest question there and back, shown in the next frame.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]

#[path = "../../tests/e2e/app.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod app;
#[path = "../../tests/e2e/browser.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod browser;
#[path = "../../tests/e2e/desktop.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod desktop;
#[path = "../../tests/e2e/driver.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod driver;
#[path = "../figures/mod.rs"]
#[allow(dead_code, reason = "what other benchmarks use more of")]
mod figures;
mod life;
#[path = "../../tests/app/person.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod person;
#[path = "../../tests/e2e/program.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod program;
#[path = "../../tests/e2e/window.rs"]
#[allow(dead_code, reason = "what the tests use more of")]
mod window;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desktop::Desktop;
use crate::figures::Figures;
use crate::person::AtHome;
use crate::window::{Mode, Window};

/// Why a step did not work, in words.
type Failure = Box<dyn std::error::Error>;
/// What a step gives.
type Step<T> = Result<T, Failure>;

const PASSPHRASE: &str = "six plain words for a test";
/// As many rows as the window asks for at once.
const PAGE: u32 = 200;
const SEARCHES: &[&str] = &[
    "g",
    "glu",
    "glucose",
    "amlo",
    "cough spring",
    "nwosu",
    "left shoulder pain",
    "xray",
    "glucsoe",
    "zzz",
    "102",
];

fn main() -> Step<()> {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let only: Vec<u32> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    for facts in [20_000, 100_000] {
        if only.is_empty() || only.contains(&facts) {
            runtime.block_on(one(facts))?;
        }
    }
    Ok(())
}

async fn one(facts: u32) -> Step<()> {
    let mut desktop = Desktop::start()?;
    let record = desktop.path("record");
    let home = AtHome::open(&record, None).await;
    write(&home, &desktop.path("files"), facts).await?;
    let all = answer(&home, "timelineFacets", json!({"person": home.person})).await?;
    let load = format!("{} facts, commands without a window", all["total"]);
    let mut figures = Figures::new(&format!("window-commands-{facts}"), &load);
    commands(&home, &mut figures, facts).await?;
    figures.finish();
    drop(home);

    let mut figures =
        Figures::new(&format!("window-{facts}"), &format!("{} facts, in the window", all["total"]));
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-window");
    let window = Window::open(&mut desktop, Mode::Own, &pictures).await?;
    window.unlock(PASSPHRASE).await?;
    window.resize(1280, 800).await?;
    shown(&window, &mut figures, facts).await?;
    figures.finish();
    window.close().await
}

/// Takes the generated files in, provider by provider.
async fn write(home: &AtHome, folder: &Path, facts: u32) -> Step<()> {
    fs::create_dir_all(folder)?;
    let start = Instant::now();
    for (provider, lines) in life::PROVIDERS.iter().zip(life::files(facts)) {
        let file = folder.join(format!("{}.ndjson", provider.replace(' ', "-")));
        fs::write(&file, lines)?;
        let args = json!({"person": home.person, "label": provider, "release": "r4", "paths": [file], "confirmed": true});
        answer(home, "import", args).await?;
    }
    println!(
        "\n{facts} resources of {} taken in within {:.1} s",
        life::PERSON,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

async fn answer(home: &AtHome, command: &str, args: Value) -> Step<Value> {
    home.ask(command, args).await.map_err(|why| format!("{command}: {}", why.message).into())
}

/// How long a command takes, as often as there are arguments for it.
async fn timed(home: &AtHome, command: &str, args: impl Iterator<Item = Value>) -> Step<Vec<Duration>> {
    let mut times = Vec::new();
    for args in args {
        let start = Instant::now();
        answer(home, command, args).await?;
        times.push(start.elapsed());
    }
    Ok(times)
}

async fn commands(home: &AtHome, figures: &mut Figures, facts: u32) -> Step<()> {
    let person = &home.person;
    let ask = |cursor: Value| json!({"person": person, "filter": {}, "cursor": cursor, "limit": PAGE});
    let first = answer(home, "timeline", ask(Value::Null)).await?;
    let mut floor = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        let text = serde_json::to_vec(&first)?;
        let back: Value = serde_json::from_slice(&text)?;
        std::hint::black_box(back);
        floor.push(start.elapsed());
    }
    figures.floor("floor: a page of 200 rows as JSON, there and back", floor);

    let mut pages = Vec::new();
    let mut ids = Vec::new();
    let mut cursor = first["next"].clone();
    while !cursor.is_null() && pages.len() < 200 {
        let start = Instant::now();
        let page = answer(home, "timeline", ask(cursor)).await?;
        pages.push(start.elapsed());
        ids.push(page["rows"][0]["id"].clone());
        cursor = page["next"].clone();
    }
    figures.times("next page of 200 rows", Some(16), pages);
    let typed = SEARCHES.iter().flat_map(|text| [text; 3]);
    let searches = typed.map(|text| json!({"person": person, "text": text, "limit": 5}));
    figures.times(
        "search",
        Some(if facts > 20_000 { 30 } else { 10 }),
        timed(home, "search", searches).await?,
    );
    let records = ids.iter().take(60).map(|id| json!({"person": home.person, "fact": id}));
    figures.times("a record's page", Some(50), timed(home, "fact", records).await?);
    let first_pages = (0..20).map(|_| json!({"person": person}));
    figures.times("the first page", None, timed(home, "home", first_pages).await?);
    let connections = answer(home, "connections", json!({"person": person})).await?;
    for (what, filter) in filters(&connections[0]["id"]) {
        let five = || (0..5).map(|_| filter.clone());
        let asked = five().map(|filter| json!({"person": person, "filter": filter, "limit": PAGE}));
        let for_rows = timed(home, "timeline", asked).await?;
        let asked = five().map(|filter| json!({"person": person, "filter": filter}));
        let for_counts = timed(home, "timelineFacets", asked).await?;
        let both = for_rows.into_iter().zip(for_counts).map(|(rows, counts)| rows + counts).collect();
        figures.times(&format!("filter by {what}: page and counts"), Some(50), both);
    }
    Ok(())
}

fn filters(connection: &Value) -> Vec<(&'static str, Value)> {
    vec![
        ("nothing", json!({})),
        ("kind", json!({"kinds": ["result"]})),
        ("rare kind", json!({"kinds": ["vaccine"]})),
        ("several kinds", json!({"kinds": ["problem", "medicine", "visit"]})),
        ("provider", json!({"connections": [connection]})),
        ("status", json!({"statuses": ["active"]})),
        ("flagged", json!({"flagged": true})),
        ("dates", json!({"from": "1990", "to": "1999-06"})),
        ("common text", json!({"text": "glucose"})),
        ("rare text", json!({"text": "cough spring dizziness"})),
        (
            "everything at once",
            json!({"kinds": ["result"], "flagged": true, "connections": [connection], "from": "2001", "text": "glu"}),
        ),
    ]
}

async fn shown(window: &Window, figures: &mut Figures, facts: u32) -> Step<()> {
    window.go("#/timeline").await?;
    window.wait_for("timeline-row").await?;
    let person = window
        .ask_later(&format!("{LIBRARY} call('appState', {{}}).then((state) => done(state.persons[0].id));"))
        .await?;
    let floor = window
        .ask_later(&format!(
            "{LIBRARY} (async () => {{ const times = [];
               for (let n = 0; n < 40; n += 1) {{ const start = performance.now();
                 await call('connections', {{ person: {person} }}); await painted(); times.push(performance.now() - start); }}
               done(times); }})();"
        ))
        .await?;
    figures.floor("floor: a question there and back, and the next frame", millis(&floor)?);

    let mut first = Vec::new();
    for _ in 0..7 {
        first.push(window.first_row().await?);
    }
    figures.times(
        "first timeline row after the window is ready",
        Some(if facts > 20_000 { 300 } else { 150 }),
        first,
    );

    let provider = window
        .ask_later(&format!(
            "{LIBRARY} call('connections', {{ person: {person} }}).then((all) => done(all[0].id));"
        ))
        .await?;
    let provider = provider.as_str().unwrap_or_default();
    let queries = [
        ("kind", "kind=result".to_owned()),
        ("rare kind", "kind=vaccine".to_owned()),
        ("provider", format!("provider={provider}")),
        ("status", "status=active".to_owned()),
        ("flagged", "flagged=1".to_owned()),
        ("dates", "from=1990&to=1999-06".to_owned()),
        ("text", "text=glucose".to_owned()),
        ("everything at once", format!("kind=result&flagged=1&provider={provider}&from=2001&text=glu")),
    ];
    for (what, query) in queries {
        let times =
            window.ask_later(&format!("{LIBRARY} {FILTER} filtered({}).then(done);", json!(query))).await?;
        figures.times(&format!("filter by {what}"), Some(50), millis(&times)?);
    }

    window.go("#/timeline").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let scrolled = window.ask_later(&format!("{LIBRARY} {SCROLL}")).await?;
    println!(
        "Scrolled {} pixels in {} frames of {} ms (slowest {} ms): {} frames with a gap or a row without text, {} frames at a standstill",
        scrolled["pixels"],
        scrolled["frames"],
        scrolled["median"],
        scrolled["slowest"],
        scrolled["blank"],
        scrolled["stuck"]
    );
    let opened = window.ask_later(&format!("{LIBRARY} {OPEN}")).await?;
    figures.times("opening a record", Some(50), millis(&opened)?);
    window.go("#/timeline").await?;
    let found = window
        .ask_later(&format!(
            "{LIBRARY} {SEARCH}",
            SEARCH = SEARCH.replace("WORDS", &json!(SEARCHES).to_string())
        ))
        .await?;
    figures.times(
        "search, from the key to the answers",
        Some(if facts > 20_000 { 30 } else { 10 }),
        millis(&found)?,
    );
    Ok(())
}

fn millis(times: &Value) -> Step<Vec<Duration>> {
    let times: Vec<f64> = serde_json::from_value(times.clone())?;
    Ok(times.into_iter().map(|time| Duration::from_secs_f64(time / 1000.0)).collect())
}

impl Window {
    /// Loads the page anew, and says how long after it was ready (its document read, its scripts run) the first row of
    /// the timeline was there; a few milliseconds too much, because WebDriver asks only then.
    async fn first_row(&self) -> Step<Duration> {
        self.driver.command("the page is loaded anew", self.driver.client.refresh()).await?;
        let took = self
            .ask_later(&format!(
                "{LIBRARY} const ready = performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart;
                 until(() => document.querySelector('[data-testid=timeline-row]')).then(() => done([performance.now() - ready]));"
            ))
            .await?;
        millis(&took)?.pop().ok_or_else(|| "no time".into())
    }
}

/// Shared by the scripts: the app's one door, a frame that was painted, and waiting for something to be on the page. What
/// is put on the page while a frame is made (by who measures it) is in that frame; what comes between frames is in the next.
const LIBRARY: &str = "
    const call = (command, args) => window.__TAURI_INTERNALS__.invoke('call', { command, args });
    const beat = window.benchBeat ??= (() => {
      const waiting = [];
      const beat = { inFrame: false, next: [], shown: (act) => waiting.push(act) };
      // Not a message of a channel: WebKitGTK lost those after some thousand frames.
      const over = () => { beat.inFrame = false; for (const act of waiting.splice(0)) act(); };
      const tick = () => { beat.inFrame = true; waiting.push(...beat.next.splice(0)); setTimeout(over); requestAnimationFrame(tick); };
      requestAnimationFrame(tick);
      return beat;
    })();
    const painted = () => new Promise((done) => beat.inFrame ? beat.shown(done) : beat.next.push(done));
    const until = (there) => new Promise((done) => { if (there()) return done(painted());
      const watch = new MutationObserver(() => { if (there()) { watch.disconnect(); done(painted()); } });
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true }); });
    const all = (id) => [...document.querySelectorAll(`[data-testid=${id}]`)];
    const one = (id) => document.querySelector(`[data-testid=${id}]`);
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));";

/// From the choice of a filter to the frame with the new number of records and the first of them.
const FILTER: &str = "
    async function filtered(query) {
      const times = [];
      for (let turn = 0; turn < 5; turn += 1) {
        location.hash = '#/timeline'; await sleep(400);
        const before = one('timeline-count').textContent;
        const start = performance.now();
        location.hash = `#/timeline?${query}`;
        await until(() => one('timeline-count').textContent !== before && (one('timeline-row') || one('timeline-empty')));
        times.push(performance.now() - start);
      }
      location.hash = '#/timeline'; await sleep(300);
      return times;
    }";

/// 300 frames, each 300 pixels further: faster than a wheel goes. Every 40 pixels down the list there must be an item (or
/// the space around it, which is its own), and every row must have its words, in each frame as it is about to be painted.
const SCROLL: &str = "
    const scroller = one('timeline-scroller');
    const box = scroller.getBoundingClientRect();
    let holder = one('timeline-row');
    while (holder.parentElement.offsetHeight < 4 * scroller.clientHeight) holder = holder.parentElement;
    const list = holder.parentElement;
    let frames = 0, blank = 0, stuck = 0, last = performance.now();
    const lengths = [];
    function frame(now) {
      lengths.push(now - last); last = now;
      const before = scroller.scrollTop;
      scroller.scrollTop = before + 300;
      if (scroller.scrollTop - before < 299) stuck += 1;
      // By where the items are: while it scrolls, the list lets no pointer at them, and nothing is found at a point.
      const above = list.getBoundingClientRect().top;
      const items = [...list.children].map((item) => item.getBoundingClientRect());
      let gaps = 0, points = 0;
      for (let y = box.top + 20; y < box.bottom - 20; y += 40) {
        points += 1;
        if (y > above && !items.some((item) => item.top <= y && y <= item.bottom)) gaps += 1;
      }
      const empty = all('timeline-row').some((row) => { const at = row.getBoundingClientRect();
        return at.bottom > box.top && at.top < box.bottom && row.textContent.trim() === ''; });
      if (gaps > points / 10 || empty) blank += 1;
      frames += 1;
      if (frames < 300) return requestAnimationFrame(frame);
      lengths.sort((a, b) => a - b);
      done({ pixels: Math.round(scroller.scrollTop), frames, blank, stuck,
        median: Math.round(lengths[150]), slowest: Math.round(lengths[299]) });
    }
    requestAnimationFrame(frame);";

/// From a click on a row to the frame with the record's page and its first source.
const OPEN: &str = "
    (async () => { const times = [];
      for (let n = 0; n < 30; n += 1) {
        const box = one('timeline-scroller').getBoundingClientRect();
        const rows = all('timeline-row').filter((row) => { const at = row.getBoundingClientRect();
          return at.top > box.top && at.bottom < box.bottom; });
        const row = rows[(n * 5) % rows.length];
        if (row.dataset.fact === one('record-page')?.dataset.factId) continue;
        const start = performance.now();
        row.click();
        await until(() => one('record-page')?.dataset.factId === row.dataset.fact && one('record-source'));
        times.push(performance.now() - start);
        await sleep(60);
      }
      done(times); })();";

/// From a key to the frame that answers the whole text typed so far.
const SEARCH: &str = "
    (async () => { const times = [];
      one('search-open').click();
      await until(() => one('search-text'));
      const field = one('search-text');
      for (const word of WORDS) {
        for (let n = 1; n <= word.length; n += 1) {
          const text = word.slice(0, n);
          if (!text.trim() || text !== text.trim()) continue;
          const start = performance.now();
          field.value = text;
          field.dispatchEvent(new Event('input', { bubbles: true }));
          await until(() => one('search-dialog').dataset.answered === text);
          times.push(performance.now() - start);
          await sleep(30);
        }
        field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); await sleep(60);
      }
      one('search-close').click();
      done(times); })();";
