-- What is probably one is shown together instead of being asked about, a person may put a record under another topic, and answers
-- of forms and single findings are shown under what they belong to.

DROP TABLE question;

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

-- What a person put under another topic. Entries go by what their sources call them, as in `decision`; the newest row of
-- a fact's entries counts.
CREATE TABLE placed (
    person TEXT NOT NULL REFERENCES person (id),
    entry  TEXT NOT NULL,            -- JSON: the key of the entry
    beside TEXT,                     -- JSON: the key of an entry of that topic; NULL: it has a topic of its own
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, entry)
) STRICT, WITHOUT ROWID;

ALTER TABLE fact ADD COLUMN under TEXT NOT NULL DEFAULT ''; -- the fact it is shown under; '': it stands alone
CREATE INDEX fact_under ON fact (under, sort, title) WHERE under > '';

DELETE FROM derived_by;
