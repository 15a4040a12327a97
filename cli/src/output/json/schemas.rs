//! The JSON Schemas in `docs/schemas/v1`, made from the structs that are written, so that neither can change without the other.

use super::again::{ComingDoc, RulesDoc};
use super::doctor::DoctorDoc;
use super::event::EventDoc;
use super::history::HistoryDoc;
use super::hook::RunDoc;
use super::looking::{FoundDoc, NextDoc, ProjectsDoc, TagsDoc};
use super::operation::OperationDoc;
use super::reading::ReadingDoc;
use super::reminder::{LedgersDoc, ReminderDoc, RemindersDoc};
use super::report::{CalendarDoc, StatsDoc};
use super::rules::PreviewDoc;
use super::settings::SettingsDoc;
use super::status::{LinesDoc, SaidDoc, StatusDoc};
use super::talk::{ConversationRecordDoc, ConversationsDoc, TurnDoc};
use super::task::TaskDoc;
use super::transfer::{ExportDoc, ExportedDoc, ImportedDoc, RecordDoc};
use super::views::{ContextDoc, ViewsDoc};
use super::{CountDoc, ErrorDoc, LogDoc, TakenBackDoc, TasksDoc, WrittenDoc};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every document and every object that stands alone in a stream.
fn all() -> BTreeMap<&'static str, Schema> {
    fn of<T: JsonSchema>() -> Schema {
        // As it is written: what has no value is null, so every key is there.
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
    }
    BTreeMap::from([
        ("calendar", of::<CalendarDoc<'_>>()),
        ("coming", of::<ComingDoc<'_>>()),
        ("context", of::<ContextDoc<'_>>()),
        ("count", of::<CountDoc>()),
        ("doctor", of::<DoctorDoc<'_>>()),
        ("error", of::<ErrorDoc<'_>>()),
        ("event", of::<EventDoc<'_>>()),
        ("export", of::<ExportDoc<'_>>()),
        ("exported", of::<ExportedDoc<'_>>()),
        ("found", of::<FoundDoc<'_>>()),
        ("history", of::<HistoryDoc<'_>>()),
        ("imported", of::<ImportedDoc<'_>>()),
        ("lines", of::<LinesDoc<'_>>()),
        ("log", of::<LogDoc<'_>>()),
        ("next", of::<NextDoc<'_>>()),
        ("operation", of::<OperationDoc<'_>>()),
        ("preview", of::<PreviewDoc>()),
        ("projects", of::<ProjectsDoc<'_>>()),
        ("reading", of::<ReadingDoc<'_>>()),
        ("ledgers", of::<LedgersDoc<'_>>()),
        ("record", of::<RecordDoc>()),
        ("reminder", of::<ReminderDoc<'_>>()),
        ("reminders", of::<RemindersDoc<'_>>()),
        ("rules", of::<RulesDoc<'_>>()),
        ("run", of::<RunDoc<'_>>()),
        ("said", of::<SaidDoc<'_>>()),
        ("settings", of::<SettingsDoc<'_>>()),
        ("stats", of::<StatsDoc<'_>>()),
        ("status", of::<StatusDoc<'_>>()),
        ("tags", of::<TagsDoc<'_>>()),
        ("taken_back", of::<TakenBackDoc<'_>>()),
        ("task", of::<TaskDoc<'_>>()),
        ("tasks", of::<TasksDoc<'_>>()),
        ("views", of::<ViewsDoc<'_>>()),
        ("turn", of::<TurnDoc<'_>>()),
        ("conversations", of::<ConversationsDoc<'_>>()),
        ("conversation", of::<ConversationRecordDoc<'_>>()),
        ("written", of::<WrittenDoc<'_>>()),
    ])
}

/// The words for kinds of failures.
pub(super) fn error_kinds() -> Value {
    use tasks_domain::error::ErrorKind::{
        Ambiguous, Failed, NotAllowed, NotFound, Refused, TimedOut, Unavailable, Usage,
    };
    let kinds = [Failed, Usage, NotFound, Ambiguous, Refused, NotAllowed, Unavailable, TimedOut];
    kinds.map(tasks_domain::error::ErrorKind::as_str).as_slice().into()
}

/// The schema as it is published: objects are closed and all their keys required, names are those of the contract.
fn published(name: &str, schema: Schema) -> Value {
    let mut value = schema.to_value();
    tidy(&mut value);
    if let Some(object) = value.as_object_mut() {
        object.insert("title".to_owned(), name.into());
    }
    value
}

fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(tidy);
            close(object);
            if let Some(Value::Object(parts)) = object.get_mut("$defs") {
                *parts = std::mem::take(parts).into_iter().map(|(name, part)| (called(&name), part)).collect();
            }
            if let Some(Value::String(target)) = object.get_mut("$ref") {
                *target = target
                    .strip_prefix("#/$defs/")
                    .map_or_else(|| target.clone(), |name| format!("#/$defs/{}", called(name)));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn close(object: &mut Map<String, Value>) {
    let Some(Value::Object(keys)) = object.get("properties") else { return };
    let keys: Vec<Value> = keys.keys().map(|key| key.as_str().into()).collect();
    let required = object.get("required").and_then(Value::as_array).map_or(0, Vec::len);
    assert_eq!(required, keys.len(), "a key may be missing: {object:?}");
    object.insert("additionalProperties".to_owned(), false.into());
}

/// `TaskDoc` is `task`.
fn called(name: &str) -> String {
    let name = name.strip_suffix("Doc").unwrap_or(name);
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas/v1")
}

#[test]
fn the_committed_schemas_are_those_of_the_answers() {
    let update = std::env::var_os("UPDATE_SCHEMAS").is_some();
    let mut names = Vec::new();
    for (name, schema) in all() {
        let text = serde_json::to_string_pretty(&published(name, schema)).unwrap() + "\n";
        let path = folder().join(format!("{name}.json"));
        names.push(path.file_name().unwrap().to_owned());
        if update {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, text).unwrap();
            continue;
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{name}.json is out of date: run UPDATE_SCHEMAS=1 cargo test -p tasks --lib schemas"
        );
    }
    for file in std::fs::read_dir(folder()).unwrap() {
        let file = file.unwrap();
        if update && !names.contains(&file.file_name()) {
            std::fs::remove_file(file.path()).unwrap();
        } else {
            assert!(names.contains(&file.file_name()), "{:?} is no document's schema", file.file_name());
        }
    }
}

#[test]
fn every_schema_is_told_of_in_the_documentation() {
    let told = std::fs::read_to_string(folder().join("../../json.md")).unwrap();
    for name in all().keys() {
        assert!(told.contains(&format!("(schemas/v1/{name}.json)")), "docs/json.md does not name {name}.json");
    }
}

#[test]
fn every_struct_that_is_written_has_a_schema() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/output/json");
    for file in std::fs::read_dir(sources).unwrap() {
        let path = file.unwrap().path();
        if path.ends_with("schemas.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text: String = text.lines().map(|line| format!("{}\n", line.trim_start())).collect();
        let written = text.matches("derive(Serialize)]\n").count();
        let described = text.matches("derive(Serialize)]\n#[cfg_attr(test, derive(schemars::JsonSchema))]\n").count();
        let file = path.display();
        assert_eq!(
            written, described,
            "{file}: below derive(Serialize) goes #[cfg_attr(test, derive(schemars::JsonSchema))]"
        );
    }
}
