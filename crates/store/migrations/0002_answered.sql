-- Format 2: what is needed to ask only for what changed, and to tell what a sync brought.
--
-- None of it is derived: it says what a provider's servers answered and cannot be made again from `version`.

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

-- What a run changed, one row a resource.
CREATE TABLE change (
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    what     TEXT NOT NULL,          -- new, corrected, withdrawn
    PRIMARY KEY (run, resource)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_of_resource ON change (resource);
