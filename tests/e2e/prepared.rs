//! A record that is there before the window opens.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::Step;
use crate::person::AtHome;

/// What the prepared record opens with: `crate::person` made it so.
pub(crate) const PASSPHRASE: &str = "six plain words for a test";

/// The sample person's record with everything the three sample providers have, made by the app's own commands.
pub(crate) async fn sample(folder: &Path) -> Step<()> {
    sample_as_of(folder, chrono::Utc::now().date_naive()).await
}

/// The same as it was told on a day.
pub(crate) async fn sample_as_of(folder: &Path, day: NaiveDate) -> Step<()> {
    let providers = Sandbox::start(SandboxConfig::remembered(day)).await?;
    let home = AtHome::open(folder, Some(&providers)).await;
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.map_err(|why| why.message)?;
        home.ask("sync", json!({"connection": connection["id"]})).await.map_err(|why| why.message)?;
    }
    drop(home);
    providers.stop().await;
    Ok(())
}
