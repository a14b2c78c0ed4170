//! Reading in a process of its own. The child is this same program, started with one argument; the file goes in on
//! its standard input, what was read comes back as JSON on its standard output, and then it ends. It opens no file
//! and no connection; on Linux it could not ([`confine`]).

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use wholechart_ccda::Document;

use crate::apple::{self, AppleHealth};
use crate::blue_button::{self, BlueButton};
use crate::card::{self, CardFault, HealthCard};
use crate::describe::{Description, describe};
use crate::fhir_xml;
use crate::{Format, LARGEST, LONGEST, LONGEST_PAGE, LabRows, Reading, Unreadable, limits, read, results};

/// The argument that makes a program the child that reads a file; the media type follows.
const ARGUMENT: &str = "read-document";
/// The argument that makes it the child that takes a clinical document apart.
const CLINICAL: &str = "read-clinical-document";
/// The argument that makes it the child that reads FHIR in XML.
const FHIR_XML: &str = "read-fhir-xml";
/// The argument that makes it the child that says what a file says of itself.
const DESCRIBE: &str = "describe-document";
/// The argument that makes it the child that reads the export of an Apple phone.
const APPLE: &str = "read-apple-health";
/// The argument that makes it the child that reads a Blue Button text.
const BLUE_BUTTON: &str = "read-blue-button";
/// The argument that makes it the child that opens health cards.
const CARDS: &str = "open-health-cards";
/// The argument that makes it the child that finds the results of a laboratory.
const RESULTS: &str = "find-results";
/// What it hears of this program's environment.
const PASSED_ON: &[&str] = &["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH", "SYSTEMROOT"];
/// Bytes that are handed over at a time.
const PIECE: usize = 64 << 10;
/// No honest file takes longer, once the child has it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer: text and page as JSON, in which a letter may take six.
const LONGEST_ANSWER: u64 = (LONGEST as u64 * 6) + (LONGEST_PAGE as u64 * 2) + 4096;
/// Bytes of an export read: some hundred thousand values.
const LONGEST_EXPORT: u64 = 96 << 20;
/// Bytes of a file of health cards.
const LARGEST_CARDS: usize = 8 << 20;
/// Bytes of the cards of one file, opened.
const LONGEST_CARDS: u64 = 96 << 20;
/// Bytes of a number.
const LONGEST_NUMBER: u64 = 64;
/// Bytes of the results of one document.
const LONGEST_RESULTS: u64 = 16 << 20;
/// Bytes of a description.
const LONGEST_DESCRIPTION: u64 = 64 << 10;
/// Bytes of a clinical document taken apart: what it says stands in its sections and in its entries.
const LONGEST_CLINICAL: u64 = 128 << 20;

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

    /// Waits at most this long for a file, or for a child that reads nothing more of it.
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
        let arguments = [ARGUMENT, stated.and_then(media_type).unwrap_or_default()];
        let answer = self.ask(program, &arguments, &mut &*bytes, LONGEST_ANSWER)?;
        serde_json::from_slice(&answer).unwrap_or(Err(Unreadable::Crashed))
    }

    /// Takes a clinical document (CDA) apart; blocks until it is done or given up.
    ///
    /// # Errors
    /// Why it is none, or could not be read.
    pub fn clinical(&self, bytes: &[u8]) -> Result<Document, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return clinical(bytes) };
        let answer = self.ask(program, &[CLINICAL], &mut &*bytes, LONGEST_CLINICAL)?;
        serde_json::from_slice(&answer).unwrap_or(Err(Unreadable::Crashed))
    }

    /// Cuts FHIR in XML into its resources and reads each; blocks until it is done or given up. Says how many there are.
    /// What it refuses is to be read nowhere else; of what it does not, the same comes of `wholechart_fhir::split_xml`.
    ///
    /// # Errors
    /// [`Unreadable::TooLarge`], [`Unreadable::TooLong`], [`Unreadable::Crashed`], [`Unreadable::NotStarted`]. A resource that
    /// cannot be read costs itself.
    pub fn fhir_xml(&self, bytes: &[u8]) -> Result<usize, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return Ok(fhir_xml::read(bytes)) };
        let answer = self.ask(program, &[FHIR_XML], &mut &*bytes, LONGEST_NUMBER)?;
        serde_json::from_slice(&answer).map_err(|_| Unreadable::Crashed)
    }

    /// Finds the results of a laboratory in a PDF; blocks until it is read or given up.
    ///
    /// # Errors
    /// Why there are none.
    pub fn results(&self, bytes: &[u8]) -> Result<LabRows, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return results(bytes) };
        let answer = self.ask(program, &[RESULTS], &mut &*bytes, LONGEST_RESULTS)?;
        serde_json::from_slice(&answer).unwrap_or(Err(Unreadable::Crashed))
    }

    /// What a file says of itself; blocks until it is read or given up.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn describe(&self, bytes: &[u8]) -> Result<Description, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return describe(bytes) };
        let answer = self.ask(program, &[DESCRIBE], &mut &*bytes, LONGEST_DESCRIPTION)?;
        serde_json::from_slice(&answer).unwrap_or(Err(Unreadable::Crashed))
    }

    /// Reads the export of an Apple phone as it comes; blocks until it is read or given up. A source that fails ends
    /// it there.
    ///
    /// # Errors
    /// [`Unreadable::NotStarted`], [`Unreadable::TooLong`] where the child stops reading, [`Unreadable::Crashed`].
    pub fn apple_health(&self, source: &mut (dyn Read + Send)) -> Result<AppleHealth, Unreadable> {
        let Some(program) = &self.program else { return Ok(apple::read(source)) };
        let answer = self.ask(program, &[APPLE], source, LONGEST_EXPORT)?;
        serde_json::from_slice(&answer).map_err(|_| Unreadable::Crashed)
    }

    /// Opens the SMART Health Cards of a file; blocks until it is done or given up.
    ///
    /// # Errors
    /// Why nothing was opened. A card that cannot be read costs itself.
    pub fn health_cards(&self, bytes: &[u8]) -> Result<Vec<Result<HealthCard, CardFault>>, Unreadable> {
        if bytes.len() > LARGEST_CARDS {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return Ok(card::read(bytes, &card::known())) };
        let answer = self.ask(program, &[CARDS], &mut &*bytes, LONGEST_CARDS)?;
        serde_json::from_slice(&answer).map_err(|_| Unreadable::Crashed)
    }

    /// Reads a Blue Button text; blocks until it is read or given up.
    ///
    /// # Errors
    /// [`Unreadable::TooLarge`], [`Unreadable::TooLong`], [`Unreadable::Crashed`], [`Unreadable::NotStarted`].
    pub fn blue_button(&self, bytes: &[u8]) -> Result<BlueButton, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let Some(program) = &self.program else { return Ok(blue_button::read(bytes)) };
        let answer = self.ask(program, &[BLUE_BUTTON], &mut &*bytes, LONGEST_CLINICAL)?;
        serde_json::from_slice(&answer).map_err(|_| Unreadable::Crashed)
    }

    fn ask(
        &self,
        program: &Path,
        arguments: &[&str],
        source: &mut (dyn Read + Send),
        longest: u64,
    ) -> Result<Vec<u8>, Unreadable> {
        let mut command = Command::new(program);
        // It needs nothing of what is said here, but where an application image has its libraries.
        command.env_clear();
        for name in PASSED_ON {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        let mut child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| Unreadable::NotStarted)?;
        let answer = converse(&mut child, source, longest, self.patience);
        // Whatever it said, it is not needed any more; and it must not be left behind as a zombie.
        let _ = child.kill();
        let _ = child.wait();
        answer
    }
}

