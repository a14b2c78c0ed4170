//! Plain data that crosses to the window and the terminal. Every type here is exported to TypeScript
//! (`ui/src/lib/api/generated`); a test fails when it is stale, and `UPDATE=1` with it writes it anew. Words are final: hosts show them as they are.

mod app;
mod conflict;
mod document;
mod home;
mod import;
mod list;
mod paper;
mod provider;
mod question;
mod record;
mod search;
mod settings;
mod setup;
mod sync;
mod timeline;
mod trend;

pub use app::{ApiError, AppState, ErrorCode, Event, Lock, PersonView, Saved};
pub use conflict::{ConflictView, StatementView, Wish};
pub use document::{FileContent, FileView, Show};
pub use home::{CurrentView, HeldView, HomeView, NewsRow, NewsView};
pub use import::{ImportReport, Unreadable};
pub use list::{ListPage, ListRow};
pub use paper::{Paper, SummaryView};
pub use provider::{
    ConnectStage, ConnectTarget, ConnectionState, ConnectionView, DirectoryEntry, PatientOption,
    SampleSignIn, Trusts,
};
pub use question::{AsksView, Decided, QuestionSide, QuestionView};
pub use record::{
    ChangeView, EvidenceLine, FactPage, JoinSide, JoinView, Line, RawView, RelatedView, SourceView,
    VersionView,
};
pub use search::{Mark, SearchGroup, SearchHit, SearchView};
pub use settings::{
    ContactView, ContactsView, LanguageView, RegistrationView, Settings, SettingsView, Theme,
};
pub use setup::{CardSetup, Letter, ProviderList, RedirectOption, SecretWanted};
pub use sync::{
    ChangedFact, FactChange, LedgerLine, LedgerView, SyncKind, SyncKindState, SyncReport, SyncSettings,
};
pub use timeline::{
    KindCount, PeriodView, StatusCount, TimelineFacets, TimelineFilter, TimelinePage, TimelineRow, YearCount,
};
pub use trend::{PointView, RecentView, TestView, TestsPage, TrendPage, TrendRow, UnitView};
