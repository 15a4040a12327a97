# bash completion for tasks. Load it with: eval "$(tasks completions bash)"
_tasks() {
    local program=$1 line value about
    local -a values=() shown=()
    type -P -- "$program" >/dev/null || program=tasks
    COMPREPLY=()
    while IFS=$'\t' read -r value about; do
        if [[ $value == :files ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        values+=("$value")
        shown+=("$value${about:+  ($about)}")
    done < <("$program" __complete bash "$COMP_LINE" "$COMP_POINT" "$2" 2>/dev/null)
    # A list shows what each one is; a word that is put in does not.
    if ((${#values[@]} > 1)) && [[ $COMP_TYPE == 63 || $COMP_TYPE == 33 || $COMP_TYPE == 64 ]]; then
        COMPREPLY=("${shown[@]}")
    else
        COMPREPLY=("${values[@]}")
    fi
    if ((${#values[@]} == 1)) && [[ ${values[0]} == *[:=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o nosort -F _tasks tasks 2>/dev/null || complete -F _tasks tasks
