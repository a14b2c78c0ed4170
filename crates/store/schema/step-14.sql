-- What is stored takes less room: versions are compressed with others of their type, derived rows with samples of such rows.

-- What versions are compressed with: resources of one type as a connection sent them first, one after the other. As much
-- a part of what was sent as `version`: never changed, and deleted with the connection only.
CREATE TABLE dictionary (
    n          INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL REFERENCES connection (n) ON DELETE CASCADE,
    type       TEXT NOT NULL,        -- resourceType as sent
    hash       TEXT NOT NULL,        -- SHA-256 (hex) of the bytes
    length     INTEGER NOT NULL,     -- bytes before compression
    bytes      BLOB NOT NULL,        -- zstd
    UNIQUE (connection, type)
) STRICT;
-- The dictionary that it is compressed with; NULL: none. No foreign key, which would look through all versions when a
-- connection goes, for want of an index: both go with it.
ALTER TABLE version ADD COLUMN dictionary INTEGER;

-- JSON of derived rows may be packed: a column of any type holds TEXT as before, or a BLOB.
ALTER TABLE entry RENAME COLUMN json TO older;
ALTER TABLE entry ADD COLUMN json ANY NOT NULL DEFAULT '';
UPDATE entry SET json = older;
ALTER TABLE entry DROP COLUMN older;

ALTER TABLE fact RENAME COLUMN row TO older;
ALTER TABLE fact ADD COLUMN row ANY NOT NULL DEFAULT '';
UPDATE fact SET row = older;
ALTER TABLE fact DROP COLUMN older;

ALTER TABLE fact_body RENAME COLUMN json TO older;
ALTER TABLE fact_body ADD COLUMN json ANY NOT NULL DEFAULT '';
UPDATE fact_body SET json = older;
ALTER TABLE fact_body DROP COLUMN older;

ALTER TABLE fact_more RENAME COLUMN json TO older;
ALTER TABLE fact_more ADD COLUMN json ANY NOT NULL DEFAULT '';
UPDATE fact_more SET json = older;
ALTER TABLE fact_more DROP COLUMN older;

-- So that they are packed, behind whoever reads.
DELETE FROM derived_by;
