/**
 * Ordered, frozen SQL. A step is never changed once released; a new need is a new step at the end.
 * `PRAGMA user_version` holds how many steps a database has taken.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- A form exactly as it was sat, stored once however often it is sat.
  CREATE TABLE form_edition (
    hash TEXT PRIMARY KEY,
    content TEXT NOT NULL CHECK (json_valid(content))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sitting (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    edition_hash TEXT NOT NULL REFERENCES form_edition (hash),
    pack_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    started_at INTEGER NOT NULL
  ) STRICT;

  -- The journal. sitting_no stands for the sitting's id, to keep an answer small.
  CREATE TABLE sitting_event (
    sitting_no INTEGER NOT NULL REFERENCES sitting (no),
    seq INTEGER NOT NULL CHECK (seq > 0),
    request_id TEXT,
    elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    PRIMARY KEY (sitting_no, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE UNIQUE INDEX sitting_event_request ON sitting_event (request_id) WHERE request_id IS NOT NULL;

  CREATE TRIGGER sitting_event_no_update BEFORE UPDATE ON sitting_event
  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER sitting_event_no_delete BEFORE DELETE ON sitting_event
  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER sitting_event_in_order BEFORE INSERT ON sitting_event
  WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM sitting_event WHERE sitting_no = NEW.sitting_no), 0)
  BEGIN SELECT RAISE (ABORT, 'the journal has no gaps'); END;

  -- How far the clock had run when last heard, for the time between two events. The journal learns it when the
  -- sitting is resumed; the row goes when the sitting ends.
  CREATE TABLE heartbeat (
    sitting_no INTEGER PRIMARY KEY REFERENCES sitting (no),
    -- The event it follows; once a later event stands in the journal it says nothing any more.
    seq INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
    at INTEGER NOT NULL,
    left_hall INTEGER NOT NULL CHECK (left_hall IN (0, 1))
  ) STRICT;

  -- One row per finished sitting, written with its last event. Everything but the seal can be computed again from
  -- the journal; it stands here for the lists.
  CREATE TABLE result (
    sitting_no INTEGER PRIMARY KEY REFERENCES sitting (no),
    finished_at INTEGER NOT NULL,
    cause TEXT NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    points INTEGER,
    scored INTEGER NOT NULL,
    seal TEXT NOT NULL
  ) STRICT;
  CREATE INDEX result_finished_at ON result (finished_at);
  `,
  `
  -- CRC-32 over the sitting's row and every event up to this one: damage to a sitting that has no seal yet is noticed.
  -- NULL in events of older programs; the next event covers them.
  ALTER TABLE sitting_event ADD COLUMN crc INTEGER;
  -- CRC-32 over the row.
  ALTER TABLE heartbeat ADD COLUMN crc INTEGER;

  -- What the lists show of a form and of a sitting's settings, so that they need not read every form's text.
  ALTER TABLE form_edition ADD COLUMN exam_code TEXT NOT NULL DEFAULT '';
  ALTER TABLE form_edition ADD COLUMN title TEXT NOT NULL DEFAULT '';
  ALTER TABLE form_edition ADD COLUMN line_percent INTEGER NOT NULL DEFAULT 0;
  UPDATE form_edition SET exam_code = content ->> '$.pack.exam.code', title = content ->> '$.form.title',
    line_percent = content ->> '$.blueprint.line.percent';
  ALTER TABLE sitting ADD COLUMN time_factor REAL;
  UPDATE sitting SET time_factor =
    (SELECT payload ->> '$.settings.timeFactor' FROM sitting_event WHERE sitting_no = sitting.no AND seq = 1);
  `,
  `
  -- Sittings that the lists leave out, until they are put back.
  CREATE TABLE deleted_sitting (
    sitting_no INTEGER PRIMARY KEY REFERENCES sitting (no),
    at INTEGER NOT NULL
  ) STRICT;
  -- When a sitting came from the export of another history; NULL for one that was sat here.
  ALTER TABLE sitting ADD COLUMN imported_at INTEGER;

  -- Items by pack, numbered to keep the rows below small.
  CREATE TABLE item (
    no INTEGER PRIMARY KEY,
    pack_id TEXT NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (pack_id, id)
  ) STRICT;

  -- What came of the items and areas of each finished sitting: computed from the journal, and again where it is missing.
  CREATE TABLE item_outcome (
    sitting_no INTEGER NOT NULL REFERENCES sitting (no),
    number INTEGER NOT NULL CHECK (number > 0),
    item_no INTEGER NOT NULL REFERENCES item (no),
    seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
    scored INTEGER NOT NULL CHECK (scored IN (0, 1)),
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    slow INTEGER NOT NULL CHECK (slow IN (0, 1)),
    key_struck INTEGER NOT NULL CHECK (key_struck IN (0, 1)),
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    time_ms INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (sitting_no, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX item_outcome_item ON item_outcome (item_no);
  CREATE TABLE area_outcome (
    sitting_no INTEGER NOT NULL REFERENCES sitting (no),
    outline TEXT NOT NULL CHECK (outline IN ('current', 'classic')),
    area TEXT NOT NULL,
    scored INTEGER NOT NULL CHECK (scored >= 0),
    points INTEGER NOT NULL CHECK (points BETWEEN 0 AND scored),
    PRIMARY KEY (sitting_no, outline, area)
  ) STRICT, WITHOUT ROWID;
  -- 0 not yet computed, 1 computed, 2 the record cannot be read.
  ALTER TABLE result ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1, 2));
  CREATE INDEX result_not_counted ON result (sitting_no) WHERE counted = 0;

  -- Sums over the sittings, kept by the triggers, so that they need not be added up anew for ten thousand of them.
  CREATE TABLE area_total (
    exam_code TEXT NOT NULL,
    outline TEXT NOT NULL,
    area TEXT NOT NULL,
    sittings INTEGER NOT NULL,
    scored INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (exam_code, outline, area)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER area_outcome_added AFTER INSERT ON area_outcome
  BEGIN
    INSERT INTO area_total
    SELECT exam_code, NEW.outline, NEW.area, 1, NEW.scored, NEW.points
    FROM sitting JOIN form_edition ON form_edition.hash = edition_hash WHERE sitting.no = NEW.sitting_no
    ON CONFLICT DO UPDATE SET
      sittings = sittings + 1, scored = scored + excluded.scored, points = points + excluded.points;
  END;
  CREATE TRIGGER area_outcome_removed AFTER DELETE ON area_outcome
  BEGIN
    UPDATE area_total SET sittings = sittings - 1, scored = scored - OLD.scored, points = points - OLD.points
    WHERE outline = OLD.outline AND area = OLD.area AND exam_code =
      (SELECT exam_code FROM sitting JOIN form_edition ON form_edition.hash = edition_hash WHERE sitting.no = OLD.sitting_no);
  END;

  -- Why a question was missed, as the candidate sees it on going through a sitting.
  CREATE TABLE miss_mark (
    sitting_no INTEGER NOT NULL REFERENCES sitting (no),
    number INTEGER NOT NULL CHECK (number > 0),
    tags TEXT NOT NULL CHECK (json_valid(tags)),
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (sitting_no, number)
  ) STRICT, WITHOUT ROWID;

  -- Practice: sets of items, answered one by one with the key shown after each. Apart from exam results.
  CREATE TABLE practice (
    no INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pack_id TEXT NOT NULL,
    exam_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The area practised, where it is one.
    area TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Item ids in the order they are asked.
    items TEXT NOT NULL CHECK (json_valid(items))
  ) STRICT;
  CREATE INDEX practice_started_at ON practice (started_at);
  CREATE TABLE practice_answer (
    practice_no INTEGER NOT NULL REFERENCES practice (no),
    position INTEGER NOT NULL CHECK (position > 0),
    item_no INTEGER NOT NULL REFERENCES item (no),
    at INTEGER NOT NULL,
    response TEXT NOT NULL CHECK (json_valid(response)),
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    time_ms INTEGER NOT NULL CHECK (time_ms >= 0),
    PRIMARY KEY (practice_no, position)
  ) STRICT, WITHOUT ROWID;
  -- When an item is to come again, and the memory model's state of it.
  CREATE TABLE review_card (
    item_no INTEGER PRIMARY KEY REFERENCES item (no),
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (json_valid(state))
  ) STRICT;
  CREATE INDEX review_card_due ON review_card (due_at);

  -- The way to an exam date; days as YYYY-MM-DD.
  CREATE TABLE study_plan (
    exam_code TEXT PRIMARY KEY,
    begins_on TEXT NOT NULL,
    exam_on TEXT NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings))
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How many finished sittings of each form there are and how many of them scored, those that are deleted left out; kept by
  -- the triggers, so that the lists need not count ten thousand of them.
  CREATE TABLE form_total (
    edition_hash TEXT NOT NULL REFERENCES form_edition (hash) ON DELETE CASCADE,
    pack_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    sittings INTEGER NOT NULL,
    scored INTEGER NOT NULL,
    PRIMARY KEY (edition_hash, pack_id, form_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO form_total
  SELECT edition_hash, pack_id, form_id, count(*), count(points) FROM result JOIN sitting ON sitting.no = sitting_no
  WHERE sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting) GROUP BY edition_hash, pack_id, form_id;

  CREATE TRIGGER result_added AFTER INSERT ON result
  WHEN NOT EXISTS (SELECT 1 FROM deleted_sitting WHERE sitting_no = NEW.sitting_no)
  BEGIN
    INSERT INTO form_total
    SELECT edition_hash, pack_id, form_id, 1, NEW.points IS NOT NULL FROM sitting WHERE no = NEW.sitting_no
    ON CONFLICT DO UPDATE SET sittings = sittings + 1, scored = scored + excluded.scored;
  END;
  CREATE TRIGGER result_removed AFTER DELETE ON result
  WHEN NOT EXISTS (SELECT 1 FROM deleted_sitting WHERE sitting_no = OLD.sitting_no)
  BEGIN
    UPDATE form_total SET sittings = sittings - 1, scored = scored - (OLD.points IS NOT NULL)
    WHERE (edition_hash, pack_id, form_id) = (SELECT edition_hash, pack_id, form_id FROM sitting WHERE no = OLD.sitting_no);
  END;
  CREATE TRIGGER deleted_sitting_added AFTER INSERT ON deleted_sitting
  BEGIN
    UPDATE form_total SET sittings = sittings - 1,
      scored = form_total.scored - (SELECT points IS NOT NULL FROM result WHERE sitting_no = NEW.sitting_no)
    WHERE (edition_hash, pack_id, form_id) =
      (SELECT edition_hash, pack_id, form_id FROM sitting JOIN result ON sitting_no = no WHERE no = NEW.sitting_no);
  END;
  CREATE TRIGGER deleted_sitting_removed AFTER DELETE ON deleted_sitting
  BEGIN
    INSERT INTO form_total
    SELECT edition_hash, pack_id, form_id, 1, points IS NOT NULL
    FROM result JOIN sitting ON sitting.no = sitting_no WHERE sitting_no = OLD.sitting_no
    ON CONFLICT DO UPDATE SET sittings = sittings + 1, scored = scored + excluded.scored;
  END;
  `,
];
