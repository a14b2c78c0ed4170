-- Format 7: what was read from files, by what they hold.

-- Not derived with the entries. A row without text says that there was none to be read.
CREATE TABLE file_text (
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    hash       TEXT NOT NULL,        -- SHA-256 (hex) of the file
    reader     INTEGER NOT NULL,     -- which reader tried; a newer one tries again
    length     INTEGER NOT NULL,     -- bytes of the text before compression
    text       BLOB NOT NULL,        -- zstd
    PRIMARY KEY (connection, hash)
) STRICT, WITHOUT ROWID;
