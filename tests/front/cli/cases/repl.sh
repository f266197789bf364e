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

# A case that no test can hold is not saved as one.
long_text() {
  { echo ':new'; printf ':set tweet.text '; printf '😀%.0s' $(seq 17000); printf '\n:save test long_test.lua\n'; } |
    pubint repl | tail -n 1 | cut -c 1-60
}
try long_text
try ls
# What is wrong in a piped session has its line, also within a piece of Lua of several lines.
printf '%s\n' 'x = 1' 'foo bar' ':set nothing 3' 'for i = 1, 3 do' '  y = i' '  z = nil + i' 'end' ':open absent.json' 'if x then' >session
piped() { pubint repl "$CASES/notice.json" <session >/dev/null; }
try piped
