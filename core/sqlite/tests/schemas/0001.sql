CREATE TABLE account (
    no  INTEGER PRIMARY KEY,
    id  BLOB NOT NULL UNIQUE,
    hlc INTEGER NOT NULL DEFAULT 0,
    -- Number of the newest event, whether or not that is still there.
    events INTEGER NOT NULL DEFAULT 0
);
INSERT INTO account VALUES (1, x'00000000000000000000000000000000', 117659271168000000, 1);
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
INSERT INTO entity VALUES (1, 1, 1, x'01010101010101010101010101010101', x'0101808080b4bdcf80d10101010101010101010101010101010101030100047472756500020008227461736b2031220012000d3137393533333830303030303000', 0, 9223372036854775807, -1, 1, NULL);
CREATE INDEX entity_listing ON entity (account, class, due_sort, importance, no) WHERE class IS NOT NULL;
CREATE INDEX entity_alarm ON entity (account, due_sort) WHERE kind = 4 AND due_sort IS NOT NULL;
CREATE UNIQUE INDEX entity_number ON entity (account, number) WHERE number IS NOT NULL;
CREATE INDEX entity_free_number ON entity (account, number, number_freed_at) WHERE number_freed_at IS NOT NULL;
CREATE TABLE link (
    account INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    target  BLOB NOT NULL,
    task    INTEGER NOT NULL,
    PRIMARY KEY (account, kind, target, task)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE term USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '!#$%&''*+-./:;<=>?@[\]^_`{|}~'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (term, row);
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
INSERT INTO operation VALUES (1, 1, x'01010101010101010101010101010101', x'01010101010101010101010101010101', 117659271168000000, 1795338000000, 0, NULL, 'add 1', 0.8500000238418579, 3, x'0101010101010101010101010101010101010101808080b4bdcf80d1010101010101010101010101010101010103000100047472756500000012000d31373935333338303030303030000000020008227461736b2031220000');
CREATE INDEX operation_log ON operation (account);
CREATE INDEX operation_stamp ON operation (account, hlc);
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
INSERT INTO event VALUES (1, 1, x'9473898257a553ba90ce442f77bd16a4', 'task.created', x'01010101010101010101010101010101', x'01010101010101010101010101010101', 1795338000000, 117659271168000000, NULL);
CREATE TABLE replica (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO replica VALUES ('device', x'01010101010101010101010101010101');
INSERT INTO replica VALUES ('identity', x'6d616368696e65');
PRAGMA user_version = 1;
