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
