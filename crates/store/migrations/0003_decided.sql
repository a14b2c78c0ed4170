-- Format 3: what a person decided about what is the same, and what waits for an answer.

-- Not derived. Entries go by what their sources call them, so a decision outlives every row of `resource` and `fact`.
CREATE TABLE decision (
    person  TEXT NOT NULL REFERENCES person (id),
    a       TEXT NOT NULL,           -- JSON: the key of one entry, the smaller of both
    b       TEXT NOT NULL,           -- JSON: the key of the other
    verdict TEXT NOT NULL,           -- same, apart
    at      INTEGER NOT NULL,
    PRIMARY KEY (person, a, b)
) STRICT, WITHOUT ROWID;

-- Derived with the facts: "Same thing?"
CREATE TABLE question (
    person TEXT NOT NULL REFERENCES person (id),
    id     TEXT NOT NULL,
    json   TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
