//! Completions, driven by the shells themselves, and the manual.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use tasks_tests::desktop::apt_get;
use tasks_tests::{Home, tasks_bin};

/// A machine with a few tasks, projects, tags and a view.
fn machine() -> Home {
    let home = Home::new();
    home.run(&["add", "Write report @work/office +big p1"]).ok();
    home.run(&["add", "buy milk @home"]).ok();
    home.run(&["add", "call `mom` $(touch pwned)\u{1b}[31m"]).ok();
    home.run(&["add", "an old one"]).ok();
    home.run(&["done", "4"]).ok();
    home.run(&["view", "save", "work", "project:work"]).ok();
    home
}

/// What a shell's script prints, in this machine's environment with the real program on the path.
fn shell(home: &Home, program: &str, script: &str) -> Vec<String> {
    let folder = tasks_bin().parent().unwrap();
    let mut command = Command::new(program);
    command.arg("-c").arg(script).env_clear().stdin(Stdio::null()).current_dir(home.scratch());
    command.env("HOME", home.scratch()).env("TASKS_HOME", &home.path).env("TERM", "dumb");
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display())).env("LC_ALL", "C.UTF-8");
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "a completion is never an error");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The candidates of bash for a line that ends with the cursor.
fn bash(home: &Home, line: &str, key: u8) -> Vec<String> {
    let script = format!(
        "eval \"$(tasks completions bash)\"; COMP_LINE=$1; COMP_POINT=$(printf %s \"$1\" | wc -c); COMP_TYPE={key}; \
         current=${{COMP_LINE##*[ :=]}}; _tasks tasks \"$current\" before; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let quoted = line.replace('\'', "'\\''");
    let found = shell(home, "bash", &format!("set -- '{quoted}'\n{script}"));
    found.into_iter().filter(|line| !line.is_empty()).collect()
}

const TAB: u8 = 9;
/// What bash says of itself when it lists candidates.
const LISTING: u8 = 63;

#[test]
fn bash_completes_what_is_there_at_this_moment() {
    let home = machine();
    assert_eq!(bash(&home, "tasks undo --", TAB)[0], "--dry-run");
    assert_eq!(bash(&home, "tasks comple", TAB), ["completions", "completed"]);
    assert_eq!(bash(&home, "tasks overdue @h", TAB), ["@home"]);
    assert_eq!(bash(&home, "tasks repeat 1 mon", TAB), ["monthly"]);
    assert_eq!(bash(&home, "tasks done ", TAB), ["1", "2", "3"]);
    assert_eq!(bash(&home, "tasks done 2 ", TAB), ["1", "3"], "what is named already is not offered again");
    assert_eq!(bash(&home, "tasks done 1,", TAB), ["1,1", "1,2", "1,3"], "the last of a list");
    assert_eq!(bash(&home, "tasks edit 1-3", TAB), ["1-3"]);
    let listed = bash(&home, "tasks show ", LISTING);
    assert_eq!(listed[..2], ["1  (Write report)", "2  (buy milk)"]);
    assert!(listed[2].starts_with("3  (call `mom` $(touch pwned)") && !listed[2].contains('\u{1b}'), "{listed:?}");
    assert!(!home.scratch().join("pwned").exists(), "a title is never run");
    assert_eq!(bash(&home, "tasks reopen ", TAB).len(), 1, "ended ones");
    assert_eq!(bash(&home, "tasks list @w", TAB), ["@work", "@work/office"]);
    assert_eq!(bash(&home, "tasks list project:h", TAB), ["home"], "bash replaces what is behind the colon");
    assert_eq!(bash(&home, "tasks list -b", TAB), ["-big"]);
    assert_eq!(bash(&home, "tasks list view:", TAB), ["work"]);
    assert_eq!(bash(&home, "tasks add milk --project=w", TAB), ["work", "work/office"]);
    assert_eq!(bash(&home, "tasks add milk +", TAB), ["+big"]);
    assert_eq!(bash(&home, "tasks config set output.theme ", TAB), ["auto", "dark", "light", "none"]);
    assert_eq!(bash(&home, "tasks config get list.l", TAB), ["list.limit"]);
    assert_eq!(bash(&home, "true; tasks view sh", TAB), ["show"]);
    assert_eq!(bash(&home, "tasks nonsense --x ", TAB), Vec::<String>::new());
    assert_eq!(bash(&home, "tasks list 'half a quote", TAB), Vec::<String>::new());
}

#[test]
fn completing_starts_no_daemon_and_waits_for_none() {
    let home = machine();
    let answer = |words: &[&str]| {
        let begun = Instant::now();
        let ran = home.run(words);
        assert!(ran.code == 0 && ran.stderr.is_empty(), "{ran:?}");
        println!("answered in {:?}", begun.elapsed());
        ran.stdout
    };
    home.run(&["daemon", "stop"]).ok();
    assert_eq!(answer(&["__complete", "zsh", "2", "tasks", "done", ""]), "");
    assert_eq!(
        answer(&["__complete", "zsh", "1", "tasks", "undo"]),
        "undo\tTake back the last command, or the last N\n"
    );
    assert_eq!(home.run(&["daemon", "status"]).code, 1, "none was started");
    std::fs::write(home.path.join("config.toml"), "[broken").unwrap();
    assert_eq!(
        answer(&["__complete", "zsh", "1", "tasks", "undo"]),
        "undo\tTake back the last command, or the last N\n"
    );
    for hostile in [&["__complete"][..], &["__complete", "zsh", "x"], &["__complete", "zsh", "9999999", "tasks"]] {
        assert_eq!(answer(hostile), "");
    }
    std::fs::remove_file(home.path.join("config.toml")).unwrap();
}

/// Whether the shell is installed, after an attempt to; never left out in CI.
fn is_there(shell: &str) -> bool {
    let path = Path::new("/usr/bin").join(shell);
    if path.exists() || apt_get(&[shell]) && path.exists() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "missing: apt-get install {shell}");
    false
}

