-- Format 4: searching, and lists that are filtered and counted without reading whole rows.
--
-- Everything here is derived but `search_person`, which only gives a person a number that fits into a rowid. The
-- facts are made anew after this step.

DROP TABLE fact_source;
DROP TABLE fact;
DELETE FROM derived_by;

-- One fact as a list needs it: narrow, because scans of an encrypted file are slow. What filters ask for stands in
-- the index, so that only the rows of a page are read.
CREATE TABLE fact (
    n       INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    person  TEXT NOT NULL REFERENCES person (id),
    listed  INTEGER NOT NULL,        -- its kind belongs on the timeline
    sort    INTEGER NOT NULL,        -- yyyymmdd × 100000 + second of the day + 1; unknown parts and undated are 0
    kind    TEXT NOT NULL,
    title   TEXT NOT NULL,
    status  TEXT NOT NULL,           -- status group
    flagged INTEGER NOT NULL,        -- out of range, and not withdrawn
    until   INTEGER NOT NULL,        -- last day of a stay or course of several days, yyyymmdd; 0: none
    told    TEXT NOT NULL,           -- `connection.n` of everyone who tells it, between blanks: ' 2 5 '
    digest  BLOB NOT NULL,           -- of `row`, `fact_body.json` and what is searched: unchanged is not written again
    row     TEXT NOT NULL            -- JSON: what a row shows
) STRICT;
CREATE INDEX fact_list ON fact (person, listed, sort, id, kind, status, flagged, told);
CREATE INDEX fact_kind ON fact (person, listed, kind, sort, id, status, flagged, told);
CREATE INDEX fact_title ON fact (person, kind, title, sort);
CREATE INDEX fact_period ON fact (person, until) WHERE until > 0;

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
