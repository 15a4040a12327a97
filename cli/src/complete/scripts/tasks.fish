# fish completion for tasks. Load it with: tasks completions fish | source
# or save it as ~/.config/fish/completions/tasks.fish
function __tasks_complete
    set -l typed (commandline -opc)
    set -l program $typed[1]
    type -q -- $program; or set program tasks
    set -l found ($program __complete fish (count $typed) $typed (commandline -ct) 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (commandline -ct)
        return
    end
    printf '%s\n' $found
end
complete -c tasks -e
complete -c tasks -f -k -a '(__tasks_complete)'
