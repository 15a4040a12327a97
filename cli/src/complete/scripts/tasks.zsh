#compdef tasks
# zsh completion for tasks. Load it with: source <(tasks completions zsh)
# or save it as _tasks in a folder of $fpath.
_tasks() {
    local line value about program=$words[1]
    local -a values shown open open_shown
    (( $+commands[$program] )) || [[ -x $program ]] || program=tasks
    local -a typed=("${(@Q)words[1,CURRENT]}")
    while IFS= read -r line; do
        if [[ $line == ':files' ]]; then
            _files
            return
        fi
        value=${line%%$'\t'*}
        about=${line#*$'\t'}
        if [[ $value == *[:=] ]]; then
            open+=("$value")
            open_shown+=("$value${about:+  -- $about}")
        else
            values+=("$value")
            shown+=("$value${about:+  -- $about}")
        fi
    done < <("$program" __complete zsh $((CURRENT - 1)) "${typed[@]}" 2>/dev/null)
    (( ${#values} )) && compadd -l -V tasks -d shown -a values
    (( ${#open} )) && compadd -l -V tasks -S '' -d open_shown -a open
    return 0
}
if [[ $funcstack[1] == _tasks ]]; then
    _tasks "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _tasks tasks
fi
