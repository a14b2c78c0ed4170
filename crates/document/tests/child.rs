//! Reading in a process of its own: whatever the child does, the parent goes on. This program is its own child;
//! media types that begin with `test/` make it misbehave.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failing step fails the test")]

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use wholechart_document::{Reader, Unreadable, serve};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    match args.get(2).map(String::as_str) {
        Some("test/hang") => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        Some("test/abort") => std::process::abort(),
        Some("test/flood") => {
            let mut out = std::io::stdout().lock();
            while out.write_all(&[b'x'; 8_192]).is_ok() {}
            return ExitCode::FAILURE;
        }
        #[cfg(target_os = "linux")]
        Some("test/escape") => {
            wholechart_document::confine();
            println!("{}", escapes().join("\n"));
            return ExitCode::SUCCESS;
        }
        #[cfg(target_os = "linux")]
        Some("test/bare") => {
            let had = Reader::here().read(what_it_has().as_bytes(), Some("text/plain"));
            println!("{}", serde_json::to_string(&had).unwrap());
            return ExitCode::SUCCESS;
        }
        #[cfg(target_os = "linux")]
        Some("test/parent") => {
            // What this program got from whoever started it is not its own.
            for (number, _) in open() {
                println!("had={number}");
            }
            let _open = std::fs::File::open(std::env::current_exe().unwrap()).unwrap();
            println!("{}", own().read(b"x", Some("test/bare")).unwrap().text);
            return ExitCode::SUCCESS;
        }
        #[cfg(target_os = "linux")]
        Some("test/export") => {
            let megabytes = args.get(3).and_then(|size| size.parse().ok()).unwrap_or_default();
            let export = Reader::here().apple_health(&mut Export::of(megabytes)).unwrap();
            let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
            println!("{} {}", export.readings.len(), peak.trim_end_matches("kB").trim());
            return ExitCode::SUCCESS;
        }
        Some("test/overflow") => {
            println!("{}", deeper(1));
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    if let Some(ended) = serve() {
        return ended;
    }
    // Cargo may ask for a list; there is nothing to choose.
    if args.iter().any(|arg| arg == "--list") {
        return ExitCode::SUCCESS;
    }
    let checks: &[(&str, fn())] = &[
        ("a_letter_is_read", a_letter_is_read),
        ("a_clinical_document_is_taken_apart", a_clinical_document_is_taken_apart),
        ("fhir_in_xml_is_read", fhir_in_xml_is_read),
        ("a_file_says_what_it_is_called", a_file_says_what_it_is_called),
        (
            "results_are_looked_for_in_a_pdf_and_nowhere_else",
            results_are_looked_for_in_a_pdf_and_nowhere_else,
        ),
        ("a_phones_export_is_read_as_it_comes", a_phones_export_is_read_as_it_comes),
        #[cfg(target_os = "linux")]
        ("a_large_export_takes_little_memory", a_large_export_takes_little_memory),
        ("health_cards_are_opened", health_cards_are_opened),
        ("a_blue_button_text_is_read", a_blue_button_text_is_read),
        ("a_media_type_that_is_none_costs_nothing", a_media_type_that_is_none_costs_nothing),
        #[cfg(target_os = "linux")]
        ("a_child_is_shut_in", a_child_is_shut_in),
        #[cfg(target_os = "linux")]
        ("a_child_is_handed_nothing_but_the_file", a_child_is_handed_nothing_but_the_file),
        ("a_child_that_hangs_is_ended", a_child_that_hangs_is_ended),
        ("a_child_that_dies_costs_its_file", a_child_that_dies_costs_its_file),
        ("a_child_that_says_too_much_is_cut_off", a_child_that_says_too_much_is_cut_off),
        (
            "a_child_that_cannot_start_says_nothing_of_its_file",
            a_child_that_cannot_start_says_nothing_of_its_file,
        ),
    ];
    let mut failed = 0;
    for (name, check) in checks {
        // In the words of the usual runner, which are counted.
        let fails = std::panic::catch_unwind(check).is_err();
        println!("test {name} ... {}", if fails { "FAILED" } else { "ok" });
        failed += usize::from(fails);
    }
    let word = if failed > 0 { "FAILED" } else { "ok" };
    println!("test result: {word}. {} passed; {failed} failed", checks.len() - failed);
    if failed > 0 {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn deeper(depth: u64) -> u64 {
    let here = [depth; 512];
    if depth == 0 { 0 } else { deeper(std::hint::black_box(depth + 1)) + here[(depth % 512) as usize] }
}

fn own() -> Reader {
    Reader::program(std::env::current_exe().unwrap())
}

fn a_letter_is_read() {
    let letter = b"{\\rtf1 Dear {\\b you}}".to_vec();
    let reading = own().read(&letter, Some("text/rtf")).unwrap();
    assert_eq!(reading.page.as_deref(), Some("<p>Dear <b>you</b></p>"));
    let large = [b"{\\rtf1 ".to_vec(), b"word ".repeat(1_000_000), b"}".to_vec()].concat();
    assert!(own().read(&large, None).unwrap().cut, "more than a pipe holds, both ways");
    assert!(matches!(own().read(b"PK\x03\x04", None), Err(Unreadable::NoText(_))));
}

fn fhir_in_xml_is_read() {
    let entry =
        "<entry><resource><Condition><code><text value='Gout'/></code></Condition></resource></entry>";
    let bundle = format!("<Bundle xmlns='http://hl7.org/fhir'>{entry}{entry}<entry><resource><Patient>");
    assert_eq!(own().fhir_xml(bundle.as_bytes()), Ok(2));
    assert_eq!(own().fhir_xml(&vec![b' '; wholechart_document::LARGEST + 1]), Err(Unreadable::TooLarge));
}

fn a_clinical_document_is_taken_apart() {
    let xml = b"<ClinicalDocument xmlns='urn:hl7-org:v3'><title>Summary</title></ClinicalDocument>";
    let document = own().clinical(xml).unwrap();
    assert_eq!(document.header.title.as_deref(), Some("Summary"));
    assert_eq!(Ok(document), Reader::here().clinical(xml));
    assert!(matches!(own().clinical(b"<html/>"), Err(Unreadable::NoText(_))));
    assert!(matches!(own().clinical(b"not xml"), Err(Unreadable::Broken(_))));
    let deep = "<ClinicalDocument>".to_owned() + &"<a>".repeat(2_000_000);
    assert!(own().clinical(deep.as_bytes()).is_ok_and(|document| document.cut.is_some()));
}

fn a_blue_button_text_is_read() {
    let text = b"VA Blue Button\nName: A B   Date of Birth: 07 Feb 1955\n---- VA ALLERGIES ----\nAllergy Name: NUTS\n";
    let read = own().blue_button(text).unwrap();
    let types: Vec<&str> = read.records.iter().map(|one| one.resource_type.as_str()).collect();
    assert_eq!(types, ["Patient", "AllergyIntolerance"]);
    assert_eq!(Ok(read), Reader::here().blue_button(text));
    let long = b"---- VA ALLERGIES ----\n"
        .iter()
        .copied()
        .chain(b"Allergy Name: NUTS\n".repeat(100_000))
        .collect::<Vec<_>>();
    assert!(own().blue_button(&long).is_ok_and(|read| !read.records.is_empty()));
}

fn a_file_says_what_it_is_called() {
    let described = own().describe(b"\x89PNG\r\n\x1a\n").unwrap();
    assert_eq!((described.title, described.made), (None, None));
    assert!(matches!(own().describe(b"%PDF-1.4 and nothing else"), Err(Unreadable::Broken(_))));
}

fn results_are_looked_for_in_a_pdf_and_nowhere_else() {
    assert!(matches!(own().results(b"%PDF-1.4 and nothing else"), Err(Unreadable::Broken(_))));
    assert!(matches!(own().results(b"Sodium 139 mmol/L 135-145"), Err(Unreadable::NoText(_))));
    assert_eq!(own().results(&vec![b' '; wholechart_document::LARGEST + 1]), Err(Unreadable::TooLarge));
}

/// An export as long as it is to be: a heart rate every minute, from two devices.
struct Export {
    left: usize,
    minute: u32,
    waiting: Vec<u8>,
}

impl Export {
    fn of(megabytes: usize) -> Export {
        let head =
            b"<?xml version=\"1.0\"?>\n<!DOCTYPE HealthData [<!ELEMENT HealthData (Me)>]>\n<HealthData>"
                .to_vec();
        Export { left: megabytes << 20, minute: 0, waiting: head }
    }
}

impl std::io::Read for Export {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.waiting.len() < into.len() && self.left > 0 {
            let (day, minute) = (self.minute / 2_880, self.minute / 2 % 1_440);
            let at = format!(
                "{}-{:02}-{:02} {:02}:{:02}:00 -0600",
                1990 + day / 336 % 60,
                1 + day / 28 % 12,
                1 + day % 28,
                minute / 60,
                minute % 60
            );
            let device = ["Watch", "Strap"][self.minute as usize % 2];
            let value = 50 + self.minute % 90;
            let before = self.waiting.len();
            write!(
                self.waiting,
                " <Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"{device}\" sourceVersion=\"9.1\" \
                 device=\"&lt;&lt;HKDevice: 0x283d2a0&gt;, name:Apple Watch, model:Watch&gt;\" unit=\"count/min\" \
                 creationDate=\"{at}\" startDate=\"{at}\" endDate=\"{at}\" value=\"{value}\">\n  \
                 <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"0\"/>\n </Record>\n"
            )?;
            self.minute += 1;
            self.left = self.left.saturating_sub(self.waiting.len() - before);
            if self.left == 0 {
                self.waiting.extend_from_slice(b"</HealthData>");
            }
        }
        let read = into.len().min(self.waiting.len());
        into[..read].copy_from_slice(&self.waiting[..read]);
        self.waiting.drain(..read);
        Ok(read)
    }
}

fn a_phones_export_is_read_as_it_comes() {
    let export = own().apple_health(&mut Export::of(4)).unwrap();
    assert!(!export.cut && export.unclear == 0 && export.readings.len() > 1, "{}", export.readings.len());
    assert_eq!(Ok(export), Reader::here().apple_health(&mut Export::of(4)));
    assert!(own().apple_health(&mut &b"<HealthData><Record"[..]).unwrap().cut);
}

/// Any size, by `WHOLECHART_EXPORT_MB`.
#[cfg(target_os = "linux")]
fn a_large_export_takes_little_memory() {
    let megabytes = std::env::var("WHOLECHART_EXPORT_MB").unwrap_or_else(|_| "24".to_owned());
    let begun = Instant::now();
    let out = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["read-document", "test/export", &megabytes])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    println!("{megabytes} MB: readings and peak of kB: {}, {:?}", said.trim(), begun.elapsed());
    let mut said = said.split_whitespace().map(|number| number.parse::<u64>().unwrap());
    let (readings, peak) = (said.next().unwrap(), said.next().unwrap());
    assert!(readings > 0 && peak < 300 << 10, "{readings} readings, {peak} kB");
}

fn health_cards_are_opened() {
    let cards = own().health_cards(b"shc:/12\nnonsense").unwrap();
    assert_eq!(cards, Reader::here().health_cards(b"shc:/12\nnonsense").unwrap());
    assert!(cards.len() == 2 && cards.iter().all(Result::is_err));
}

/// An argument of that length, or with a zero in it, starts no program.
fn a_media_type_that_is_none_costs_nothing() {
    let letter = b"{\\rtf1 Dear {\\b you}}".to_vec();
    for stated in ["x".repeat(200_000), "text/rtf\0".to_owned(), "text/\u{e9}".to_owned()] {
        let reading = own().read(&letter, Some(&stated)).unwrap();
        assert_eq!(reading.text.trim(), "Dear you");
    }
}

/// What a confined process still managed to do.
#[cfg(target_os = "linux")]
fn escapes() -> Vec<&'static str> {
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::{UnixDatagram, UnixListener};
    use std::process::Command;
    use std::{env, fs};

    let here = env::current_exe().unwrap_or_default();
    let beside = env::temp_dir().join(format!("escaped-{}", std::process::id()));
    let tried = [
        ("read a file", fs::read("/etc/passwd").is_ok()),
        ("read its own program", fs::File::open(&here).is_ok()),
        ("looked into a folder", fs::read_dir("/").is_ok()),
        ("wrote a file", fs::write(&beside, "x").is_ok()),
        ("made a folder", fs::create_dir(&beside).is_ok()),
        (
            "deleted a file",
            fs::remove_file("/tmp/there-is-none")
                .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound),
        ),
        ("started a program", Command::new(&here).arg("--list").status().is_ok()),
        ("listened", TcpListener::bind("127.0.0.1:0").is_ok()),
        (
            "connected",
            TcpStream::connect("127.0.0.1:9")
                .is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused),
        ),
        ("sent a datagram", UdpSocket::bind("127.0.0.1:0").is_ok()),
        ("had a socket of its own", UnixDatagram::pair().is_ok() || UnixListener::bind(&beside).is_ok()),
        ("had no thread", std::thread::Builder::new().spawn(|| 7).is_ok_and(|thread| thread.join().is_err())),
    ];
    tried.into_iter().filter(|(_, done)| *done).map(|(what, _)| what).collect()
}

