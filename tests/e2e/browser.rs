//! The system's browser, in which a person signs in to a provider.

use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use crate::Step;
use crate::desktop::{Desktop, free_port, is_root};

/// Chromium, driven through ChromeDriver.
pub(crate) struct Browser(Client);

impl Browser {
    /// Opens it without a window of its own.
    pub(crate) async fn open(desktop: &mut Desktop) -> Step<Browser> {
        let port = free_port()?;
        let mut driver = desktop.command("chromedriver");
        driver.arg(format!("--port={port}"));
        desktop.keep(driver)?;
        let mut args = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            // It must speak to nobody but the sample providers and the app.
            "--disable-quic".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--user-data-dir={}", desktop.path("chromium").display()),
        ];
        if is_root() {
            args.push("--no-sandbox".to_owned());
        }
        let client = session(port, &json!({"goog:chromeOptions": {"args": args}})).await?;
        Ok(Browser(client))
    }

    /// Signs in on a provider's own pages and allows what the app asks for.
    pub(crate) async fn sign_in(&self, address: &str, user: &str, password: &str) -> Step<()> {
        self.0.goto(address).await?;
        self.wait_for("#username").await?.send_keys(user).await?;
        self.wait_for("#password").await?.send_keys(password).await?;
        self.wait_for("#sign-in").await?.click().await?;
        self.wait_for("#allow").await?.click().await?;
        Ok(())
    }

    async fn wait_for(&self, selector: &str) -> Step<fantoccini::elements::Element> {
        let wait = self.0.wait().at_most(Duration::from_secs(30));
        let found = wait.for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => {
                let page = self.0.current_url().await?;
                let text = self.0.find(Locator::Css("body")).await?.text().await?;
                // The query is left out: it carries codes.
                Err(format!(
                    "no {selector} on {}{}: {error}\n{text}",
                    page.origin().ascii_serialization(),
                    page.path()
                )
                .into())
            }
        }
    }

    /// Closes it.
    pub(crate) async fn close(self) -> Step<()> {
        Ok(self.0.close().await?)
    }
}

/// A WebDriver session, as soon as the driver on `port` is ready.
pub(crate) async fn session(port: u16, capabilities: &Value) -> Step<Client> {
    let capabilities: Map<String, Value> =
        capabilities.as_object().cloned().ok_or("capabilities are an object")?;
    let mut tries = 0;
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tries += 1;
        if tries > 300 {
            return Err(format!("no WebDriver answers on port {port}").into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let address = format!("http://127.0.0.1:{port}");
    Ok(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await?)
}