#[test]
fn fish_and_zsh_read_their_scripts() {
    let home = machine();
    if is_there("fish") {
        let script = "tasks completions fish | source; complete -C 'tasks done '; complete -C 'tasks list project:h'";
        let found = shell(&home, "fish", script);
        assert_eq!(found[..2], ["1\tWrite report", "2\tbuy milk"]);
        assert_eq!(found[3], "project:home");
    } else {
        println!("skipped: fish is not installed");
    }
    if is_there("zsh") {
        // compadd works only inside the line editor: what it would be given is shown instead.
        let script = "autoload -Uz compinit; compinit -u -D; source <(tasks completions zsh); \
                      compadd() { print -rl -- \"${(@P)@[-1]}\" }; \
                      words=(tasks done ''); CURRENT=3; _tasks; words=(tasks list view:); CURRENT=3; _tasks";
        assert_eq!(shell(&home, "zsh", script), ["1", "2", "3", "view:work"]);
    } else {
        println!("skipped: zsh is not installed");
    }
}

/// What a grammar of PowerShell cannot read of a script.
fn unreadable(script: &str) -> Vec<String> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    let tree = parser.parse(script, None).unwrap();
    let (mut wrong, mut open) = (Vec::new(), vec![tree.root_node()]);
    while let Some(node) = open.pop() {
        if node.is_error() || node.is_missing() {
            wrong.push(format!("{}: {}", node.start_position(), &script[node.byte_range()]));
        }
        open.extend(node.children(&mut node.walk()));
    }
    wrong
}

#[test]
fn the_script_for_powershell_is_one_and_answers_as_a_native_completer_does() {
    let home = machine();
    let script = home.run(&["completions", "powershell"]).ok();
    assert_eq!(unreadable(&script), Vec::<String>::new());
    assert!(!unreadable(&script.replace("foreach ($line in", "foreach ($line on")).is_empty(), "the grammar looks");
    // What PowerShell hands over to a native completer, in this order, and the four texts of what it takes back, none of them empty.
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName tasks -ScriptBlock {"), "{script}");
    assert!(script.contains("param($wordToComplete, $commandAst, $cursorPosition)"), "{script}");
    assert!(
        script
            .contains("[System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)")
    );
    // What the script asks the program, as PowerShell parts the words: an unfinished word comes last, an empty one not at all.
    let ask =
        |words: &[&str], typed: &str| home.run(&[&["__complete", "powershell", typed, "tasks"], words].concat()).ok();
    let tasks = ask(&["done"], "2");
    assert!(tasks.lines().next() == Some("1\tWrite report") && tasks.lines().count() == 3, "{tasks}");
    assert!(tasks.contains("$(touch pwned)") && !tasks.contains('\u{1b}'), "a title is text: {tasks}");
    assert_eq!(ask(&["list", "project:h"], "2").trim_end(), "project:home");
    assert_eq!(ask(&["completi"], "1").lines().count(), 1);
    assert_eq!(ask(&["import"], "2"), ":files\n");
    assert!(tasks.lines().all(|line| !line.starts_with('\t') && !line.is_empty()), "no value is empty");
}

#[test]
fn the_manual_is_in_the_program() {
    let home = Home::new();
    let page = home.run(&["man", "add"]).ok();
    assert!(
        page.starts_with("NAME\n") && page.contains("tasks-add - Add a task") && page.contains("EXAMPLES"),
        "{page}"
    );
    assert!(home.run(&["man"]).ok().contains("EXIT STATUS"));
    assert!(home.run(&["man", "config", "set"]).ok().contains("tasks-config-set"));
    let said = home.run(&["man", "frobnicate"]).fails(3);
    assert!(said.contains("there is no page about `frobnicate`"), "{said}");
    let folder = home.scratch().join("man1");
    home.run(&["man", "--dir", folder.to_str().unwrap()]).ok();
    assert!(std::fs::read_to_string(folder.join("tasks.1")).unwrap().contains(".TH TASKS 1"));
}