#[cfg(target_os = "linux")]
fn a_child_is_shut_in() {
    let free = escapes();
    assert!(free.contains(&"read a file") && free.contains(&"started a program"), "{free:?}");
    assert!(free.contains(&"listened") && free.contains(&"wrote a file"), "{free:?}");
    let shut = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["read-document", "test/escape"])
        .output()
        .unwrap();
    assert!(shut.status.success(), "{shut:?}");
    assert_eq!(String::from_utf8_lossy(&shut.stdout).trim(), "", "done all the same");
}

/// What is open beside the three that every program has, and where it leads.
#[cfg(target_os = "linux")]
fn open() -> Vec<(u32, std::path::PathBuf)> {
    let all = std::fs::read_dir("/proc/self/fd").unwrap().map(Result::unwrap);
    let all = all.map(|one| {
        let number = one.file_name().to_string_lossy().parse().unwrap();
        (number, std::fs::read_link(one.path()).unwrap_or_default())
    });
    // The folder that is being read is open too.
    all.filter(|(number, leads)| *number > 2 && !leads.ends_with("fd")).collect()
}

/// The names in its environment, what it has open beside the three that every program has, and its limits once it is shut in.
#[cfg(target_os = "linux")]
fn what_it_has() -> String {
    use std::io::Read as _;

    let mut has: Vec<String> =
        std::env::vars_os().map(|(name, _)| format!("env={}", name.to_string_lossy())).collect();
    has.extend(open().into_iter().map(|(number, _)| format!("open={number}")));
    let mut limits = std::fs::File::open("/proc/self/limits").unwrap();
    wholechart_document::confine();
    let mut said = String::new();
    limits.read_to_string(&mut said).unwrap();
    has.push(said);
    has.join("\n")
}

