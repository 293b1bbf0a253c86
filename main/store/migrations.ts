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
];
