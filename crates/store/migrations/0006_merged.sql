-- Format 5: merging only what changed, and what a person wishes done about disagreements.

-- Not derived. Entries go by what their sources call them, as in `decision`; the newest row that fits counts.
CREATE TABLE choice (
    n      INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    about  TEXT NOT NULL,            -- what the disagreement is about
    keys   TEXT NOT NULL,            -- JSON: the keys of the entries that disagree, sorted
    wish   TEXT NOT NULL,            -- ask, settled
    at     INTEGER NOT NULL,
    UNIQUE (person, about, keys)
) STRICT;

-- Derived with the facts: where providers disagree.
CREATE TABLE conflict (
    person TEXT NOT NULL REFERENCES person (id),
    id     TEXT NOT NULL,
    json   TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;

-- Entries that came or changed after their person's facts were last put together. Written in the transaction of the
-- entry, so that being killed in between loses nothing.
CREATE TABLE stale (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE
) STRICT;

-- With what a person's facts were last put together. No row: they have to be made anew.
CREATE TABLE merged (
    person  TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    zone    TEXT NOT NULL,           -- home zone
    listing TEXT NOT NULL            -- JSON: connections that were asked for allergies and answered
) STRICT, WITHOUT ROWID;

-- The facts are made anew after this step.
DELETE FROM derived_by;
