//! What a person sets: the settings file, saved views and the context.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use tasks_tests::{Home, Ran};

fn file(home: &Home) -> PathBuf {
    home.path.join("config.toml")
}

fn write(home: &Home, text: &str) {
    std::fs::create_dir_all(&home.path).unwrap();
    std::fs::write(file(home), text).unwrap();
}

/// Runs `tasks` with variables besides the usual ones.
fn with(home: &Home, variables: &[(&str, &str)], words: &[&str]) -> Ran {
    ran(home.command(words).envs(variables.iter().copied()))
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn due(home: &Home, words: &[&str]) -> String {
    home.run(words).json()["tasks"][0]["due"].to_string()
}

#[test]
fn what_is_set_of_the_language_decides_what_the_daemon_reads() {
    let home = Home::new();
    assert!(due(&home, &["add", "--json", "a 3/12"]).contains("2026-12-03"));
    write(
        &home,
        "[language]\nweek_start = 'sunday'\ndate_order = 'month-first'\n[language.day_parts]\nevening = '18:30'\n",
    );
    assert!(due(&home, &["add", "--json", "b 12/3"]).contains("2026-12-03"));
    assert!(due(&home, &["add", "--json", "c tomorrow evening"]).contains("2026-11-23T18:30:00+01:00"));
    let read = home.run(&["parse", "--json", "d tomorrow evening"]).json();
    assert!(read["due"].to_string().contains("18:30"), "the same words mean the same without a daemon");
}

#[test]
fn a_flag_goes_before_a_variable_that_before_the_file_that_before_the_default() {
    let home = Home::new();
    for n in 0..4 {
        home.run(&["add", &format!("task {n}")]).ok();
    }
    let count = |ran: Ran| ran.json()["tasks"].as_array().unwrap().len();
    write(&home, "list.limit = 3\n");
    assert_eq!(count(home.run(&["list", "--json"])), 3);
    assert_eq!(count(with(&home, &[("TASKS_LIST_LIMIT", "2")], &["list", "--json"])), 2);
    assert_eq!(count(with(&home, &[("TASKS_LIST_LIMIT", "2")], &["list", "--json", "--limit", "1"])), 1);
    let listed = with(&home, &[("TASKS_AGENDA_DAYS", "3")], &["config", "list"]).ok();
    let line = |name: &str| listed.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(line("list.limit = 3 ").ends_with("# config.toml:1, default 50"), "{listed}");
    assert!(line("agenda.days = 3 ").ends_with("# TASKS_AGENDA_DAYS, default 7"), "{listed}");
    assert!(line("output.theme = \"auto\" ").ends_with("# default"), "{listed}");
    // What is listed is a settings file.
    write(&home, &listed);
    assert_eq!(home.run(&["config", "get", "list.limit"]).ok(), "3\n");
}

#[test]
fn settings_are_changed_in_the_file_and_its_comments_stay() {
    let home = Home::new();
    write(&home, "# mine\n[list]\nlimit = 9 # few\n");
    std::fs::set_permissions(file(&home), std::fs::Permissions::from_mode(0o640)).unwrap();
    let said = home.run(&["config", "set", "list.limit", "12"]);
    assert!(said.stdout.contains("Set list.limit = 12 (was 9)"), "{said:?}");
    assert!(said.stderr.contains("undo: tasks config set list.limit 9"), "{said:?}");
    assert_eq!(std::fs::read_to_string(file(&home)).unwrap(), "# mine\n[list]\nlimit = 12 # few\n");
    assert_eq!(std::fs::metadata(file(&home)).unwrap().permissions().mode() & 0o777, 0o640);
    home.run(&["config", "set", "list.limit", "13", "--dry-run"]).ok();
    assert_eq!(home.run(&["config", "get", "list.limit"]).ok(), "12\n");
    home.run(&["config", "unset", "list.limit"]).ok();
    assert_eq!(home.run(&["config", "get", "list.limit"]).ok(), "50\n");
    let said = home.run(&["config", "set", "list.limit", "many"]).fails(5);
    assert!(said.contains("hint: use a whole number from 0"), "{said}");
    let said = home.run(&["config", "set", "list.limits", "3"]).fails(2);
    assert!(said.contains("did you mean `list.limit`?"), "{said}");
}

#[test]
fn a_file_that_is_a_link_stays_one() {
    let home = Home::new();
    let real = home.scratch().join("dotfiles.toml");
    std::fs::create_dir_all(&home.path).unwrap();
    std::fs::write(&real, "agenda.days = 3\n").unwrap();
    std::os::unix::fs::symlink(&real, file(&home)).unwrap();
    home.run(&["config", "set", "agenda.days", "4"]).ok();
    assert!(file(&home).is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "agenda.days = 4\n");
}

#[test]
fn a_broken_file_is_said_with_its_place_and_can_still_be_mended() {
    let home = Home::new();
    write(&home, "[list]\nlimit = \"many\"\n");
    for words in [&["list"][..], &["add", "x"], &["config"], &["status"], &["config", "set", "agenda.days", "2"]] {
        let said = home.run(words).fails(5);
        assert!(said.contains("config.toml:2:9: list.limit: \"many\" is not a whole number"), "{words:?}: {said}");
        assert!(said.contains("        ^^^^^^\n") && said.contains("hint: "), "{words:?}: {said}");
    }
    assert!(home.run(&["config", "path"]).ok().ends_with("config.toml\n"));
    home.run(&["daemon", "status"]).fails_or_answers();
    let said = with(&home, &[("EDITOR", "sed -i s/many/few/")], &["config", "edit"]).fails(5);
    let kept = said.split("your text is in ").nth(1).unwrap().split(')').next().unwrap().to_owned();
    assert!(std::fs::read_to_string(&kept).unwrap().contains("few"), "what was typed is kept");
    std::fs::remove_file(kept).unwrap();
    assert!(std::fs::read_to_string(file(&home)).unwrap().contains("many"), "a broken file is not taken");
    with(&home, &[("EDITOR", "sed -i 's/\"many\"/7/'")], &["config", "edit"]).ok();
    assert_eq!(home.run(&["config", "get", "list.limit"]).ok(), "7\n");
}

#[test]
fn a_wrong_value_is_set_right_by_setting_it() {
    let home = Home::new();
    write(&home, "# mine\nlist.limit = \"many\" # few\nzone = 'Mars'\n");
    let tried = home.run(&["config", "set", "list.limit", "5", "--dry-run"]).ok();
    assert!(tried.contains("Would set list.limit = 5 (was many)"), "{tried}");
    let said = home.run(&["config", "set", "list.limit", "5"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stderr.contains("zone: 'Mars' is not a time zone"), "what is still wrong is said: {said:?}");
    home.run(&["config", "set", "agenda.days", "3"]).fails(5);
    let json = home.run(&["config", "unset", "zone", "--json"]).json();
    assert_eq!((&json["change"]["before"], &json["warnings"]), (&"Mars".into(), &serde_json::json!([])));
    assert_eq!(std::fs::read_to_string(file(&home)).unwrap(), "# mine\nlist.limit = 5 # few\n");
    let said = with(&home, &[("TASKS_LIST_LIMIT", "x")], &["config", "set", "list.limit", "6"]);
    assert!(said.code == 0 && said.stderr.contains("`x` in TASKS_LIST_LIMIT"), "{said:?}");
}

#[test]
fn what_is_no_settings_file_is_refused_at_once_and_the_empty_device_is_an_empty_file() {
    let home = Home::new();
    std::fs::create_dir_all(&home.path).unwrap();
    let (path, link) = (file(&home), |to: &str| std::os::unix::fs::symlink(to, file(&home)).unwrap());
    link("/dev/null");
    home.run(&["list"]).ok();
    std::fs::remove_file(&path).unwrap();
    link("/dev/zero");
    assert!(home.run(&["list"]).fails(5).contains("longer than 1024 KiB"));
    std::fs::remove_file(&path).unwrap();
    let pipe = Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(pipe.success());
    assert!(home.run(&["list"]).fails(5).contains("this is a pipe"));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(home.run(&["list"]).fails(5).contains("directory"));
}

trait Either {
    fn fails_or_answers(self);
}

impl Either for Ran {
    /// `tasks daemon status` tells of a daemon or of none, and never of settings.
    fn fails_or_answers(self) {
        assert!(!self.stderr.contains("config.toml"), "{self:?}");
    }
}

#[test]
fn an_unknown_name_is_a_warning_and_json_stays_one_document() {
    let home = Home::new();
    write(&home, "[list]\nlimt = 3\n");
    let ran = home.run(&["list"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("did you mean `list.limit`?"), "{ran:?}");
    let ran = home.run(&["config", "--json"]);
    assert_eq!(ran.stderr, "");
    assert!(ran.json()["warnings"][0].as_str().unwrap().contains("limt"));
}

#[test]
fn a_view_is_a_name_for_a_filter_everywhere() {
    let home = Home::new();
    home.run(&["add", "report @work p1"]).ok();
    home.run(&["add", "milk @home"]).ok();
    home.run(&["add", "walk +someday @work"]).ok();
    home.run(&["view", "save", "work", "project:work", "-someday", "--sort", "title"]).ok();
    home.run(&["view", "save", "mine", "view:Work or @home"]).ok();
    assert_eq!(home.titles(&["view:work"]), ["report"]);
    assert_eq!(home.titles(&["view:mine", "not", "view:work"]), ["milk"]);
    let listed = home.run(&["view", "mine", "--json"]).json();
    assert_eq!(listed["tasks"].as_array().unwrap().len(), 2);
    let said = home.run(&["view", "save", "work", "view:mine"]).fails(5);
    assert!(said.contains("a view cannot contain itself: work → mine → work"), "{said}");
    let said = home.run(&["list", "view:wrk"]).fails(3);
    assert!(said.contains("no view is called `wrk`") && said.contains("^^^"), "{said}");
    home.run(&["view", "rm", "work"]).ok();
    let said = home.run(&["list", "view:mine"]).fails(3);
    assert!(said.contains("in the view `mine`: no view is called `Work`"), "{said}");
    let ran = home.run(&["view"]);
    assert!(ran.code == 0 && ran.stderr.contains("mine: in the view"), "a broken view is listed as one: {ran:?}");
    home.run(&["undo"]).ok();
    assert_eq!(home.titles(&["view:mine"]), ["report", "milk"]);
    home.run(&["daemon", "restart"]).ok();
    let view = home.run(&["view", "show", "WORK", "--json"]).json();
    assert_eq!(
        (&view["views"][0]["filter"], &view["views"][0]["sort"]),
        (&"project:work -someday".into(), &"title".into())
    );
}

#[test]
fn views_that_multiply_are_refused_and_a_wrong_filter_shows_its_place() {
    let home = Home::new();
    home.run(&["view", "save", "v0", "milk"]).ok();
    let mut refused = None;
    for n in 1..20 {
        let filter = format!("view:v{} view:v{}", n - 1, n - 1);
        let ran = home.run(&["view", "save", &format!("v{n}"), &filter]);
        if ran.code != 0 {
            refused = Some(ran.fails(5));
            break;
        }
    }
    assert!(refused.unwrap().contains("more than 200 views"));
    let said = home.run(&["view", "save", "late", "milk due:25:00"]).fails(5);
    assert!(said.contains("^^^^"), "{said}");
    home.run(&["view", "save", "two words", "x"]).fails(5);
    assert_eq!(home.run(&["view", "show", "late"]).code, 3);
}

#[test]
fn a_context_narrows_lists_is_always_shown_and_hides_no_id() {
    let home = Home::new();
    home.run(&["add", "report today @work"]).ok();
    home.run(&["add", "milk today @home"]).ok();
    home.run(&["view", "save", "work", "project:work"]).ok();
    home.run(&["context", "work"]).ok();
    assert_eq!(home.titles(&[]), ["report"]);
    let ran = home.run(&["list"]);
    assert!(ran.stderr.contains("context: work (project:work)") && !ran.stdout.contains("milk"), "{ran:?}");
    let ran = home.run(&[]);
    assert!(ran.stderr.contains("context: work") && !ran.stdout.contains("milk"), "the agenda too: {ran:?}");
    assert!(!ran.stderr.contains("more task"), "of the context, nothing is later: {ran:?}");
    assert!(home.run(&["show", "2"]).ok().contains("milk"));
    home.run(&["done", "2"]).ok();
    assert!(home.run(&["list", "--no-context"]).stderr.is_empty());
    assert!(home.run(&["--no-context"]).ok().contains("report"));
    let added = home.run(&["add", "--json", "call boss"]).json();
    assert_eq!(added["tasks"][0]["project"], "work", "a new task is in the context");
    let added = home.run(&["add", "--json", "buy bread @home"]).json();
    assert_eq!(added["tasks"][0]["project"], "home", "unless it says otherwise");
    assert_eq!(with(&home, &[("TASKS_CONTEXT", "@home")], &["list", "--quiet"]).ok(), "4\n");
    let said = home.run(&["context", "nothing"]).fails(3);
    assert!(said.contains("no view is called `nothing`"), "{said}");
    home.run(&["context", "(@home"]).fails(2);
    home.run(&["context", "none"]).ok();
    assert_eq!(home.titles(&[]).len(), 3);
}

#[test]
fn a_context_that_is_broken_is_said_and_keeps_nobody_from_adding() {
    let home = Home::new();
    let gone = [("TASKS_CONTEXT", "gone")];
    let ran = with(&home, &gone, &["add", "milk"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("no view is called `gone`"), "{ran:?}");
    let ran = with(&home, &gone, &["list"]);
    assert!(ran.code == 3 && ran.stderr.contains("--no-context"), "{ran:?}");
    assert!(with(&home, &gone, &["show", "1"]).ok().contains("milk"));
    assert!(with(&home, &gone, &["list", "--no-context"]).ok().contains("milk"));
}
