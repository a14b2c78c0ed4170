//! Plain data that crosses to the window and the terminal. Every type here is exported to TypeScript
//! (`ui/src/lib/api/generated`); a test fails when it is stale, and `UPDATE=1` with it writes it anew. Words are final: hosts show them as they are.

pub use wholechart_record::{ConnectionId, FactId, PersonId};

pub use crate::{
    app::wire::{AppState, Lock},
    assistant::wire::{AssistantChoice, AssistantView, KindToShare, PersonShared, SensitiveToShare},
    backups::{
        schedule::Often,
        wire::{BackupPreview, BackupsView, HeldPerson, Strength},
    },
    compare::wire::{CompareCell, CompareProvider, CompareRow, CompareSaid, CompareTable, CompareView},
    erasing::wire::{Erase, ErasePreview},
    error::{ApiError, ErrorCode},
    files::wire::{
        FileContent, FileView, ImportPreview, ImportReport, ImportView, KindFound, PersonInFiles, Show,
        Unreadable,
    },
    health::wire::{HealthView, RescuedView, UpgradeView},
    home::wire::{CurrentView, HeldView, HomeView, NamedView, NewsRow, NewsView},
    host::Event,
    keys::wire::KeysView,
    letters::wire::{LetterAsks, LetterDraft, LetterText},
    lists::wire::{ListName, ListPage, ListRow, TopicHead},
    own::wire::{
        KeptResult, OwnEntry, OwnFlag, OwnMeasure, OwnMeasureView, OwnSaved, OwnSeverity, OwnUnitView,
        ReadResult, ReadResults, ResultsKept,
    },
    people::wire::PersonView,
    providers::wire::{
        CardSetup, ConnectStage, ConnectTarget, ConnectionState, ConnectionView, ContactView, ContactsView,
        DirectoryEntry, Letter, PatientOption, ProviderList, RedirectOption, RegistrationView, SampleSignIn,
        SecretWanted, Trusts,
    },
    questions::wire::{AsksView, ConflictView, Decided, LikelyView, StatementView},
    record::wire::{
        ChangeView, DocumentLink, EvidenceLine, FactPage, JoinSide, JoinView, Line, RawView, RelatedView,
        SourceView, UnderTopic, VersionView,
    },
    saving::Saved,
    search::wire::{Mark, SearchGroup, SearchHit, SearchView},
    sent::wire::{HandedAnswer, HandedReceiver, SentHost, SentRequest, SentView},
    settings::wire::{LanguageView, Settings, SettingsView, Theme},
    summary::{
        choices::{
            ChosenTest, Printing, PrintingView, ProblemChoice, SensitiveFound, SensitiveKind, SheetSection,
        },
        kinds::SheetKind,
        wire::{Paper, SavedSummary, SummaryView},
    },
    sync::wire::{
        ChangedFact, LedgerLine, LedgerView, SetAsideView, SyncKind, SyncKindState, SyncReport, SyncSettings,
    },
    taking_out::wire::{TakeOutFolder, TakenOut},
    timeline::wire::{
        KindCount, PeriodView, StatusCount, TimelineFacets, TimelineFilter, TimelinePage, TimelineRow,
        YearCount,
    },
    topics::wire::{NameSource, TopicSource, TopicView},
    trends::wire::{PointView, RecentView, TestKind, TestView, TestsPage, TrendPage, TrendRow, UnitView},
    updates::wire::{UpdateView, UpdatesView},
};
