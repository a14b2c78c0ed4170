-- The tables of a new record. Its format number, and how an older record gets these tables, is in `src/schema.rs`.
--
-- Two halves. The first is what happened and cannot be made again: who the record is of, where it came from, every
-- version of every resource as it was sent, what was asked and answered, and what the person said. The second half is
-- derived: it can be emptied at any time and made anew from `version` and the person's decisions.
--
-- Moments are INTEGER milliseconds since 1970-01-01T00:00Z. Words for people, ids and JSON are TEXT; JSON of our own
-- types is what serde writes; where a column says that it is packed, it is TEXT as it is or a BLOB (`src/packed.rs`).
-- Booleans are 0 and 1. An id that the rest of the app knows is TEXT and random or derived; an INTEGER PRIMARY KEY stays
-- inside this file, except `run.id`, `version.id` and `change.n`, which are never used twice.

-- ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────

-- Whose record. No row: the app has not asked yet.
CREATE TABLE person (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    birth_date TEXT,                 -- YYYY-MM-DD; NULL: not known yet
    home_zone  TEXT NOT NULL,        -- IANA name; decides the day of an instant
    colour     INTEGER NOT NULL DEFAULT 0 -- 0 to 7
) STRICT, WITHOUT ROWID;

-- One person at one provider, or one set of imported files.
CREATE TABLE connection (
    n        INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    person   TEXT NOT NULL REFERENCES person (id),
    name     TEXT NOT NULL,
    card     TEXT NOT NULL,          -- JSON: the provider's card as used
    patient  TEXT NOT NULL,          -- JSON object: FHIR base → patient id
    state    TEXT NOT NULL,          -- connected, sign-in-needed, files, own, disconnected
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
    outcome    TEXT,                 -- the sync's word; `interrupted` when a later run closed it
    import     INTEGER               -- the import it is part of: the id of its first run; NULL: a sync
) STRICT;
CREATE INDEX run_of_connection ON run (connection, id);

-- The checkpoint: how far each question of an unfinished run got. Written in the transaction of its page; deleted when
-- the run is finished.
CREATE TABLE checkpoint (
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    base     TEXT NOT NULL,
    question TEXT NOT NULL,
    next     TEXT,                   -- where to go on; NULL: answered to its end
    received INTEGER NOT NULL,       -- resources in all its pages so far
    PRIMARY KEY (run, base, question)
) STRICT, WITHOUT ROWID;

-- The ledger, kept for ever: what was asked in each run and what came.
CREATE TABLE answer (
    run            INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    base           TEXT NOT NULL,
    question       TEXT NOT NULL,
    label          TEXT NOT NULL,    -- key in the word catalogue
    asked          TEXT NOT NULL,    -- without tokens
    state          TEXT NOT NULL,
    received       INTEGER NOT NULL,
    declared_total INTEGER,          -- NULL: the server did not say
    message        TEXT,             -- remarks as JSON; before there were codes, the server's words
    at             INTEGER NOT NULL,
    PRIMARY KEY (run, base, question)
) STRICT, WITHOUT ROWID;

