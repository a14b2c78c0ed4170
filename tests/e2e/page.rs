//! What must hold of every page, whatever it shows.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::Step;
use crate::window::Window;

/// A theme of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// As in a style sheet, and in the name of a picture.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

impl Window {
    /// Shows the page in this theme until it is loaded anew: every colour of ours follows `color-scheme`.
    pub(crate) async fn theme(&self, theme: Theme) -> Step<()> {
        let script = format!("document.documentElement.style.colorScheme = {};", json!(theme.name()));
        self.ask(&script).await?;
        // Colours change over a moment, however short.
        self.settle().await
    }

    /// Everything that must hold of a page; `where_` says which one it is.
    pub(crate) async fn judge(&self, where_: &str) -> Step<()> {
        self.settle().await?;
        let mut found = Vec::new();
        found.extend(self.accessible().await?);
        found.extend(self.readable().await?);
        found.extend(self.still().await?);
        found.extend(self.wide().await?);
        if found.is_empty() { Ok(()) } else { Err(format!("{where_}:\n  {}", found.join("\n  ")).into()) }
    }

    /// What axe-core finds, one sentence each.
    pub(crate) async fn accessible(&self) -> Step<Vec<String>> {
        if self.ask("return typeof window.axe").await? != json!("object") {
            let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(&axe).map_err(|why| format!("{}: {why}", axe.display()))?;
            self.ask(&axe).await?;
        }
        let found = self
            .ask_later(
                "axe.run(document).then(
                   (found) => done({ rules: found.passes.length, violations: found.violations.map((one) =>
                     `axe: ${one.id}: ${one.nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`) }),
                   (error) => done({ rules: 0, violations: [`axe did not run: ${error}`] }));",
            )
            .await?;
        if found["rules"].as_u64().unwrap_or_default() < 5 {
            return Err(format!("axe judged next to nothing: {found}").into());
        }
        Ok(serde_json::from_value(found["violations"].clone())?)
    }

    /// Texts whose computed colours differ too little.
    async fn readable(&self) -> Step<Vec<String>> {
        let found = self.ask(include_str!("contrast.js")).await?;
        if found["judged"].as_u64().unwrap_or_default() < 3 {
            return Err(format!("no text to judge was found: {found}").into());
        }
        let short: Vec<String> = serde_json::from_value(found["short"].clone())?;
        Ok(short.into_iter().map(|one| format!("contrast {one}")).collect())
    }

    /// The desktop asks for less motion: nothing may move.
    async fn still(&self) -> Step<Vec<String>> {
        let moving = self
            .ask(
                "if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['the desktop does not ask'];
                 return document.getAnimations()
                   .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().duration > 1)
                   .map((one) => `moves: ${one.animationName ?? one.transitionProperty} on ${one.effect.target?.className}`);",
            )
            .await?;
        Ok(serde_json::from_value(moving)?)
    }

    /// Nothing is cut off at the side, and nobody must scroll sideways (WCAG 2.2, 1.4.10); tables that scroll inside
    /// themselves are left out, as the criterion does.
    pub(crate) async fn wide(&self) -> Step<Vec<String>> {
        let wide = self
            .ask(
                "return [document.scrollingElement, document.getElementById('main')].filter(Boolean)
                   .filter((box) => box.scrollWidth > box.clientWidth + 1)
                   .map((box) => {
                     const edge = box.getBoundingClientRect().left + box.clientWidth;
                     const out = [...box.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > edge + 1);
                     const name = (one) => `<${one.localName} class=\"${one.getAttribute('class') ?? ''}\">`;
                     return `${box.localName} is ${box.scrollWidth} wide in ${box.clientWidth}: ${out.slice(-3).map(name)}`;
                   });",
            )
            .await?;
        Ok(serde_json::from_value(wide)?)
    }

    /// What has the focus, by keyboard, and whether that can be seen.
    pub(crate) async fn focused(&self, selector: &str) -> Step<Focus> {
        let found = self
            .ask(&format!(
                "const at = document.activeElement;
                 const style = getComputedStyle(at);
                 const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
                 return {{ there: at.matches({selector}), seen, words: at.textContent.trim().slice(0, 40) }};",
                selector = json!(selector),
            ))
            .await?;
        let is = |name: &str| found[name] == Value::Bool(true);
        Ok(Focus {
            there: is("there"),
            seen: is("seen"),
            words: found["words"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

/// What has the focus.
pub(crate) struct Focus {
    /// It is what was looked for.
    pub(crate) there: bool,
    /// A ring is drawn around it.
    pub(crate) seen: bool,
    /// Its words.
    pub(crate) words: String,
}
