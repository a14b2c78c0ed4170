-- What was handed out of the record is written down.

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
