//! An assistant of the person's own is answered by the Model Context Protocol, on standard input and output.
//!
//! Assistants start such a program with themselves and leave it running. While the app has the record open, each question is handed on to
//! it. Else the record is opened here when something is asked, under the same lock as by every other command, and closed when nothing
//! was asked for a while: the window gets it then. One program at a time has the record. Standard error
//! may be kept by the assistant, so nothing of the record is said there, no recovery code either.

use std::{
    io,
    path::Path,
    sync::{Arc, Weak},
    time::Duration,
};

use chrono::{DateTime, Utc};
use rmcp::{
    RoleServer, ServerHandler, ServiceExt as _,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation,
        ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
    },
    service::RequestContext,
    transport::stdio,
};
use serde_json::{Map, Value, json};
use tokio::sync::Mutex;
use url::Url;
use wholechart_api::{
    ApiError, App, ArgumentForm, Assistant, AssistantArgument, AssistantTool, Config, Event, Host,
    ask_running, dispatch,
    wire::{AppState, Lock},
};

use crate::run::plain;

/// So long the record stays open after an answer.
const STAYS_OPEN: Duration = Duration::from_secs(20);

/// So often a program that has the record is asked, before it counts as one that answers no assistant: it may be opening it.
const TRIES: u32 = 50;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Says nothing to anybody and does nothing for anybody.
struct Mute;

impl Host for Mute {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("an assistant opens no browser".to_owned())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> Result<Option<std::path::PathBuf>, io::Error> {
        Ok(None)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The record while it is open.
struct Open {
    app: Arc<App>,
    assistant: Assistant,
    /// How many answers it gave: whoever wants to close it sees whether there was another one meanwhile.
    answers: u64,
}

/// Who answers.
enum Whose {
    /// The record is open here now.
    Here(Arc<App>),
    /// Another program did.
    There(Value),
}

/// How the app is started.
type Start = Box<dyn Fn() -> Result<Config, ApiError> + Send + Sync>;

/// What an assistant is connected to.
struct Door {
    start: Start,
    /// Speaks, and never opens anything.
    speaker: Arc<App>,
    open: Mutex<Option<Open>>,
    /// Itself, to close the record behind an answer.
    me: Weak<Door>,
}

/// Answers until standard input ends.
pub(crate) async fn serve(
    start: impl Fn() -> Result<Config, ApiError> + Send + Sync + 'static,
) -> Result<(), ApiError> {
    let speaker = app(start()?)?;
    let door = Arc::new_cyclic(|me| Door {
        start: Box::new(start),
        speaker,
        open: Mutex::default(),
        me: Weak::clone(me),
    });
    let failed = |e: String| plain(e, "This command is started by an assistant: see docs/mcp.md.");
    let running = Box::pin(Arc::clone(&door).serve(stdio())).await.map_err(|e| failed(e.to_string()))?;
    let ended = running.waiting().await;
    door.close().await;
    ended.map(drop).map_err(|e| failed(e.to_string()))
}

fn app(config: Config) -> Result<Arc<App>, ApiError> {
    App::new(Arc::new(Mute), config).map_err(|e| plain(e, "Check this computer's certificates."))
}

impl Door {
    async fn answer(&self, tool: &str, arguments: Value, whom: &str) -> Result<Value, ApiError> {
        let mut open = self.open.lock().await;
        if open.is_none() {
            let app = match self.here_or_there(tool, &arguments, whom).await? {
                Whose::There(said) => return Ok(said),
                Whose::Here(app) => app,
            };
            *open = Some(Open { assistant: Assistant::of(Arc::clone(&app)), app, answers: 0 });
        }
        let Some(open) = open.as_mut() else { return Err(self.said("error-assistant-closed")) };
        open.answers += 1;
        self.close_later(open.answers);
        open.assistant.answer(tool, arguments, whom).await
    }

