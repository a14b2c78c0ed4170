-- Answers of forms and single findings are shown under what they belong to.

ALTER TABLE fact ADD COLUMN under TEXT NOT NULL DEFAULT ''; -- the fact it is shown under; '': it stands alone
CREATE INDEX fact_under ON fact (under, sort, title) WHERE under > '';

DELETE FROM derived_by;
