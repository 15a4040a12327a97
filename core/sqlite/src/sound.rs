//! Whether what stands in the rows can be read. The pages of a file may be whole and the bytes on them not: SQLite finds that only
//! where it uses those bytes itself.

use crate::error::store_error;
use rusqlite::Connection;
use rusqlite::types::Value;
use tasks_domain::id::TaskId;
use tasks_domain::operation::decode_changes;
use tasks_domain::register::{DecodeError, Kind, Registers};
use tasks_domain::task::Task;
use tasks_engine::store::StoreError;

/// Why a row of that table cannot be read, if it cannot. A list of tasks ends at one that cannot.
pub(crate) fn unsound(table: &str, names: &[String], values: &[Value]) -> Option<DecodeError> {
    let value = |name: &str| names.iter().position(|known| known == name).and_then(|at| values.get(at));
    let blob = |name: &str| match value(name) {
        Some(Value::Blob(bytes)) => Ok(bytes.as_slice()),
        _ => Err(DecodeError::new("a row", &format!("its {name} are no bytes"))),
    };
    let id = |name: &str| blob(name)?.try_into().map_err(|_| DecodeError::new("an id", &"not 16 bytes"));
    let read = || match table {
        "entity" if value("kind") == Some(&Value::Integer(Kind::TASK.0.into())) => {
            Task::decode(TaskId::from_reversed(id("rid")?), blob("registers")?).map(drop)
        }
        "entity" => id("rid").and(Registers::decode(blob("registers")?).map(drop)),
        "operation" => id("rid").and(id("device")).and(decode_changes(blob("changes")?).map(drop)),
        _ => Ok(()),
    };
    read().err()
}

/// What cannot be read in all rows of entities and of the log, one line each, and no more than so many lines; and whether the order of
/// the tasks has an entry for each.
pub(crate) fn look_through(connection: &Connection, most: usize) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for (table, key) in [("entity", "no"), ("operation", "seq")] {
        let sql = format!("SELECT * FROM {table} ORDER BY {key}");
        let mut statement = connection.prepare(&sql).map_err(store_error)?;
        let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(store_error)?;
        while let Some(row) = rows.next().map_err(store_error)? {
            let values: Vec<Value> =
                (0..names.len()).map(|at| row.get(at)).collect::<Result<_, _>>().map_err(store_error)?;
            if let Some(error) = unsound(table, &names, &values) {
                found.push(format!("row {} of {table}: {error}", shown(values.first())));
                if found.len() == most {
                    return Ok(found);
                }
            }
        }
    }
    // SQLite's own checks count the entries of whole indexes only, and this one is partial.
    let sql = "SELECT (SELECT count(*) FROM entity INDEXED BY entity_listing WHERE class IS NOT NULL), \
               (SELECT count(*) FROM entity NOT INDEXED WHERE class IS NOT NULL)";
    let counts = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
    let (entries, rows): (i64, i64) = counts.map_err(store_error)?;
    if entries != rows {
        found.push(format!("the order of the tasks has {entries} entries for {rows} rows"));
    }
    Ok(found)
}

fn shown(key: Option<&Value>) -> String {
    match key {
        Some(Value::Integer(key)) => key.to_string(),
        _ => "?".to_owned(),
    }
}