    /// Asks the app that has the record open, and opens it here if there is none. Of two that open it at once, one is too late
    /// and asks the other, as soon as that listens.
    async fn here_or_there(&self, tool: &str, arguments: &Value, whom: &str) -> Result<Whose, ApiError> {
        let folder = (self.start)()?.data_dir;
        let ask = || ask_running(&folder, tool, arguments.clone(), whom);
        if let Some(said) = ask().await {
            return said.map(Whose::There);
        }
        if let Some(app) = self.opened().await? {
            return Ok(Whose::Here(app));
        }
        for _ in 0..TRIES {
            if let Some(said) = ask().await {
                return said.map(Whose::There);
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
        let app = self.opened().await?;
        app.map(Whose::Here).ok_or_else(|| self.said("error-assistant-in-use"))
    }

    /// Opens the record, and makes none where there is none. `None`: another program has it.
    async fn opened(&self) -> Result<Option<Arc<App>>, ApiError> {
        let config = (self.start)()?;
        if is_empty(&config.data_dir) {
            return Err(self.said("error-assistant-closed"));
        }
        let app = app(config)?;
        let state = dispatch(&app, "appState", json!({})).await?;
        let state: AppState = serde_json::from_value(state).map_err(|e| plain(e, ""))?;
        match state.lock {
            Lock::Open => Ok(Some(app)),
            Lock::InUse => Ok(None),
            _ => Err(self.said("error-assistant-closed")),
        }
    }

    fn said(&self, key: &str) -> ApiError {
        let words = self.speaker.words();
        plain(words.get(key), &words.get(&format!("{key}-advice")))
    }

    fn close_later(&self, answers: u64) {
        let Some(door) = self.me.upgrade() else { return };
        tokio::spawn(async move {
            tokio::time::sleep(STAYS_OPEN).await;
            let mut open = door.open.lock().await;
            if open.as_ref().is_some_and(|open| open.answers == answers) {
                close(&mut open).await;
            }
        });
    }

    async fn close(&self) {
        let mut open = self.open.lock().await;
        close(&mut open).await;
    }
}

/// Closes the record, when what goes on behind its commands is over.
async fn close(open: &mut Option<Open>) {
    if let Some(open) = open.take() {
        open.app.settle().await;
    }
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut files| files.next().is_none())
}

impl ServerHandler for Door {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(
                Implementation::new("wholechart", env!("CARGO_PKG_VERSION")).with_title("Wholechart"),
            )
            .with_instructions(self.speaker.words().get("assistant-instructions"))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.speaker.assistant_tools().iter().map(tool).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.map_or(Value::Null, Value::Object);
        let whom = context.client_info().map(|client| format!("{} {}", client.name, client.version));
        let result = match self.answer(&request.name, arguments, whom.unwrap_or_default().trim()).await {
            Ok(said) => CallToolResult::success(vec![ContentBlock::text(said.to_string())]),
            Err(why) => {
                CallToolResult::error(vec![ContentBlock::text(format!("{} {}", why.message, why.advice))])
            }
        };
        Ok(result.into())
    }
}

fn tool(tool: &AssistantTool) -> Tool {
    let annotations =
        ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
    Tool::new(tool.name, tool.about.clone(), schema(&tool.arguments))
        .with_title(tool.title.clone())
        .with_annotations(annotations)
}

/// What a tool takes, as JSON Schema.
fn schema(arguments: &[AssistantArgument]) -> Map<String, Value> {
    let property = |one: &AssistantArgument| {
        let mut form = match one.form {
            ArgumentForm::Text => json!({"type": "string"}),
            ArgumentForm::Number(most) => json!({"type": "integer", "minimum": 1, "maximum": most}),
            ArgumentForm::YesOrNo => json!({"type": "boolean"}),
            ArgumentForm::SomeOf(words) => {
                json!({"type": "array", "items": {"type": "string", "enum": words}})
            }
        };
        form["description"] = one.about.as_str().into();
        (one.name.to_owned(), form)
    };
    let required: Vec<&str> = arguments.iter().filter(|one| one.required).map(|one| one.name).collect();
    let properties: Map<String, Value> = arguments.iter().map(property).collect();
    Map::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), required.into()),
        ("additionalProperties".to_owned(), false.into()),
    ])
}
