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
    json     TEXT NOT NULL           -- amounts, details, dated statements
) STRICT;

CREATE INDEX fact_more_of_thing ON fact_more (person, kind, thing, sort, status);

CREATE INDEX fact_more_disputed ON fact_more (person) WHERE disputed = 1;

-- What a person wrote beside a record. Known by what its source calls it, so that it outlives re-syncing, rebuilding
-- and upgrading; it goes with its connection.
CREATE TABLE note (
    person TEXT NOT NULL REFERENCES person (id),
    about  TEXT NOT NULL,            -- JSON: the key of an entry
    text   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, about)
) STRICT, WITHOUT ROWID;
