-- What is read of topics is kept in memory, and facts that changed since are found by a number.

-- Facts that have topics, by when they came, went, or changed in what a topic shows of them: the newest change has the
-- highest number, and each fact its last one. A fact that went keeps its row, so there are never more than there were
-- facts. What is read of topics is kept in memory by these numbers. Rows of `fact` and `fact_more` are never changed in
-- what is shown: they are written anew.
CREATE TABLE topic_change (
    fact INTEGER PRIMARY KEY,        -- `fact.n`
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX topic_change_at ON topic_change (at);

INSERT INTO topic_change (fact, at)
SELECT n, 1 FROM fact WHERE kind IN ('problem', 'allergy', 'medicine', 'vaccine', 'procedure');

CREATE TRIGGER topic_fact_comes AFTER INSERT ON fact
WHEN new.kind IN ('problem', 'allergy', 'medicine', 'vaccine', 'procedure') BEGIN
    INSERT INTO topic_change (fact, at) VALUES (new.n, (SELECT coalesce(max(at), 0) + 1 FROM topic_change))
    ON CONFLICT (fact) DO UPDATE SET at = excluded.at;
END;

CREATE TRIGGER topic_fact_goes AFTER DELETE ON fact BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change) WHERE fact = old.n;
END;

-- How many are shown under it.
CREATE TRIGGER topic_held_comes AFTER INSERT ON fact WHEN new.under > '' BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT n FROM fact WHERE id = new.under);
END;

CREATE TRIGGER topic_held_goes AFTER DELETE ON fact WHEN old.under > '' BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT n FROM fact WHERE id = old.under);
END;

-- That it is probably the same as another.
CREATE TRIGGER topic_likely_comes AFTER INSERT ON likely BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact IN (SELECT n FROM fact WHERE id IN (new.one, new.other));
END;

CREATE TRIGGER topic_likely_goes AFTER DELETE ON likely BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact IN (SELECT n FROM fact WHERE id IN (old.one, old.other));
END;

-- Who tells it, when they last did, and who does no more.
CREATE TRIGGER topic_member_goes AFTER DELETE ON fact_member BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change) WHERE fact = old.fact;
END;

CREATE TRIGGER topic_version_comes AFTER INSERT ON version BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_comes AFTER INSERT ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_changes AFTER UPDATE ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_told_goes AFTER DELETE ON told BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = old.resource);
END;

CREATE TRIGGER topic_missing_comes AFTER INSERT ON missing BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = new.resource);
END;

CREATE TRIGGER topic_missing_goes AFTER DELETE ON missing BEGIN
    UPDATE topic_change SET at = (SELECT max(at) + 1 FROM topic_change)
    WHERE fact = (SELECT fact FROM fact_member WHERE resource = old.resource);
END;
