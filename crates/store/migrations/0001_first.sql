-- The record's file, format 1.
--
-- Two halves. The first is what happened and cannot be made again: who the record is of, where it came from, every
-- version of every resource as it was sent, and what was asked for. The second half is derived: `entry` and the
-- `fact` tables can be emptied at any time and made anew from `version` alone.
--
-- Moments are INTEGER milliseconds since 1970-01-01T00:00Z. Words for people, ids and JSON are TEXT; JSON of our own
-- types is what serde writes. Booleans are 0 and 1. An id that the rest of the app knows is TEXT and random or derived;
-- an INTEGER PRIMARY KEY stays inside this file, except `run.id` and `version.id`, which are never used twice.
--
-- History: 1 (first).

-- ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────

-- Whose record. No row: the app has not asked yet.
CREATE TABLE person (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    birth_date TEXT,                 -- YYYY-MM-DD; NULL: not known yet
    home_zone  TEXT NOT NULL         -- IANA name; decides the day of an instant
) STRICT, WITHOUT ROWID;

-- One person at one provider, or one set of imported files.
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

-- What a token endpoint gave. No row: signed out.
CREATE TABLE token (
    connection INTEGER PRIMARY KEY REFERENCES connection (n) ON DELETE CASCADE,
    access     TEXT NOT NULL,
    refresh    TEXT,
    expires_at INTEGER,              -- NULL: the server did not say
    scope      TEXT NOT NULL
) STRICT;

-- The secret of a confidential client. No row: a public client.
CREATE TABLE client_secret (
    connection INTEGER PRIMARY KEY REFERENCES connection (n) ON DELETE CASCADE,
    secret     TEXT NOT NULL
) STRICT;

-- One sync or import.
CREATE TABLE run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    started    INTEGER NOT NULL,
    finished   INTEGER,              -- NULL: running, or killed
    outcome    TEXT                  -- the sync's word; `interrupted` when a later run closed it
) STRICT;
CREATE INDEX run_of_connection ON run (connection, id);

-- The checkpoint: how far each question of an unfinished run got. Written in the transaction of its page; gone when
-- the run is finished.
CREATE TABLE checkpoint (
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    base     TEXT NOT NULL,
    question TEXT NOT NULL,
    next     TEXT,                   -- where to go on; NULL: answered to its end
    received INTEGER NOT NULL,       -- resources in all its pages so far
    PRIMARY KEY (run, base, question)
) STRICT, WITHOUT ROWID;

-- The ledger, for ever: what was asked in each run and what came.
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

-- A FHIR base (or `file:`) in one release; the first part of what a resource is known by.
CREATE TABLE source (
    n          INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base       TEXT NOT NULL,        -- without a trailing slash
    release    TEXT NOT NULL,        -- dstu2, stu3, r4
    UNIQUE (connection, base, release)
) STRICT;

-- What a resource is known by.
CREATE TABLE resource (
    n       INTEGER PRIMARY KEY,
    source  INTEGER NOT NULL REFERENCES source (n) ON DELETE CASCADE,
    type    TEXT NOT NULL,           -- resourceType as sent
    fhir_id TEXT NOT NULL,           -- id as sent, or `sha256:` and the content's hash
    UNIQUE (source, type, fhir_id)
) STRICT;

-- Every version, verbatim. The newest (largest id) is the current one. The same content again adds no row.
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

-- Bytes that could not be read as a resource; kept all the same, once.
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

-- A document behind an attachment's address, verbatim: not FHIR JSON, so it is no resource. The newest row of an
-- address is the current one; the same bytes again add no row.
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

-- The user's choices. JSON by name.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ── Derived ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- Which reader and rules made the rows below. Another one, or no row: they are made anew on opening.
CREATE TABLE derived_by (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL
) STRICT;

-- The current version of a resource, read for people.
CREATE TABLE entry (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    version  INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    json     TEXT NOT NULL
) STRICT;
CREATE INDEX entry_of_version ON entry (version);

-- One fact as a list needs it: narrow, because scans of an encrypted file are slow.
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

-- The whole fact: joins with their reasons, disagreements.
CREATE TABLE fact_body (
    fact INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    json TEXT NOT NULL
) STRICT;

-- Which fact an entry belongs to: exactly one.
CREATE TABLE fact_member (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    fact     INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE
) STRICT;
CREATE INDEX fact_member_of_fact ON fact_member (fact);

-- Which connections tell a fact, for filtering.
CREATE TABLE fact_source (
    fact       INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    PRIMARY KEY (fact, connection)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_source_of_connection ON fact_source (connection);
