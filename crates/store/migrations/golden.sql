CREATE TABLE answer (
    run            INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    base           TEXT NOT NULL,
    question       TEXT NOT NULL,
    label          TEXT NOT NULL,    -- key in the word catalogue
    asked          TEXT NOT NULL,    -- without tokens
    state          TEXT NOT NULL,
    received       INTEGER NOT NULL,
    declared_total INTEGER,          -- NULL: the server did not say
    message        TEXT,             -- the server's words, cleaned
    at             INTEGER NOT NULL,
    PRIMARY KEY (run, base, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE answered (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base       TEXT NOT NULL,
    question   TEXT NOT NULL,
    asked      TEXT NOT NULL,        -- what it was asked as and under which scopes; another text: as if no row
    since      INTEGER NOT NULL,     -- the moment of that answer by the earlier of both clocks: ask from here on
    whole_at   INTEGER NOT NULL,     -- when the whole was last read, not only what changed
    PRIMARY KEY (connection, base, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    what     TEXT NOT NULL,          -- new, corrected, withdrawn
    PRIMARY KEY (run, resource)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_of_resource ON change (resource);

CREATE TABLE checkpoint (
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    base     TEXT NOT NULL,
    question TEXT NOT NULL,
    next     TEXT,                   -- where to go on; NULL: answered to its end
    received INTEGER NOT NULL,       -- resources in all its pages so far
    PRIMARY KEY (run, base, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE client_secret (
    connection INTEGER PRIMARY KEY REFERENCES connection (n) ON DELETE CASCADE,
    secret     TEXT NOT NULL
) STRICT;

CREATE TABLE connection (
    n        INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    person   TEXT NOT NULL REFERENCES person (id),
    name     TEXT NOT NULL,
    card     TEXT NOT NULL,          -- JSON: the provider's card as used
    patient  TEXT NOT NULL,          -- JSON object: FHIR base → patient id
    state    TEXT NOT NULL,          -- connected, sign-in-needed, files, disconnected
    created  INTEGER NOT NULL,
    colour   INTEGER NOT NULL,       -- 0 to 7
    imported INTEGER NOT NULL
) STRICT;

CREATE INDEX connection_of_person ON connection (person);

CREATE TABLE decision (
    person  TEXT NOT NULL REFERENCES person (id),
    a       TEXT NOT NULL,           -- JSON: the key of one entry, the smaller of both
    b       TEXT NOT NULL,           -- JSON: the key of the other
    verdict TEXT NOT NULL,           -- same, apart
    at      INTEGER NOT NULL,
    PRIMARY KEY (person, a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived_by (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE document (
    n            INTEGER PRIMARY KEY,
    connection   INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    url          TEXT NOT NULL,      -- absolute, as the attachment means it, without tokens
    content_type TEXT,               -- as sent; NULL: the server did not say
    received_at  INTEGER NOT NULL,
    hash         TEXT NOT NULL,      -- SHA-256 (hex) of the bytes
    length       INTEGER NOT NULL,   -- bytes before compression
    bytes        BLOB NOT NULL       -- zstd; last, so that lists do not read it
) STRICT;

CREATE INDEX document_of_url ON document (connection, url, n);

CREATE TABLE entry (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    version  INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    json     TEXT NOT NULL
) STRICT;

CREATE INDEX entry_of_version ON entry (version);

CREATE TABLE fact (
    n      INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person (id),
    listed INTEGER NOT NULL,         -- its kind belongs on the timeline
    sort   INTEGER NOT NULL,         -- yyyymmdd × 100000 + second of the day + 1; unknown parts and undated are 0
    kind   TEXT NOT NULL,
    digest BLOB NOT NULL,            -- of `row` and `fact_body.json`: an unchanged fact is not written again
    row    TEXT NOT NULL             -- JSON: what a row shows
) STRICT;

CREATE INDEX fact_list ON fact (person, listed, sort, id, kind);

CREATE TABLE fact_body (
    fact INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE fact_member (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    fact     INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE
) STRICT;

CREATE INDEX fact_member_of_fact ON fact_member (fact);

CREATE TABLE fact_source (
    fact       INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    PRIMARY KEY (fact, connection)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_source_of_connection ON fact_source (connection);

CREATE TABLE missing (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    since    INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    birth_date TEXT,                 -- YYYY-MM-DD; NULL: not known yet
    home_zone  TEXT NOT NULL         -- IANA name; decides the day of an instant
) STRICT, WITHOUT ROWID;

CREATE TABLE question (
    person TEXT NOT NULL REFERENCES person (id),
    id     TEXT NOT NULL,
    json   TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource (
    n       INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL REFERENCES source (n) ON DELETE CASCADE,
    type    TEXT NOT NULL,           -- resourceType as sent
    fhir_id TEXT NOT NULL,           -- id as sent, or `sha256:` and the content's hash
    UNIQUE (source, type, fhir_id)
) STRICT;

CREATE TABLE run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    started    INTEGER NOT NULL,
    finished   INTEGER,              -- NULL: running, or killed
    outcome    TEXT                  -- the sync's word; `interrupted` when a later run closed it
) STRICT;

CREATE INDEX run_of_connection ON run (connection, id);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    n          INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base       TEXT NOT NULL,        -- without a trailing slash
    release    TEXT NOT NULL,        -- dstu2, stu3, r4
    UNIQUE (connection, base, release)
) STRICT;

CREATE TABLE token (
    connection INTEGER PRIMARY KEY REFERENCES connection (n) ON DELETE CASCADE,
    access     TEXT NOT NULL,
    refresh    TEXT,
    expires_at INTEGER,              -- NULL: the server did not say
    scope      TEXT NOT NULL
) STRICT;

CREATE TABLE told (
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    question TEXT NOT NULL,
    run      INTEGER NOT NULL,       -- the newest one in which it came
    PRIMARY KEY (resource, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE unreadable (
    n           INTEGER PRIMARY KEY,
    connection  INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base        TEXT NOT NULL,
    question    TEXT NOT NULL,
    url         TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    position    INTEGER NOT NULL,    -- running number within the page
    reason      TEXT NOT NULL,
    hash        TEXT NOT NULL,       -- SHA-256 (hex) of the bytes
    length      INTEGER NOT NULL,
    bytes       BLOB NOT NULL,       -- zstd
    UNIQUE (connection, hash)
) STRICT;

CREATE TABLE version (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    resource     INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    hash         TEXT NOT NULL,      -- SHA-256 (hex) of the canonical content without volatile paths
    received_at  INTEGER NOT NULL,
    url          TEXT NOT NULL,      -- where it was read from, without tokens
    midnight_day INTEGER NOT NULL,   -- the provider's card said that midnight means "that day"
    length       INTEGER NOT NULL,   -- bytes before compression
    bytes        BLOB NOT NULL       -- zstd; last, so that lists do not read it
) STRICT;

CREATE INDEX version_of_resource ON version (resource, id);
