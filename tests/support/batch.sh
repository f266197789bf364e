# What tests of the program over many cases share. Each is called NAME PROGRAM [more]; it sources this first.
set -u
here=$(cd "$(dirname "$0")" && pwd)
origin=$PWD
absolute() { (cd "$origin" && realpath "$1"); }
program=$(absolute "$1")
shift
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export LC_ALL=C PUBINT_POLICY="$here/../../../scripts"
unset NO_COLOR
shared=$here/../../../../shared/data
tried=0 failed=0

# check WHAT COMMAND…: the command is to succeed.
check() {
  local what=$1
  shift
  tried=$((tried + 1))
  "$@" && return 0
  failed=$((failed + 1))
  printf 'FAILED: %s\n' "$what"
  if [ -s err ]; then sed 's/^/    /' err | head -5; fi
  return 1
}

# batch ARGUMENT…: runs it; its outputs go to the files out and err, its exit status to $status.
batch() {
  "$program" batch "$@" >out 2>err
  status=$?
}

# ended STATUS [TEXT]: that was the exit status, and the text stands on standard error.
ended() {
  [ "$status" -eq "$1" ] || { printf 'exit status %s, not %s\n' "$status" "$1"; return 1; }
  [ $# -eq 1 ] || grep -qF -- "$2" err || { printf '"%s" is not said\n' "$2"; return 1; }
}

# counted OUT INPUT…: lines in = lines out = what the manifest counts, refused ones included.
counted() { lua5.4 "$here/counts.lua" "$@"; }

sample() { "$program" sample "$@"; }

finish() {
  printf '%d tried, %d failed\n' "$tried" "$failed"
  [ "$tried" -gt 0 ] && [ "$failed" -eq 0 ]
  exit
}
