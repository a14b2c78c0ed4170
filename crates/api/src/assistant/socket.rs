//! The door of a running app: a socket in the record's folder, at which `wholechart-cli mcp` asks while somebody has the record open.
//!
//! It is a Unix domain socket that only this account may use, in a folder that only this account may enter; who calls is
//! looked at besides. One question and one answer go over each connection, each one line of JSON. On Windows there is none:
//! nobody listens there, and whoever asks hears that the record is in use.
//!
//! [`App::tend_door`] decides whether somebody listens; [`ask_running`] is the other side.

use std::{
    path::{Path, PathBuf},
    sync::Weak,
};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Assistant, choice, held::Listening};
use crate::{
    app::{App, Asleep},
    error::ApiError,
};

/// The folder of the socket, in the record's.
const FOLDER: &str = "assistant";
const SOCKET: &str = "door";

/// What is asked.
#[derive(Serialize, Deserialize)]
struct Question {
    tool: String,
    arguments: Json,
    /// What the assistant calls itself.
    whom: String,
}

/// What is answered.
#[derive(Serialize, Deserialize)]
enum Answer {
    Said(Json),
    Refused { message: String, advice: String },
}

impl App {
    /// Listens for assistants' questions, or no longer: while the record is open, if an assistant is switched on. A locked window listens
    /// as well, to say that it is locked: who is not told would open the record past the lock.
    pub(crate) async fn tend_door(&self) {
        let mut listening = self.listening.lock().await;
        let wanted = match self.asleep().await {
            Asleep::No => self.ask(choice::read).await.is_ok_and(|choice| choice.on),
            Asleep::Locked => listening.is_some() || self.host.is_left_alone(),
            Asleep::Closed => false,
        };
        if !wanted {
            *listening = None;
        } else if listening.is_none() {
            match listen(&self.config.data_dir, self.weakly()).await {
                Ok(door) => *listening = door,
                Err(error) => tracing::warn!(kind = ?error.kind(), "no assistant is heard"),
            }
        }
    }
}

fn socket_in(folder: &Path) -> PathBuf {
    folder.join(FOLDER).join(SOCKET)
}

/// Asks the app that has the record in `folder` open, in the words of [`Assistant::answer`]. `None`: nobody answers there.
pub async fn ask_running(
    folder: &Path,
    tool: &str,
    arguments: Json,
    whom: &str,
) -> Option<Result<Json, ApiError>> {
    let question = Question { tool: tool.to_owned(), arguments, whom: whom.to_owned() };
    let answer = system::ask(&socket_in(folder), &question).await.ok()?;
    Some(match answer {
        Answer::Said(said) => Ok(said),
        Answer::Refused { message, advice } => Err(ApiError { code: None, message, advice, details: None }),
    })
}

/// `None`: somebody else listens there already.
async fn listen(folder: &Path, app: Weak<App>) -> std::io::Result<Option<Listening>> {
    let socket = socket_in(folder);
    let task = system::listen(&socket, app).await?;
    Ok(task.map(|task| Listening { task, socket }))
}

#[cfg_attr(not(unix), allow(dead_code, reason = "nobody listens there"))]
async fn answer(app: &Weak<App>, question: Question) -> Option<Answer> {
    let assistant = Assistant::of(app.upgrade()?);
    Some(match assistant.answer(&question.tool, question.arguments, &question.whom).await {
        Ok(said) => Answer::Said(said),
        Err(why) => Answer::Refused { message: why.message, advice: why.advice },
    })
}

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, Permissions},
        io,
        os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
        path::Path,
        sync::{Arc, Weak},
        time::Duration,
    };

    use tokio::{
        io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
        net::{UnixListener, UnixStream},
        sync::Semaphore,
        task::{JoinHandle, JoinSet},
        time::timeout,
    };

    use super::{Answer, App, Question};

    /// Questions that are answered at a time; others wait.
    const AT_A_TIME: usize = 4;
    /// Bytes of a question.
    const LONGEST_QUESTION: u64 = 64 * 1024;
    /// Whoever connects asks within it.
    const TO_ASK: Duration = Duration::from_secs(10);
    /// Before another connection is tried, where the system gives none.
    const PAUSE: Duration = Duration::from_millis(200);

    pub(super) async fn listen(socket: &Path, app: Weak<App>) -> io::Result<Option<JoinHandle<()>>> {
        let folder = socket.parent().ok_or(io::ErrorKind::NotFound)?;
        wholechart_store::close_own_folder(folder)?;
        if let Ok(held) = fs::symlink_metadata(socket) {
            if !held.file_type().is_socket() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if UnixStream::connect(socket).await.is_ok() {
                return Ok(None);
            }
            // Of a program that was ended before it could remove it.
            fs::remove_file(socket)?;
        }
        let listener = UnixListener::bind(socket)?;
        fs::set_permissions(socket, Permissions::from_mode(0o600))?;
        Ok(Some(tokio::spawn(hear(listener, app))))
    }

    async fn hear(listener: UnixListener, app: Weak<App>) {
        let places = Arc::new(Semaphore::new(AT_A_TIME));
        let mut callers = JoinSet::new();
        loop {
            while callers.try_join_next().is_some() {}
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            let Ok((caller, _)) = listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            if !is_ours(&caller) {
                tracing::warn!("another account was turned away");
                continue;
            }
            let app = Weak::clone(&app);
            callers.spawn(async move {
                let _place = place;
                if let Err(error) = serve(caller, &app).await {
                    tracing::warn!(kind = ?error.kind(), "an assistant left before it was answered");
                }
            });
        }
    }

    async fn serve(mut caller: UnixStream, app: &Weak<App>) -> io::Result<()> {
        let (from, mut to) = caller.split();
        let mut line = Vec::new();
        let mut from = BufReader::new(from.take(LONGEST_QUESTION));
        timeout(TO_ASK, from.read_until(b'\n', &mut line)).await??;
        // Who only looks whether somebody is here asks nothing.
        if line.is_empty() {
            return Ok(());
        }
        let question: Question = serde_json::from_slice(&line)?;
        let Some(answer) = super::answer(app, question).await else { return Ok(()) };
        to.write_all(&serde_json::to_vec(&answer)?).await?;
        to.shutdown().await
    }

    pub(super) async fn ask(socket: &Path, question: &Question) -> io::Result<Answer> {
        let mut stream = UnixStream::connect(socket).await?;
        if !is_ours(&stream) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let mut line = serde_json::to_vec(question)?;
        line.push(b'\n');
        stream.write_all(&line).await?;
        let mut said = Vec::new();
        stream.read_to_end(&mut said).await?;
        Ok(serde_json::from_slice(&said)?)
    }

    /// The other side runs under this account.
    fn is_ours(stream: &UnixStream) -> bool {
        stream.peer_cred().is_ok_and(|other| other.uid() == rustix::process::geteuid().as_raw())
    }
}

#[cfg(not(unix))]
mod system {
    use std::{io, path::Path, sync::Weak};

    use tokio::task::JoinHandle;

    use super::{Answer, App, Question};

    #[expect(clippy::unused_async, reason = "as where there is one")]
    pub(super) async fn listen(_: &Path, _: Weak<App>) -> io::Result<Option<JoinHandle<()>>> {
        Ok(None)
    }

    #[expect(clippy::unused_async, reason = "as where there is one")]
    pub(super) async fn ask(_: &Path, _: &Question) -> io::Result<Answer> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
