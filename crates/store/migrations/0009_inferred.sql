-- Format 9: how the release of a resource was found where no server said it.

-- Not derived: it says what the resource was read as, and why. No row: the server, or the person, said so.
CREATE TABLE inferred (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    how      TEXT NOT NULL           -- JSON: what in the resource said so, or that others of the same files did
) STRICT;
