-- Records about somebody else are set aside, and a person may let them in.

-- Resources that are about somebody else than the patient of their connection: kept as they were sent, and no entry is
-- made of them.
CREATE TABLE set_aside (
    resource INTEGER PRIMARY KEY REFERENCES resource (n) ON DELETE CASCADE,
    whose    TEXT NOT NULL           -- the subject as sent, such as `Patient/77`
) STRICT;

-- Whose records a person let in beside those of the connection's patient: a newborn in the mother's answer.
CREATE TABLE let_in (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    whose      TEXT NOT NULL,        -- as in `set_aside`
    PRIMARY KEY (connection, whose)
) STRICT, WITHOUT ROWID;
