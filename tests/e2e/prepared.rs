//! A record that is there before the window opens.

use std::path::Path;

use serde_json::json;
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::Step;
use crate::person::AtHome;

/// What the prepared record opens with: `crate::person` made it so.
pub(crate) const PASSPHRASE: &str = "six plain words for a test";

/// The sample person's record with everything the three sample providers have, made by the app's own commands.
pub(crate) async fn sample(folder: &Path) -> Step<()> {
    let today = chrono::Utc::now().date_naive();
    let providers = Sandbox::start(SandboxConfig::remembered(today)).await?;
    let home = AtHome::open(folder, Some(&providers)).await;
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.map_err(|why| why.message)?;
        home.ask("sync", json!({"connection": connection["id"]})).await.map_err(|why| why.message)?;
    }
    drop(home);
    providers.stop().await;
    Ok(())
}
