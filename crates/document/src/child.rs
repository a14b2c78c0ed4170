//! Reading in a process of its own. The child is this same program, started with one argument; the file goes in on
//! its standard input, what was read comes back as JSON on its standard output, and then it ends. It opens no file
//! and no connection.

use std::ffi::{OsStr, OsString};
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::{LARGEST, LONGEST, LONGEST_PAGE, Reading, Unreadable, limits, read};

/// The argument that makes a program the child; the media type follows.
const ARGUMENT: &str = "read-document";
/// No honest file takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer: text and page as JSON, in which a letter may take six.
const LONGEST_ANSWER: u64 = (LONGEST as u64 * 6) + (LONGEST_PAGE as u64 * 2) + 4096;

/// Reads files where they can do no harm.
#[derive(Debug, Clone)]
pub struct Reader {
    program: Option<PathBuf>,
    patience: Duration,
}

impl Reader {
    /// In a child process of this program, which calls [`serve`] before anything else.
    ///
    /// # Errors
    /// When the system does not say which program this is.
    pub fn child() -> std::io::Result<Reader> {
        Ok(Reader::program(std::env::current_exe()?))
    }

    /// In a child process of another program that calls [`serve`] first.
    pub fn program(program: PathBuf) -> Reader {
        Reader { program: Some(program), patience: PATIENCE }
    }

    /// In this process: for tests of what is done with a reading, whose files are their own.
    pub fn here() -> Reader {
        Reader { program: None, patience: PATIENCE }
    }

    /// Waits at most this long for a file.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Reader {
        Reader { patience, ..self }
    }

    /// Reads a file; blocks until it is read or given up. `stated` is the media type it came with.
    ///
    /// # Errors
    /// Why there is no text.
    pub fn read(&self, bytes: &[u8], stated: Option<&str>) -> Result<Reading, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return read(bytes, stated) };
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            .arg(stated.and_then(media_type).unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| Unreadable::NotStarted)?;
        let answer = converse(&mut child, bytes, self.patience);
        // Whatever it said, it is not needed any more; and it must not be left behind as a zombie.
        let _ = child.kill();
        let _ = child.wait();
        serde_json::from_slice(&answer?).unwrap_or(Err(Unreadable::Crashed))
    }
}

/// What a sender calls the file, where that can be an argument: a longer one, or one with other characters, is no media
/// type, and a system refuses to start a program with it. What a file is shows in its bytes.
fn media_type(stated: &str) -> Option<&str> {
    const LONGEST: usize = 255;
    (stated.len() <= LONGEST && stated.bytes().all(|byte| (0x20..0x7F).contains(&byte))).then_some(stated)
}

/// Hands the file over and takes the answer, each on a thread of its own: a child that reads nothing, or says too
/// much, must not hold us up.
fn converse(child: &mut Child, bytes: &[u8], patience: Duration) -> Result<Vec<u8>, Unreadable> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Unreadable::Crashed);
    };
    let until = Instant::now() + patience;
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let _ = output.take(LONGEST_ANSWER).read_to_end(&mut answer);
        // The other side may have given up.
        let _ = tell.send(answer);
    });
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that stops reading has ended, or will be ended.
            let _ = input.write_all(bytes);
        });
        let answer = told.recv_timeout(until.saturating_duration_since(Instant::now()));
        if answer.is_err() {
            // Closes its end of the pipe, so that the thread above does not wait for ever.
            let _ = child.kill();
        }
        answer.map_err(|_| Unreadable::TooLong)
    })
}

/// Is the child when the program was started as one, and then says how it ended. Call it first.
pub fn serve() -> Option<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    if args.next().as_deref() != Some(OsStr::new(ARGUMENT)) {
        return None;
    }
    Some(answer(args.next()))
}

fn answer(stated: Option<OsString>) -> ExitCode {
    limits::confine();
    let stated = stated.and_then(|stated| stated.into_string().ok()).filter(|stated| !stated.is_empty());
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    if std::io::stdin().lock().take(most).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let reading = read(&bytes, stated.as_deref());
    let told = serde_json::to_writer(std::io::stdout().lock(), &reading);
    if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
