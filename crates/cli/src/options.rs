//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// One chart from every provider, on your own computer: the terminal.
#[derive(Debug, Parser)]
#[command(name = "wholechart-cli", version)]
pub(crate) struct Options {
    /// Keep the record's files in this folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Which record to open; the sample's own with --sample, else "default".
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Open the record with the passphrase in this file's first line, on a machine without a keychain.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Use the invented providers, which then run inside this command.
    #[arg(long, global = true)]
    pub(crate) sample: bool,
    /// One JSON object a line instead of words.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find providers by name, practice or place.
    Directory {
        /// What to look for; nothing lists all.
        #[arg(default_value = "")]
        query: String,
    },
    /// Sign in at a provider in the browser.
    Connect(Connect),
    /// List connections and their state.
    Connections(Whose),
    /// Fetch what a provider has; without a name, from all.
    Sync {
        /// A connection's name or id.
        connection: Option<String>,
        /// Read everything anew, and not only what changed: shows what is no longer reported.
        #[arg(long)]
        whole: bool,
        /// It is the person's record, although the provider's patient has another name or birth date, or is not shown.
        #[arg(long)]
        same_person: bool,
    },
    /// Let in what a provider, or a file, sent about somebody else and what was set aside: a newborn's records in the
    /// mother's.
    LetIn {
        /// A connection's name or id.
        connection: String,
        /// Whose records, as `sync` and `ledger` name them: `Patient/77`.
        whose: String,
    },
    /// What was asked of a provider and what came.
    Ledger {
        /// A connection's name or id.
        connection: String,
    },
    /// Every request that left this computer, and what was handed to an assistant: when, to whom, why, and what came back.
    Sent(Whose),
    /// What an assistant of your own may be handed (see `mcp`): nothing, until you switch it on.
    Assistant {
        #[command(subcommand)]
        what: Assistant,
    },
    /// Answer an assistant of your own by the Model Context Protocol, on standard input and output: read only, and what `assistant on`
    /// lets it see.
    Mcp,
    /// End a connection.
    Disconnect {
        /// A connection's name or id.
        connection: String,
        /// Forget its records too: they are deleted.
        #[arg(long)]
        forget: bool,
        /// Delete without asking.
        #[arg(long, requires = "forget")]
        yes: bool,
    },
    /// Take in files: FHIR, C-CDA, PDFs, pictures, health cards, phone exports, folders and archives (zip, tar, gz) of them.
    Import {
        #[command(flatten)]
        whose: Whose,
        /// What to call the source of these files; what they say themselves, unless said. Files of the same name under the
        /// same label are one file in a newer state.
        #[arg(long, value_name = "LABEL")]
        connection: Option<String>,
        /// Say what is in the files and store nothing.
        #[arg(long)]
        preview: bool,
        /// File the records even when their patient has another name or birth date than the person.
        #[arg(long)]
        yes: bool,
        /// Read everything as this release instead of inferring it.
        #[arg(long)]
        release: Option<Release>,
        /// Undo the import of this number instead (see `imports`): what only it brought goes.
        #[arg(long, value_name = "ID", conflicts_with_all = ["paths", "preview", "connection", "release", "yes"])]
        undo: Option<i64>,
        /// Files and folders.
        #[arg(required_unless_present = "undo")]
        paths: Vec<PathBuf>,
    },
    /// What was taken in from files and can be undone.
    Imports(Whose),
    /// Add what no provider knows: a medicine, an allergy, a problem, a measurement, a vaccine, a visit.
    Add {
        #[command(flatten)]
        whose: Whose,
        /// Put it in the place of what was added under this `Type/id` (see `entries`, base `own:`).
        #[arg(long, value_name = "ID")]
        change: Option<String>,
        /// What.
        #[command(subcommand)]
        what: Add,
    },
    /// Delete what was added with `add`, with every version of it.
    Remove {
        #[command(flatten)]
        whose: Whose,
        /// Its `Type/id`, as `add` said it.
        id: String,
    },
    /// All facts by day, newest first.
    Timeline(Whose),
    /// Find anything the record says: titles, values, people, places, notes, documents.
    Search {
        #[command(flatten)]
        whose: Whose,
        /// Answers of each kind.
        #[arg(long, value_name = "N", default_value_t = 5)]
        limit: u32,
        /// What to look for; each word may be the beginning of one.
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Every entry as read.
    Entries(Whose),
    /// Every fact with its members.
    Facts(Whose),
    /// What facts are about: illnesses, substances, medicines, vaccines, operations.
    Topics(Whose),
    /// What a record's page says, by `Type/id` or a fact's id.
    Record {
        /// `Observation/123`, or a fact's id.
        id: String,
    },
    /// What each provider lists of medicines, allergies and problems, side by side.
    Compare(Whose),
    /// What is current, or another kind of sheet, as a printable PDF.
    Summary {
        #[command(flatten)]
        whose: Whose,
        /// Where to write it.
        #[arg(long, value_name = "FILE")]
        pdf: PathBuf,
        /// The paper.
        #[arg(long, default_value = "letter")]
        paper: Paper,
        /// What to print.
        #[arg(long, default_value = "summary")]
        sheet: Sheet,
        /// In large print, 18 points.
        #[arg(long)]
        large: bool,
        /// The language of the paper.
        #[arg(long, default_value = "en")]
        language: Language,
        /// Results over time: a test to print, by name or a part of it; may be given several times.
        #[arg(long = "test", value_name = "NAME")]
        tests: Vec<String>,
        /// The problem that the visit summary is about, by name.
        #[arg(long, value_name = "NAME")]
        problem: Option<String>,
        /// Do not say who says what.
        #[arg(long)]
        without_tellers: bool,
        /// A kind of what is sensitive that is printed too; may be given several times. What nobody chose is left out, and said.
        #[arg(long = "with", value_name = "KIND")]
        with_sensitive: Vec<Sensitive>,
        /// A kind of what is sensitive that is left out; may be given several times.
        #[arg(long = "without", value_name = "KIND")]
        without_sensitive: Vec<Sensitive>,
    },
    /// A list, or all values of tests, as a table for spreadsheets.
    Table {
        #[command(flatten)]
        whose: Whose,
        /// What to write.
        what: Table,
        /// Where to write it.
        #[arg(long, value_name = "FILE")]
        csv: PathBuf,
    },
    /// A letter to a provider as a printable PDF: for a copy of everything, or to correct a record.
    Letter {
        #[command(flatten)]
        whose: Whose,
        /// The provider: a connection's name or id.
        connection: String,
        /// Where to write it.
        #[arg(long, value_name = "FILE")]
        pdf: PathBuf,
        /// To correct this record, by its `Type/id` or a fact's id; without it, the letter asks for a copy of everything.
        #[arg(long, value_name = "ID")]
        record: Option<String>,
        /// What the record should say; without it there are lines to write on.
        #[arg(long, value_name = "TEXT", requires = "record", default_value = "")]
        should_say: String,
        /// Why; without it there are lines to write on.
        #[arg(long, value_name = "TEXT", requires = "record", default_value = "")]
        why: String,
        /// To whom: a name, and an address below it; what the record knows, unless said.
        #[arg(long, value_name = "TEXT")]
        to: Option<String>,
        /// The paper.
        #[arg(long, default_value = "letter")]
        paper: Paper,
    },
    /// Write an encrypted backup of the whole record, without passwords and sign-ins, and read it back.
    Backup {
        /// Where to write it.
        file: PathBuf,
        /// A file whose first line is the backup's passphrase; without it, the line is read from standard input.
        #[arg(long, value_name = "FILE")]
        with: Option<PathBuf>,
    },
    /// Take everything of a person out: into a new folder that is read without this program, or one encrypted file.
    TakeOut {
        #[command(flatten)]
        whose: Whose,
        /// Into one file behind a passphrase.
        #[arg(long)]
        encrypt: bool,
        /// A file whose first line is that passphrase; without it, the line is read from standard input.
        #[arg(long, value_name = "FILE", requires = "encrypt")]
        with: Option<PathBuf>,
        /// The folder in which the new one is made; nothing that is there is touched.
        folder: PathBuf,
    },
    /// Put what is in a backup in the place of the record.
    Restore {
        /// The backup.
        #[arg(required_unless_present = "undo")]
        file: Option<PathBuf>,
        /// A file whose first line is the backup's passphrase; without it, the line is read from standard input.
        #[arg(long, value_name = "FILE")]
        with: Option<PathBuf>,
        /// Say what is in the backup, beside what is here, and change nothing.
        #[arg(long)]
        preview: bool,
        /// Replace the record without asking.
        #[arg(long, conflicts_with = "preview")]
        yes: bool,
        /// Put back what the last restore replaced. It is kept until the next command.
        #[arg(long, conflicts_with_all = ["file", "with", "preview", "yes"])]
        undo: bool,
    },
    /// Look at the whole file of the record: whether it is damaged, whether a cloud service copies it, what a rescue lost.
    Check,
    /// Make a new record of what can be read of a damaged one, which is set aside and kept.
    Rescue {
        /// Rescue without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Change what opens the record. The key is had from the keychain, or by --passphrase-file.
    Keys {
        /// What to change.
        #[command(subcommand)]
        what: Keys,
    },
    /// Erase for good: rows, and what they leave in the file. There is no undo. (A provider: `disconnect --forget`.)
    Erase {
        /// What.
        #[command(subcommand)]
        what: Erase,
        /// Erase without asking.
        #[arg(long, global = true)]
        yes: bool,
    },
    /// Derive every entry and fact anew from what was sent.
    Rebuild,
}

/// What opens the record.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make a new recovery code; the old one opens nothing any more.
    NewCode,
    /// Put the record behind a passphrase; an older one opens nothing any more.
    Passphrase {
        /// A file whose first line is the new passphrase.
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
    },
    /// Encrypt the whole record with a new key, and make a new recovery code.
    Change,
}

/// What a person adds of their own. Dates are `2024`, `2024-03` or `2024-03-15`.
#[derive(Debug, Subcommand)]
pub(crate) enum Add {
    /// A medicine that is taken, or was.
    Medicine {
        /// Its name with its strength: "lisinopril 10 mg".
        name: String,
        /// The dose and how it is taken: "1 tablet every morning".
        #[arg(long, value_name = "TEXT")]
        how: Option<String>,
        /// What for.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Since when.
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// It is not taken any more.
        #[arg(long)]
        stopped: bool,
        /// Until when.
        #[arg(long, value_name = "DATE", requires = "stopped")]
        until: Option<String>,
        /// Anything else.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// An allergy or intolerance.
    Allergy {
        /// To what.
        substance: String,
        /// What happened.
        #[arg(long, value_name = "TEXT")]
        reaction: Option<String>,
        /// How bad that was.
        #[arg(long, requires = "reaction")]
        severity: Option<Severity>,
        /// Since when.
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// Anything else.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// An illness or complaint.
    Problem {
        /// What it is called.
        name: String,
        /// Since when.
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        /// It is over.
        #[arg(long)]
        over: bool,
        /// Until when.
        #[arg(long, value_name = "DATE", requires = "over")]
        until: Option<String>,
        /// Anything else.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Something measured at home.
    Measurement {
        /// What.
        what: Measure,
        /// The figure, or the two of a blood pressure: 98.6, 120/80.
        value: String,
        /// The day.
        #[arg(long, value_name = "DATE")]
        date: String,
        /// The time of day at home: 08:30.
        #[arg(long, value_name = "TIME")]
        time: Option<String>,
        /// The unit, as UCUM writes it (`kg`, `[lb_av]`, `Cel`, `[degF]`, `cm`, `[in_i]`, `mmol/L`, `mg/dL`); the usual one of the
        /// United States, unless said.
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
        /// Anything else.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// A vaccine that was given.
    Vaccine {
        /// Its name, or what it is against.
        name: String,
        /// When.
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
        /// Its lot number.
        #[arg(long, value_name = "TEXT")]
        lot: Option<String>,
        /// Where it was given.
        #[arg(long, value_name = "TEXT")]
        place: Option<String>,
        /// Anything else.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
    /// A visit, or an appointment that is to come.
    Visit {
        /// What for.
        reason: String,
        /// When.
        #[arg(long, value_name = "DATE")]
        date: String,
        /// The time of day at home: 14:30.
        #[arg(long, value_name = "TIME")]
        time: Option<String>,
        /// Where, or with whom.
        #[arg(long, value_name = "TEXT")]
        place: Option<String>,
        /// What was said and done.
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
}

/// How bad a reaction was.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Severity {
    /// A nuisance
    Mild,
    /// It had to be treated, or took days
    Moderate,
    /// An emergency
    Severe,
}

/// What people measure at home.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Measure {
    /// Two figures, in mmHg
    BloodPressure,
    /// In pounds
    Weight,
    /// In inches
    Height,
    /// In degrees Fahrenheit
    Temperature,
    /// The pulse, a minute
    HeartRate,
    /// In percent
    OxygenSaturation,
    /// Of a finger's drop of blood, in mg/dL
    Glucose,
    /// From 0 to 10
    Pain,
}

/// What is erased.
#[derive(Debug, Subcommand)]
pub(crate) enum Erase {
    /// A person, with everything of theirs.
    Person {
        /// Their name.
        name: String,
    },
    /// One document, with the files behind it.
    Document {
        #[command(flatten)]
        whose: Whose,
        /// Its id, as `--json` says it (see `list documents` or `search`).
        document: String,
    },
    /// What was taken in from files at one time.
    Import {
        #[command(flatten)]
        whose: Whose,
        /// Its number (see `imports`).
        import: i64,
    },
    /// The whole record, with its keys.
    Everything,
}

/// Whose record.
#[derive(Debug, Args)]
pub(crate) struct Whose {
    /// The person's name; needed only when there are several. `import` and `connect` add a person who is not there.
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
}

/// A provider of the directory, or connectivity information.
#[derive(Debug, Args)]
pub(crate) struct Connect {
    #[command(flatten)]
    pub(crate) whose: Whose,
    /// The provider's name or card in the directory, or with --base-r4 or --base-dstu2 what to call it.
    pub(crate) provider: String,
    /// The practice, for portals that serve many.
    #[arg(long)]
    pub(crate) practice: Option<String>,
    /// Authorization endpoint.
    #[arg(long, value_name = "URL")]
    pub(crate) authorize: Option<String>,
    /// Token endpoint.
    #[arg(long, value_name = "URL")]
    pub(crate) token: Option<String>,
    /// API base endpoint, DSTU2.
    #[arg(long, value_name = "URL")]
    pub(crate) base_dstu2: Option<String>,
    /// API base endpoint, R4.
    #[arg(long, value_name = "URL")]
    pub(crate) base_r4: Option<String>,
    /// Your own client id.
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Where on this computer the browser comes back to, exactly as it is registered; usually the first free one of three
    /// ports.
    #[arg(long, value_name = "URL")]
    pub(crate) redirect: Option<String>,
    /// A file with the client secret in its first line, or a private key in PEM.
    #[arg(long, value_name = "FILE")]
    pub(crate) client_secret_file: Option<PathBuf>,
}

/// A FHIR release.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Release {
    /// 1.0.2
    Dstu2,
    /// 3.0.2
    Stu3,
    /// 4.0.1
    R4,
}

/// A paper size.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Paper {
    /// 8.5 × 11 in
    Letter,
    /// 210 × 297 mm
    A4,
}

/// What can be a table.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Table {
    /// Every value of every laboratory test
    Results,
    /// Every value of every vital sign
    Vitals,
    /// Medicines
    Medicines,
    /// Problems
    Problems,
    /// Allergies
    Allergies,
    /// Vaccines
    Vaccines,
    /// Visits
    Visits,
    /// Procedures
    Procedures,
}

/// A language.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Spanish
    Es,
}

/// A kind of sheet.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Sheet {
    /// One sheet for the next visit
    Summary,
    /// What each provider lists, side by side
    Compare,
    /// What is taken, and when
    Medicines,
    /// What was given against which disease
    Vaccines,
    /// What helpers have to know
    Emergency,
    /// Every provider, with when the person was seen there and what for
    Care,
    /// Chosen tests over time
    Results,
    /// Everything, with contents and an index
    Whole,
}

/// What is sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sensitive {
    /// Mental health
    Mental,
    /// Sexual and reproductive health
    Reproductive,
    /// Use of alcohol, tobacco and drugs
    Substances,
    /// HIV
    Hiv,
    /// Circumstances of life
    Life,
}

/// What an assistant may be handed.
#[derive(Debug, Subcommand)]
pub(crate) enum Assistant {
    /// Say what is chosen.
    Show,
    /// Answer it about a person; what was chosen for them before is replaced.
    On {
        #[command(flatten)]
        whose: Whose,
        /// Share these kinds of records only, such as `medicine` and `allergy`; all kinds, unless said.
        #[arg(long, value_name = "KIND")]
        kind: Vec<String>,
        /// Do not keep back what is sensitive in this way; all of it is kept back, unless said.
        #[arg(long, value_name = "KIND")]
        sensitive: Vec<Sensitive>,
        /// Do not ask: what the assistant's maker may see is known.
        #[arg(long)]
        yes: bool,
    },
    /// Answer it no more: about a person, or at all.
    Off(Whose),
}
