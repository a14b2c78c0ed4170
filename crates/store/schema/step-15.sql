-- Documents are cut into entries, and an import can be undone.

-- The import that a run is part of: the id of its first run. NULL: a sync, or an import before there was this column.
ALTER TABLE run ADD COLUMN import INTEGER;

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