/// Takes a clinical document apart in this process.
fn clinical(bytes: &[u8]) -> Result<Document, Unreadable> {
    let limits = wholechart_ccda::Limits { bytes: LARGEST, ..wholechart_ccda::Limits::default() };
    wholechart_ccda::read(bytes, &limits).map_err(|why| match why {
        wholechart_ccda::Unreadable::TooLarge => Unreadable::TooLarge,
        wholechart_ccda::Unreadable::NotClinicalDocument => Unreadable::NoText(Format::Other),
        other => Unreadable::Broken(other.to_string()),
    })
}

/// What a sender calls the file, where that can be an argument: a longer one, or one with other characters, is no media
/// type, and a system refuses to start a program with it. What a file is shows in its bytes.
fn media_type(stated: &str) -> Option<&str> {
    const LONGEST: usize = 255;
    (stated.len() <= LONGEST && stated.bytes().all(|byte| (0x20..0x7F).contains(&byte))).then_some(stated)
}

/// Hands the file over and takes the answer, each on a thread of its own: a child that reads nothing, or says too
/// much, must not hold us up. It is waited for as long as it goes on reading, and then once more.
fn converse(
    child: &mut Child,
    source: &mut (dyn Read + Send),
    longest: u64,
    patience: Duration,
) -> Result<Vec<u8>, Unreadable> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Unreadable::Crashed);
    };
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        let _ = output.take(longest).read_to_end(&mut answer);
        // The other side may have given up.
        let _ = tell.send(answer);
    });
    let taken = AtomicU64::new(0);
    thread::scope(|scope| {
        let count = &taken;
        scope.spawn(move || {
            let mut piece = vec![0; PIECE];
            loop {
                match source.read(&mut piece) {
                    // A child that stops reading has ended, or will be ended.
                    Ok(read) if read > 0 && input.write_all(&piece[..read]).is_ok() => {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    _ => break,
                }
            }
        });
        let mut before = 0;
        let answer = loop {
            if let Ok(answer) = told.recv_timeout(patience) {
                break Ok(answer);
            }
            let now = taken.load(Ordering::Relaxed);
            if now == before {
                break Err(Unreadable::TooLong);
            }
            before = now;
        };
        if answer.is_err() {
            // Closes its end of the pipe, so that the thread above does not wait for ever.
            let _ = child.kill();
        }
        answer
    })
}

