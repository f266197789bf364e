# The REPL on a pipe: exit codes, and lines of any length.
overlong() {
  { head -c 1500000 /dev/zero | tr '\0' x; printf '\n6 * 7\n'; } | pubint repl
}
lines() { printf '%s\n' "$@" | pubint repl; }
try overlong
try lines '6 * 7' ':quit' 'never read'
try lines ':nonsense'
try lines 'do'
try pubint repl missing.json </dev/null
try pubint repl --nonsense
try pubint repl -p missing </dev/null
