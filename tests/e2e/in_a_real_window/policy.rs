//! The content policy in the real window: whatever could run in the page loads nothing from elsewhere, runs no text as a program, and leads
//! the window nowhere.

use std::io::{ErrorKind, Read as _};
use std::net::{TcpListener, TcpStream};

use serde_json::json;

use super::in_prepared_window;
use crate::prepared;
use crate::window::Mode;

/// Tries each way out, and says how it ended. `AT` is an address where somebody listens.
const TRIES: &str = "
    const tries = {};
    try { (0, eval)('window.ranText = true'); } catch { /* refused */ }
    try { new Function('window.ranText = true')(); } catch { /* refused */ }
    tries.text = window.ranText === true ? 'ran' : 'refused';
    const inline = document.createElement('script');
    inline.textContent = 'window.ranInline = true';
    document.head.append(inline);
    tries.inline = window.ranInline === true ? 'ran' : 'refused';
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.ranHandler = true');
    document.body.append(button);
    button.click();
    tries.handler = window.ranHandler === true ? 'ran' : 'refused';
    for (const one of [inline, button]) one.remove();
    const loaded = (name, attributes) => new Promise((next) => {
        const one = document.createElement(name);
        one.onload = () => next('came');
        one.onerror = () => next('refused');
        Object.assign(one, attributes);
        document.head.append(one);
    });
    const socket = () => new Promise((next) => {
        try {
            const one = new WebSocket('ws://' + AT);
            one.onopen = () => next('came');
            one.onerror = () => next('refused');
        } catch { next('refused'); }
    });
    tries.window = window.open('http://' + AT + '/window') === null ? 'refused' : 'came';
    const later = {
        fetch: fetch('http://' + AT + '/fetch').then(() => 'came', () => 'refused'),
        nowhere: fetch('https://elsewhere.example/').then(() => 'came', () => 'refused'),
        script: loaded('script', { src: 'http://' + AT + '/script.js' }),
        picture: loaded('img', { src: 'http://' + AT + '/picture.png' }),
        style: loaded('link', { rel: 'stylesheet', href: 'http://' + AT + '/style.css' }),
        socket: socket(),
    };
    Promise.all(Object.entries(later).map(async ([name, ended]) => { tries[name] = await ended; })).then(() => done(tries));
";

#[tokio::test]
async fn the_page_loads_nothing_runs_no_text_and_leads_nowhere() {
    in_prepared_window(
        "policy",
        Mode::Sample,
        async |desktop| prepared::sample(&desktop.path("record")).await,
        async |_, window| {
            window.wait_for("lock-unlock").await?;
            let trap = TcpListener::bind(("127.0.0.1", 0))?;
            trap.set_nonblocking(true)?;
            let at = trap.local_addr()?.to_string();
            // The web view may open a connection before it asks whether it may go there; nothing may be asked over it.
            let mut callers: Vec<(String, TcpStream)> = Vec::new();
            let mut nothing_was_asked = |way: &str| {
                while let Ok((caller, _)) = trap.accept() {
                    caller.set_nonblocking(true)?;
                    callers.push((way.to_owned(), caller));
                }
                for (way, caller) in &mut callers {
                    let mut asked = [0; 400];
                    match caller.read(&mut asked) {
                        Ok(0) => {}
                        Err(why) if why.kind() == ErrorKind::WouldBlock => {}
                        came => {
                            let asked = String::from_utf8_lossy(&asked);
                            return Err(std::io::Error::other(format!("{way}: {came:?} {asked}")));
                        }
                    }
                }
                Ok(callers.len())
            };

            let tries = window.ask_later(&TRIES.replace("AT", &json!(at).to_string())).await?;
            let all = tries.as_object().ok_or("no tries")?;
            let through: Vec<_> = all.iter().filter(|(_, ended)| *ended != "refused").collect();
            if all.len() != 10 || !through.is_empty() {
                return Err(format!("not everything was refused: {tries}").into());
            }
            nothing_was_asked("a page that loads")?;

            for way in [
                format!("location.href = 'http://{at}/away'"),
                "location.href = 'https://elsewhere.example/'".to_owned(),
                "location.href = 'data:text/html,away'".to_owned(),
                format!(
                    "const link = document.createElement('a'); link.href = 'http://{at}/link';
                     document.body.append(link); link.click(); link.remove()"
                ),
                format!(
                    "const form = document.createElement('form'); form.action = 'http://{at}/form';
                     document.body.append(form); form.submit(); form.remove()"
                ),
            ] {
                window.ask(&way).await?;
                window.settle().await?;
                let here = window.ask("return location.origin").await?;
                if here != json!("tauri://localhost") {
                    return Err(format!("{way} led to {here}").into());
                }
                nothing_was_asked(&way)?;
            }
            // The page is the one that it was, and what would have come would have been noticed.
            window.unlock(prepared::PASSPHRASE).await?;
            let before = nothing_was_asked("the end")?;
            let itself = TcpStream::connect(&at)?;
            while nothing_was_asked("the end")? == before {
                window.settle().await?;
            }
            drop(itself);
            Ok(())
        },
        async |_, _, _| Ok(()),
    )
    .await;
}
