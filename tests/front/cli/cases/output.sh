# Output that does not arrive is said, and is exit 5; a reader that went away is not told anything.
to_full_disk() { "$@" >/dev/full; }
to_nowhere() { "$@" >&-; }
to_closed_pipe() {
  exec 3> >(exit 0)
  wait $!
  "$@" >&3
}
try to_full_disk pubint facts
try to_nowhere pubint facts
try to_closed_pipe pubint facts
try to_closed_pipe pubint eval "$CASES/notice.json"
try to_nowhere pubint eval missing.json
repl_in() { printf '%s\n' :new :json | "$@"; }
try repl_in to_full_disk pubint repl
try repl_in to_closed_pipe pubint repl
