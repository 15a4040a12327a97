-- Whose rows these are. `hlc` is the greatest hybrid time issued or seen, packed.
CREATE TABLE account (
    no  INTEGER PRIMARY KEY,
    id  BLOB NOT NULL UNIQUE,
    hlc INTEGER NOT NULL DEFAULT 0,
    -- Number of the newest event, whether or not that is still there.
    events INTEGER NOT NULL DEFAULT 0
);

-- The state of every entity of every kind, known or not: its registers, encoded by tasks-domain. The columns after `registers`
-- are indexes made from them, for tasks only (`due_sort` for reminders too). `rid` is the id with its bytes reversed, the order in which ids are printed.
CREATE TABLE entity (
    no              INTEGER PRIMARY KEY,
    account         INTEGER NOT NULL,
    kind            INTEGER NOT NULL,
    rid             BLOB NOT NULL,
    registers       BLOB NOT NULL,
    class           INTEGER,
    due_sort        INTEGER,
    importance      INTEGER,
    -- Short number; stays with an ended task until another takes it.
    number          INTEGER,
    -- Unix milliseconds since when the number is free for others.
    number_freed_at INTEGER,
    UNIQUE (account, kind, rid)
);
CREATE INDEX entity_listing ON entity (account, class, due_sort, importance, no) WHERE class IS NOT NULL;
-- When reminders have something to do: their `due_sort` is Unix milliseconds (or a number beyond all times for those that wait for
-- something else), and absent for those that wait for nothing.
CREATE INDEX entity_alarm ON entity (account, due_sort) WHERE kind = 4 AND due_sort IS NOT NULL;
CREATE UNIQUE INDEX entity_number ON entity (account, number) WHERE number IS NOT NULL;
-- In the order in which numbers are given out again; holds freed ones only.
CREATE INDEX entity_free_number ON entity (account, number, number_freed_at) WHERE number_freed_at IS NOT NULL;

-- Which entities name another: a task as what it is a part of (`kind` 1), as what must end first (2), as the rule that made it (3,
-- while it is live 6, too); a reminder its task (4), a row of the ledger its reminder (5). `task` is the `no` of the one that names.
CREATE TABLE link (
    account INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    target  BLOB NOT NULL,
    task    INTEGER NOT NULL,
    PRIMARY KEY (account, kind, target, task)
) WITHOUT ROWID;

-- By which words, tags and projects a task is found: tasks-domain says which. `rowid` is the task's `no`. A blank parts two terms,
-- everything else is a part of one.
CREATE VIRTUAL TABLE term USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '!#$%&''*+-./:;<=>?@[\]^_`{|}~'"
);

-- The terms themselves.
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (term, row);

-- The operation log. `changes` has each register written with what it replaced, encoded by tasks-domain.
CREATE TABLE operation (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL,
    rid        BLOB NOT NULL,
    device     BLOB NOT NULL,
    hlc        INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    reason     INTEGER NOT NULL,
    target     BLOB,
    command    TEXT NOT NULL,
    confidence REAL,
    count      INTEGER NOT NULL,
    changes    BLOB NOT NULL,
    UNIQUE (account, rid)
);

-- An account's log in its order: every index of SQLite ends with the row's number, which is `seq`.
CREATE INDEX operation_log ON operation (account);
-- Every register has the stamp of the operation that wrote it: the way from a task to its history.
CREATE INDEX operation_stamp ON operation (account, hlc);

-- The outbox: what happened, for feeds and hooks. Numbered without gaps in each account; only the oldest ever go.
CREATE TABLE event (
    account   INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    id        BLOB NOT NULL,
    type      TEXT NOT NULL,
    task      BLOB NOT NULL,
    operation BLOB NOT NULL,
    at_ms     INTEGER NOT NULL,
    hlc       INTEGER NOT NULL,
    -- Of the reminder, for what happened to one.
    reminder  BLOB,
    PRIMARY KEY (account, seq)
) WITHOUT ROWID;

-- Facts about this replica: its device, and what ties the device to this machine and file.
CREATE TABLE replica (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
