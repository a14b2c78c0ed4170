-- Format 5: each person has a colour of their own.
ALTER TABLE person ADD COLUMN colour INTEGER NOT NULL DEFAULT 0;  -- 0 to 7