-- The newest complete answer of a question. No row: never answered completely, so it is asked as a whole.
CREATE TABLE answered (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base       TEXT NOT NULL,
    question   TEXT NOT NULL,
    asked      TEXT NOT NULL,        -- what it was asked as and under which scopes; another text: as if no row
    since      INTEGER NOT NULL,     -- the moment of that answer by the earlier of both clocks: ask from here on
    whole_at   INTEGER NOT NULL,     -- when the whole was last read, not only what changed
    PRIMARY KEY (connection, base, question)
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

-- How the release of a resource was found where no server said it. No row: the server, or the person, said it.
CREATE TABLE inferred (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    how      TEXT NOT NULL           -- JSON: what in the resource said so, or that others of the same files did
) STRICT;

-- What versions are compressed with: resources of one type as a connection sent them first, one after the other. As much
-- a part of what was sent as `version`: never changed, and deleted with the connection only.
CREATE TABLE dictionary (
    n          INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    type       TEXT NOT NULL,        -- resourceType as sent
    hash       TEXT NOT NULL,        -- SHA-256 (hex) of the bytes
    length     INTEGER NOT NULL,     -- bytes before compression
    bytes      BLOB NOT NULL,        -- zstd
    UNIQUE (connection, type)
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
    bytes        BLOB NOT NULL,      -- zstd; behind what lists read
    dictionary   INTEGER             -- `dictionary.n` that it is compressed with; NULL: none
) STRICT;
CREATE INDEX version_of_resource ON version (resource, id);

-- Resources that are about somebody else than the patient of their connection: kept as they were sent, and no entry is
-- made of them.
CREATE TABLE set_aside (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    whose    TEXT NOT NULL           -- the subject as sent, such as `Patient/77`
) STRICT;

-- Whose records a person let in beside those of the connection's patient: a newborn in the mother's answer.
CREATE TABLE let_in (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    whose      TEXT NOT NULL,        -- as in `set_aside`
    PRIMARY KEY (connection, whose)
) STRICT, WITHOUT ROWID;

-- Bytes that could not be read as a resource; kept all the same, once.
CREATE TABLE unreadable (
    n           INTEGER PRIMARY KEY,
    connection  INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    base        TEXT NOT NULL,
    question    TEXT NOT NULL,
    url         TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    position    INTEGER NOT NULL,    -- running number within the page
    reason      TEXT NOT NULL,       -- the fault as JSON; before there were codes, a sentence
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

-- Where a version stands in a clinical document: its bytes are this part of the document and are kept there only, so the
-- version's own are empty. What says the same in several documents has a row for each.
CREATE TABLE slice (
    version  INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    start    INTEGER NOT NULL,       -- of its first byte
    length   INTEGER NOT NULL,       -- bytes
    stated   INTEGER,                -- when the document says that it was made; NULL: it does not
    PRIMARY KEY (version, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX slice_of_document ON slice (document);

-- What an import brought, also where another one had brought it before: undone, everything goes that no other brought.
CREATE TABLE brought (
    run   INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    what  TEXT NOT NULL,             -- version, document, unreadable, subject
    thing ANY NOT NULL,              -- its row number; of a subject, `connection` and `whose` of `let_in`
    PRIMARY KEY (run, what, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX brought_thing ON brought (what, thing);

-- What was read from files, by what they hold: reading takes a process of its own, so it outlives a rebuild. A row
-- without text says that there was none to be read.
CREATE TABLE file_text (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    hash       TEXT NOT NULL,        -- SHA-256 (hex) of the file
    reader     INTEGER NOT NULL,     -- which reader tried; a newer one tries again
    length     INTEGER NOT NULL,     -- bytes of the text before compression
    text       BLOB NOT NULL,        -- zstd
    PRIMARY KEY (connection, hash)
) STRICT, WITHOUT ROWID;

-- Which questions a resource came as an answer to. What came by reference, or along with something else, has no row.
CREATE TABLE told (
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    question TEXT NOT NULL,
    run      INTEGER NOT NULL,       -- the newest one in which it came
    PRIMARY KEY (resource, question)
) STRICT, WITHOUT ROWID;

-- No longer reported: gone from complete answers to every question it used to answer. Never deleted for that.
CREATE TABLE missing (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    since    INTEGER NOT NULL
) STRICT;

-- What a run changed, one row a resource, in the order in which it was noticed. A run that was cut off is carried on
-- under its number, so a run cannot say what came after a person had looked; the numbers here can, because what is new
-- has a higher one than everything that was ever seen.
CREATE TABLE change (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    what     TEXT NOT NULL,          -- new, corrected, withdrawn
    UNIQUE (run, resource)
) STRICT;
CREATE INDEX change_of_resource ON change (resource);

-- What a person decided about what is the same. Entries go by what their sources call them, so a decision outlives
-- every row of `resource` and `fact`.
CREATE TABLE decision (
    person  TEXT NOT NULL REFERENCES person (id),
    a       TEXT NOT NULL,           -- JSON: the key of one entry, the smaller of both
    b       TEXT NOT NULL,           -- JSON: the key of the other
    verdict TEXT NOT NULL,           -- same, apart
    at      INTEGER NOT NULL,
    PRIMARY KEY (person, a, b)
) STRICT, WITHOUT ROWID;

-- What a person wishes done about disagreements. Entries go by what their sources call them, as in `decision`; the
-- newest row that fits counts.
CREATE TABLE choice (
    n      INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    about  TEXT NOT NULL,            -- what the disagreement is about
    keys   TEXT NOT NULL,            -- JSON: the keys of the entries that disagree, sorted
    wish   TEXT NOT NULL,            -- ask, settled
    at     INTEGER NOT NULL,
    UNIQUE (person, about, keys)
) STRICT;

-- What a person put under another topic. Entries go by what their sources call them, as in `decision`; the newest row of
-- a fact's entries counts.
CREATE TABLE placed (
    person TEXT NOT NULL REFERENCES person (id),
    entry  TEXT NOT NULL,            -- JSON: the key of the entry
    beside TEXT,                     -- JSON: the key of an entry of that topic; NULL: it has a topic of its own
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

-- What a person wrote beside a record. Known by what its source calls it, so that it outlives re-syncing, rebuilding
-- and upgrading; it is deleted with its connection.
CREATE TABLE note (
    person TEXT NOT NULL REFERENCES person (id),
    about  TEXT NOT NULL,            -- JSON: the key of an entry
    text   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, about)
) STRICT, WITHOUT ROWID;

-- The user's choices, JSON by name; and by `seen` and a person's id, the newest `change.n` the person has looked at.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests that left this computer, the newest of them; 'sent_in_all' counts them all. No path, no query, no token.
CREATE TABLE sent (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    host       TEXT NOT NULL,        -- with a port that is not the usual one
    why        TEXT NOT NULL,        -- discovery, registration, sign-in, renewal, records, …
    person     TEXT NOT NULL,        -- '': for nobody in particular
    connection TEXT NOT NULL,        -- its id; '': there was none yet
    status     INTEGER,              -- of the answer; NULL: there was none
    up         INTEGER NOT NULL,     -- bytes sent
    down       INTEGER NOT NULL      -- bytes received
) STRICT;

-- All requests by person, connection, host and purpose, those among them whose rows in 'sent' are gone.
CREATE TABLE sent_in_all (
    person     TEXT NOT NULL,
    connection TEXT NOT NULL,
    host       TEXT NOT NULL,
    why        TEXT NOT NULL,
    count      INTEGER NOT NULL,
    first      INTEGER NOT NULL,
    last       INTEGER NOT NULL,
    up         INTEGER NOT NULL,
    down       INTEGER NOT NULL,
    PRIMARY KEY (person, connection, host, why)
) STRICT, WITHOUT ROWID;

-- Answers that were handed to somebody beside the person, the newest of them; 'handed_in_all' counts them all. Nothing of what
-- was asked or said.
CREATE TABLE handed (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    person   TEXT NOT NULL,          -- whose record
    receiver TEXT NOT NULL,          -- of what sort: assistant
    whom     TEXT NOT NULL,          -- as it calls itself; '': it did not say
    what     TEXT NOT NULL,          -- which answer: an assistant's tool
    records  INTEGER NOT NULL        -- how many of them
) STRICT;

-- All of them by person, receiver and answer, those among them whose rows in 'handed' are gone.
CREATE TABLE handed_in_all (
    person   TEXT NOT NULL,
    receiver TEXT NOT NULL,
    whom     TEXT NOT NULL,
    what     TEXT NOT NULL,
    count    INTEGER NOT NULL,
    records  INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (person, receiver, whom, what)
) STRICT, WITHOUT ROWID;

-- ── Derived ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- Which reader and rules made the rows below. Another one, or no row: they are made anew on opening.
CREATE TABLE derived_by (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL
) STRICT;

-- With what a person's facts were last merged. No row: they have to be made anew.
CREATE TABLE merged (
    person  TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    zone    TEXT NOT NULL,           -- home zone
    listing TEXT NOT NULL            -- JSON: connections that were asked for allergies and answered
) STRICT, WITHOUT ROWID;

-- Entries that came or changed after their person's facts were last merged. Written in the transaction of the entry, so
-- that being killed in between loses nothing.
CREATE TABLE stale (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    before   ANY,                    -- packed: the entry as it was merged last; NULL: it was not
    day      INTEGER NOT NULL DEFAULT 0 -- when what it says was, yyyymmdd; 0: unknown. The newest are merged first
) STRICT;

-- What merging finds entries by: numbers that follow from what they say, of an entry as it was merged last. Other entries
-- may share a number by chance, so it is a reason to read one and no more.
CREATE TABLE found (
    number   INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    PRIMARY KEY (number, resource)
) STRICT, WITHOUT ROWID;

-- How many concepts of a person's entries hold both of two codes. Codes and their systems are hashed.
CREATE TABLE together (
    person INTEGER NOT NULL REFERENCES search_person (n) ON DELETE CASCADE,
    a      INTEGER NOT NULL,
    b      INTEGER NOT NULL,
    of_a   INTEGER NOT NULL,         -- the system
    of_b   INTEGER NOT NULL,
    bridge INTEGER NOT NULL,         -- they are taken to mean one thing
    count  INTEGER NOT NULL,
    PRIMARY KEY (person, a, b, of_a, of_b, bridge)
) STRICT, WITHOUT ROWID;

-- What entries learn from all the others of their connection: displays of a code, times of an element, types in a file.
CREATE TABLE counted (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    what       TEXT NOT NULL,        -- JSON: which code, element or file
    said       TEXT NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (connection, what, said)
) STRICT, WITHOUT ROWID;

-- The current version of a resource, read for people.
CREATE TABLE entry (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    version  INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    json     ANY NOT NULL DEFAULT '' -- packed
) STRICT;
CREATE INDEX entry_of_version ON entry (version);

-- One fact as a list needs it: narrow, because scans of an encrypted file are slow. What filters ask for stands in
-- the index, so that only the rows of a page are read.
CREATE TABLE fact (
    n       INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    person  TEXT NOT NULL REFERENCES person (id),
    listed  INTEGER NOT NULL,        -- its kind belongs on the timeline, and it is under nothing else
    sort    INTEGER NOT NULL,        -- yyyymmdd × 100000 + second of the day + 1; unknown parts and undated are 0
    kind    TEXT NOT NULL,
    title   TEXT NOT NULL,
    status  TEXT NOT NULL,           -- status group
    flagged INTEGER NOT NULL,        -- out of range, and not withdrawn
    until   INTEGER NOT NULL,        -- last day of a stay or course of several days, yyyymmdd; 0: none
    told    TEXT NOT NULL,           -- `connection.n` of everyone who tells it, between blanks: ' 2 5 '
    digest  BLOB NOT NULL,           -- of `row`, `fact_body.json` and what is searched: unchanged is not written again
    under   TEXT NOT NULL DEFAULT '', -- the fact it is shown under; '': it stands alone
    row     ANY NOT NULL DEFAULT ''  -- packed JSON: what a row shows
) STRICT;
CREATE INDEX fact_list ON fact (person, listed, sort, id, kind, status, flagged, told);
CREATE INDEX fact_kind ON fact (person, listed, kind, sort, id, status, flagged, told);
CREATE INDEX fact_title ON fact (person, kind, title, sort);
CREATE INDEX fact_period ON fact (person, until) WHERE until > 0;
CREATE INDEX fact_under ON fact (under, sort, title) WHERE under > '';

-- The whole fact: joins with their reasons, disagreements.
CREATE TABLE fact_body (
    fact INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    json ANY NOT NULL DEFAULT ''     -- packed
) STRICT;

-- Which fact an entry belongs to: exactly one.
CREATE TABLE fact_member (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    fact     INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE
) STRICT;
CREATE INDEX fact_member_of_fact ON fact_member (fact);

-- What decides under which fact another one is shown: what it lists and names, its visit, its minutes.
CREATE TABLE tie (
    fact INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    json ANY NOT NULL                -- packed
) STRICT;

-- Facts by what they are tied to, as `found`.
CREATE TABLE tied (
    number INTEGER NOT NULL,
    fact   INTEGER NOT NULL,
    PRIMARY KEY (number, fact)
) STRICT, WITHOUT ROWID;

-- What lists, charts and the first page read of a fact beside its row. Columns of `fact` stand here again, so that one
-- narrow index answers "the newest of each test" and "everything of this test". Kinds that have no
-- list have a row only where their members disagree.
CREATE TABLE fact_more (
    fact     INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    person   TEXT NOT NULL,
    kind     TEXT NOT NULL,
    thing    TEXT NOT NULL,          -- what makes two of them "the same test": see `wholechart_record::thing`
    sort     INTEGER NOT NULL,
    status   TEXT NOT NULL,
    disputed INTEGER NOT NULL,       -- its members disagree
    json     ANY NOT NULL DEFAULT '' -- packed: amounts, details, dated statements
) STRICT;
CREATE INDEX fact_more_of_thing ON fact_more (person, kind, thing, sort, status);
CREATE INDEX fact_more_disputed ON fact_more (person) WHERE disputed = 1;

-- Facts that are probably one; both are there for themselves.
CREATE TABLE likely (
    person TEXT NOT NULL REFERENCES person (id),
    one    TEXT NOT NULL,            -- `fact.id`, the smaller
    other  TEXT NOT NULL,            -- `fact.id`
    json   TEXT NOT NULL,            -- why, and an entry of each
    PRIMARY KEY (person, one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX likely_one ON likely (one);
CREATE INDEX likely_other ON likely (other);

-- Facts that have topics, by when they came, went, or changed in what a topic shows of them: the newest change has the
-- highest number, and each fact its last one. A fact that went keeps its row, so there are never more than there were
-- facts. What is read of topics is kept in memory by these numbers. Rows of `fact` and `fact_more` are never changed in
-- what is shown: they are written anew.
CREATE TABLE topic_change (
    fact INTEGER PRIMARY KEY,        -- `fact.n`
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX topic_change_at ON topic_change (at);

-- Where a person's providers disagree.
CREATE TABLE conflict (
    person TEXT NOT NULL REFERENCES person (id),
    id     TEXT NOT NULL,
    fact   INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE, -- the first it concerns; written with it
    json   TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_of_fact ON conflict (fact);

-- How many listed facts are alike in everything that is counted; the year is 0 for the undated.
CREATE TABLE tally (
    person  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    year    INTEGER NOT NULL,
    status  TEXT NOT NULL,
    flagged INTEGER NOT NULL,
    told    TEXT NOT NULL,
    facts   INTEGER NOT NULL,
    PRIMARY KEY (person, kind, year, status, flagged, told)
) STRICT, WITHOUT ROWID;

-- Each title once, with how many facts have it: a record of a hundred thousand facts has a few thousand.
CREATE TABLE title (
    n      INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    kind   TEXT NOT NULL,
    title  TEXT NOT NULL,
    facts  INTEGER NOT NULL,
    UNIQUE (person, kind, title)
) STRICT;

-- A number for each person that fits into a rowid of `search`. (Not derived, but of no use without it.)
CREATE TABLE search_person (
    n      INTEGER PRIMARY KEY,      -- 1 to 4095
    person TEXT NOT NULL UNIQUE REFERENCES person (id) ON DELETE CASCADE
) STRICT;

-- The rowid is `title.n`.
CREATE VIRTUAL TABLE search_title USING fts5 (
    title, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

-- Everything a fact's members say. The rowid is the person's number × 2^51 + yyyymmdd × 2^24 + `fact.n`: one person is
-- one range of it, and its newest facts are found first without sorting.
CREATE VIRTUAL TABLE search USING fts5 (
    title, value, people, notes, document,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Words of all persons, to mend a mistyped one by; what it is mended to must be found in the person's own range.
CREATE VIRTUAL TABLE search_word USING fts5vocab (search, row);

CREATE TRIGGER fact_comes AFTER INSERT ON fact BEGIN
    INSERT INTO title (person, kind, title, facts) VALUES (new.person, new.kind, new.title, 1)
    ON CONFLICT (person, kind, title) DO UPDATE SET facts = facts + 1;
    INSERT INTO tally (person, kind, year, status, flagged, told, facts)
    SELECT new.person, new.kind, new.sort / 1000000000, new.status, new.flagged, new.told, 1 WHERE new.listed
    ON CONFLICT (person, kind, year, status, flagged, told) DO UPDATE SET facts = facts + 1;
END;

CREATE TRIGGER fact_goes AFTER DELETE ON fact BEGIN
    DELETE FROM search WHERE rowid =
        ((SELECT n FROM search_person WHERE person = old.person) << 51) | ((old.sort / 100000) << 24) | old.n;
    UPDATE title SET facts = facts - 1 WHERE person = old.person AND kind = old.kind AND title = old.title;
    DELETE FROM title WHERE person = old.person AND kind = old.kind AND title = old.title AND facts = 0;
    UPDATE tally SET facts = facts - 1
    WHERE old.listed AND person = old.person AND kind = old.kind AND year = old.sort / 1000000000
        AND status = old.status AND flagged = old.flagged AND told = old.told;
    DELETE FROM tally
    WHERE old.listed AND person = old.person AND kind = old.kind AND year = old.sort / 1000000000
        AND status = old.status AND flagged = old.flagged AND told = old.told AND facts = 0;
END;

CREATE TRIGGER title_comes AFTER INSERT ON title BEGIN
    INSERT INTO search_title (rowid, title) VALUES (new.n, new.title);
END;

CREATE TRIGGER title_goes AFTER DELETE ON title BEGIN
    DELETE FROM search_title WHERE rowid = old.n;
END;

CREATE TRIGGER topic_fact_comes AFTER INSERT ON fact
WHEN new.kind IN ('problem', 'allergy', 'medicine', 'vaccine', 'procedure') BEGIN
    INSERT INTO topic_change (fact, at) VALUES (new.n, (SELECT coalesce(max(at), 0) + 1 FROM topic_change))
    ON CONFLICT (fact) DO UPDATE SET at = excluded.at;
END;

CREATE TRIGGER topic_fact_goes AFTER DELETE ON fact BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change) WHERE fact = old.n;
END;

-- How many are shown under it.
CREATE TRIGGER topic_held_comes AFTER INSERT ON fact WHEN new.under > '' BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT n FROM fact WHERE id = new.under);
END;

CREATE TRIGGER topic_held_goes AFTER DELETE ON fact WHEN old.under > '' BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT n FROM fact WHERE id = old.under);
END;

-- That it is probably the same as another.
CREATE TRIGGER topic_likely_comes AFTER INSERT ON likely BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact IN (SELECT n FROM fact WHERE id IN (new.one, new.other));
END;

CREATE TRIGGER topic_likely_goes AFTER DELETE ON likely BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact IN (SELECT n FROM fact WHERE id IN (old.one, old.other));
END;

-- Who tells it, when they last did, and who does no more.
CREATE TRIGGER topic_member_goes AFTER DELETE ON fact_member BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change) WHERE fact = old.fact;
END;

CREATE TRIGGER topic_version_comes AFTER INSERT ON version BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_comes AFTER INSERT ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_changes AFTER UPDATE ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_goes AFTER DELETE ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = old.resource);
END;

CREATE TRIGGER topic_missing_comes AFTER INSERT ON missing BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_missing_goes AFTER DELETE ON missing BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = old.resource);
END;
