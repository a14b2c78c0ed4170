//! WebDriver, with an end to every wait: what is not answered in time fails and says what was asked, and so does
//! everything from the moment on in which the app has ended.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tokio::time::{sleep, timeout};

use crate::Step;
use crate::app::AppProcess;

/// How long one command may take. Nothing takes this long when all is well; a script of ours may take 30 seconds.
const ANSWER: Duration = Duration::from_mins(1);
/// How long a browser or the app may take to start.
const START: Duration = Duration::from_secs(90);
/// Between two looks at something that is waited for.
const PAUSE: Duration = Duration::from_millis(100);

/// A session.
#[derive(Debug, Clone)]
pub(crate) struct Driver {
    pub(crate) client: Client,
    /// The app it drives; none where it drives a browser.
    app: Option<AppProcess>,
}

/// Something on a page.
#[derive(Debug)]
pub(crate) struct Thing {
    element: Element,
    driver: Driver,
    /// How it was found.
    selector: String,
}

impl Driver {
    /// A session with the driver on `port`, as soon as that is ready.
    pub(crate) async fn session(port: u16, capabilities: &Value, app: Option<AppProcess>) -> Step<Driver> {
        let capabilities: Map<String, Value> =
            capabilities.as_object().cloned().ok_or("capabilities are an object")?;
        until(START, &format!("WebDriver listens on port {port}"), async || {
            let open = timeout(PAUSE, tokio::net::TcpStream::connect(("127.0.0.1", port))).await;
            Ok(matches!(open, Ok(Ok(_))).then_some(()))
        })
        .await?;
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities).connect(&address);
        let client = within(START, "a session begins", app.as_ref(), session).await??;
        Ok(Driver { client, app })
    }

    /// One command of WebDriver. The inner error is what WebDriver says of it.
    pub(crate) async fn ask<T>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> Step<Result<T, CmdError>> {
        within(ANSWER, what, self.app.as_ref(), command).await
    }

    /// One command of WebDriver, which must succeed.
    pub(crate) async fn command<T>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> Step<T> {
        self.ask(what, command).await?.map_err(|error| format!("{}: {error}", short(what)).into())
    }

    /// The first thing that matches a selector and appears within `patience`.
    pub(crate) async fn find(&self, selector: &str, patience: Duration) -> Step<Thing> {
        let what = format!("{selector} is on the page");
        until(patience, &what, async || {
            match self.ask(&what, self.client.find(Locator::Css(selector))).await? {
                Ok(element) => {
                    Ok(Some(Thing { element, driver: self.clone(), selector: selector.to_owned() }))
                }
                Err(error) if error.is_no_such_element() || is_between_pages(&error) => Ok(None),
                Err(error) => Err(format!("{what}: {error}").into()),
            }
        })
        .await
    }

    /// The words on the page, for a failure's message: a page that does not answer at once is not waited for.
    pub(crate) async fn seen(&self) -> String {
        let body = async { self.client.find(Locator::Css("body")).await?.text().await };
        match timeout(Duration::from_secs(5), body).await {
            Ok(Ok(text)) => format!("on the page: {text}"),
            Ok(Err(error)) => format!("and the page cannot be read: {error}"),
            Err(_) => "and the page does not answer".to_owned(),
        }
    }

    pub(crate) async fn close(self) -> Step<()> {
        // The app ends on the way.
        within(ANSWER, "the session ends", None, self.client.close()).await?.map_err(Into::into)
    }
}

impl Thing {
    /// Clicks it. The inner error is why it cannot be clicked now.
    pub(crate) async fn try_click(&self) -> Step<Result<(), CmdError>> {
        self.driver.ask(&format!("{} is clicked", self.selector), self.element.click()).await
    }

    pub(crate) async fn click(&self) -> Step<()> {
        Ok(self.try_click().await??)
    }

    /// Types text into it.
    pub(crate) async fn send_keys(&self, text: &str) -> Step<()> {
        self.driver.command(&format!("{} takes keys", self.selector), self.element.send_keys(text)).await
    }

    /// Its words, as they are seen.
    pub(crate) async fn text(&self) -> Step<String> {
        self.driver.command(&format!("the text of {}", self.selector), self.element.text()).await
    }
}

/// The page that was asked is being left for another: what is looked for may be on that one. Chromium's driver has no code for it.
fn is_between_pages(error: &CmdError) -> bool {
    matches!(error, CmdError::NotW3C(Value::String(said)) if said.contains("aborted by navigation"))
}

/// Asks again and again until there is an answer.
pub(crate) async fn until<T>(
    patience: Duration,
    what: &str,
    ask: impl AsyncFn() -> Step<Option<T>>,
) -> Step<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if start.elapsed() > patience {
            return Err(format!("waited {} s in vain until {what}", patience.as_secs()).into());
        }
        sleep(PAUSE).await;
    }
}

/// Waits for one thing, no longer than `limit` and than the app lives.
async fn within<T>(
    limit: Duration,
    what: &str,
    app: Option<&AppProcess>,
    work: impl Future<Output = T>,
) -> Step<T> {
    let ended = async {
        loop {
            if let Some(how) = app.and_then(AppProcess::ended) {
                return how;
            }
            sleep(PAUSE).await;
        }
    };
    tokio::select! {
        done = work => Ok(done),
        how = ended => Err(format!("{how} during: {}", short(what)).into()),
        () = sleep(limit) => {
            Err(format!("WebDriver gave no answer within {} s: {}", limit.as_secs(), short(what)).into())
        }
    }
}

/// The beginning: a script may be a whole library.
fn short(what: &str) -> String {
    what.chars().take(200).collect()
}