#[cfg(target_os = "linux")]
fn a_child_is_handed_nothing_but_the_file() {
    let parent = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["read-document", "test/parent"])
        .env("HOME", "/nowhere")
        .env("DISPLAY", ":99")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
        .env("SOME_SERVICE_TOKEN", "never-to-be-seen")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&parent.stdout).into_owned();
    assert!(parent.status.success(), "{said}");
    let had: Vec<&str> = said.split_whitespace().collect();
    for name in had.iter().filter_map(|one| one.strip_prefix("env=")) {
        assert!(["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH", "SYSTEMROOT"].contains(&name), "{name}");
    }
    for number in had.iter().filter_map(|one| one.strip_prefix("open=")) {
        assert!(had.contains(&format!("had={number}").as_str()), "{number} of its parent's is open: {had:?}");
    }
    let said = had.join(" ");
    for limit in [
        "Max cpu time 60 60 seconds",
        "Max file size 0 0 bytes",
        "Max data size 1073741824 1073741824 bytes",
        "Max core file size 0 0 bytes",
    ] {
        assert!(said.contains(limit), "{limit}: {said}");
    }
}

fn a_child_that_hangs_is_ended() {
    let begun = Instant::now();
    let large = vec![b'x'; 4 << 20];
    let said = own().patience(Duration::from_millis(300)).read(&large, Some("test/hang"));
    assert_eq!(said, Err(Unreadable::TooLong));
    assert!(begun.elapsed() < Duration::from_secs(20), "it was waited for");
}

fn a_child_that_dies_costs_its_file() {
    assert_eq!(own().read(b"x", Some("test/abort")), Err(Unreadable::Crashed));
    assert_eq!(own().read(b"x", Some("test/overflow")), Err(Unreadable::Crashed));
}

fn a_child_that_says_too_much_is_cut_off() {
    assert_eq!(own().read(b"x", Some("test/flood")), Err(Unreadable::Crashed));
}

fn a_child_that_cannot_start_says_nothing_of_its_file() {
    let missing = Reader::program("no-such-program-anywhere".into());
    assert_eq!(missing.read(b"x", None), Err(Unreadable::NotStarted));
}
