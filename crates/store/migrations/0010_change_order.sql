-- Format 10: what runs changed, in the order in which it was noticed.

-- A run that was cut off is carried on under its number, so a run cannot say what came after a person had looked.
-- Numbers are never used again: what is new has a higher one than everything that was ever seen.
CREATE TABLE noticed (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    resource INTEGER NOT NULL REFERENCES resource (n) ON DELETE CASCADE,
    what     TEXT NOT NULL,          -- new, corrected, withdrawn
    UNIQUE (run, resource)
) STRICT;
INSERT INTO noticed (run, resource, what) SELECT run, resource, what FROM change ORDER BY run, resource;

-- What a person had seen was marked by the newest run.
UPDATE setting
SET value = (SELECT CAST(coalesce(max(c.n), 0) AS TEXT) FROM noticed c WHERE c.run <= CAST(setting.value AS INTEGER))
WHERE name LIKE 'seen %';

DROP TABLE change;
ALTER TABLE noticed RENAME TO change;
CREATE INDEX change_of_resource ON change (resource);