/// Takes from this process what reading needs none of: more memory than an honest file takes; and on Linux files, programs,
/// processes and connections. The child does so before it reads a byte.
pub fn confine() {
    limits::confine(limits::WORK);
}

/// Is the child when the program was started as one, and then says how it ended. Call it first.
pub fn serve() -> Option<ExitCode> {
    let mut args = std::env::args_os().skip(1);
    let task = args.next()?;
    let task = [ARGUMENT, CLINICAL, FHIR_XML, DESCRIBE, APPLE, BLUE_BUTTON, CARDS, RESULTS]
        .into_iter()
        .find(|known| task == *known)?;
    if task == APPLE {
        limits::confine(limits::LONG_WORK);
        return Some(tell(&apple::read(&mut std::io::stdin().lock())));
    }
    confine();
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    if std::io::stdin().lock().take(most).read_to_end(&mut bytes).is_err() {
        return Some(ExitCode::FAILURE);
    }
    Some(match task {
        CLINICAL => tell(&clinical(&bytes)),
        FHIR_XML => tell(&fhir_xml::read(&bytes)),
        DESCRIBE => tell(&describe(&bytes)),
        BLUE_BUTTON => tell(&blue_button::read(&bytes)),
        CARDS => tell(&card::read(&bytes, &card::known())),
        RESULTS => tell(&results(&bytes)),
        _ => {
            let stated = args.next().and_then(|stated| stated.into_string().ok());
            tell(&read(&bytes, stated.as_deref().filter(|stated| !stated.is_empty())))
        }
    })
}

fn tell(answer: &impl serde::Serialize) -> ExitCode {
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let told = serde_json::to_writer(&mut output, answer).is_ok() && output.flush().is_ok();
    if told { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
