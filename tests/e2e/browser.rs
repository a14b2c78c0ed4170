//! The system's browser, in which a person signs in to a provider.

use std::time::Duration;

use serde_json::json;

use crate::Step;
use crate::desktop::{Desktop, free_port, is_root};
use crate::driver::{Driver, Thing};

/// How long a provider's page may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Chromium, driven through ChromeDriver.
pub(crate) struct Browser(Driver);

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
        Ok(Browser(Driver::session(port, &json!({"goog:chromeOptions": {"args": args}}), None).await?))
    }

    /// Signs in on a provider's own pages and allows what the app asks for.
    pub(crate) async fn sign_in(&self, address: &str, user: &str, password: &str) -> Step<()> {
        self.0.command("the provider's page is loaded", self.0.client.goto(address)).await?;
        self.wait_for("#username").await?.send_keys(user).await?;
        self.wait_for("#password").await?.send_keys(password).await?;
        self.wait_for("#sign-in").await?.click().await?;
        self.wait_for("#allow").await?.click().await?;
        Ok(())
    }

    async fn wait_for(&self, selector: &str) -> Step<Thing> {
        match self.0.find(selector, PATIENCE).await {
            Ok(thing) => Ok(thing),
            Err(why) => {
                let page = self.0.command("the page's address", self.0.client.current_url()).await?;
                // The query is left out: it carries codes.
                let place = format!("{}{}", page.origin().ascii_serialization(), page.path());
                Err(format!("{why}, {place}\n{}", self.0.seen().await).into())
            }
        }
    }

    /// Closes it.
    pub(crate) async fn close(self) -> Step<()> {
        self.0.close().await
    }
}
