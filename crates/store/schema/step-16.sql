-- What was sent where is written down.

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

-- What merging finds entries by are rows of the file, so a change reads what it may concern and not the whole life.
-- Facts are derived anew.
DELETE FROM derived_by;
DELETE FROM merged;

-- What an entry that waits was when it was merged last, packed; NULL: it was not.
ALTER TABLE stale ADD COLUMN before ANY;
-- When what it says was, yyyymmdd; 0: it does not say.
ALTER TABLE stale ADD COLUMN day INTEGER NOT NULL DEFAULT 0;

CREATE TABLE found (
    number   INTEGER NOT NULL,
    resource INTEGER NOT NULL,
    PRIMARY KEY (number, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE together (
    person INTEGER NOT NULL REFERENCES search_person (n) ON DELETE CASCADE,
    a      INTEGER NOT NULL,
    b      INTEGER NOT NULL,
    of_a   INTEGER NOT NULL,
    of_b   INTEGER NOT NULL,
    bridge INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (person, a, b, of_a, of_b, bridge)
) STRICT, WITHOUT ROWID;

CREATE TABLE counted (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    what       TEXT NOT NULL,
    said       TEXT NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (connection, what, said)
) STRICT, WITHOUT ROWID;

CREATE TABLE tie (
    fact INTEGER PRIMARY KEY REFERENCES fact (n) ON DELETE CASCADE,
    json ANY NOT NULL
) STRICT;

CREATE TABLE tied (
    number INTEGER NOT NULL,
    fact   INTEGER NOT NULL,
    PRIMARY KEY (number, fact)
) STRICT, WITHOUT ROWID;

DROP TABLE conflict;
CREATE TABLE conflict (
    person TEXT NOT NULL REFERENCES person (id),
    id     TEXT NOT NULL,
    fact   INTEGER NOT NULL REFERENCES fact (n) ON DELETE CASCADE,
    json   TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_of_fact ON conflict (fact);
