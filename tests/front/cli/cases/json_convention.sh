# Every --json is one object in one line, "v":1 first; --pretty lays it out.
pubint sample -n 40 -s 5 >cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>err
head -n 3 out.jsonl | sed -E 's/.*"id":"([^"]*)".*/{"id":"\1","decision":"notice"}/' >decisions.jsonl
kept() { # it keeps to the convention, and --pretty says the same
  "$@" --json >line 2>err
  "$@" --pretty >laid_out 2>err
  [ "$(wc -l <line)" -eq 1 ] && grep -q '^{"v":1,' line && head -n 2 laid_out | tr -d '\n' | grep -q '^{  "v": 1,$' &&
    tr -d ' \n' <line | cmp -s - <(tr -d ' \n' <laid_out) && echo "kept: $*" || echo "BROKEN: $*"
}
kept pubint stats out.jsonl
kept pubint agreement out.jsonl decisions.jsonl
kept pubint verify cases.jsonl out.jsonl
kept pubint diff "$PUBINT_POLICY" "$PUBINT_POLICY" cases.jsonl
kept pubint find true cases.jsonl
kept pubint batch cases.jsonl --force -o other.jsonl
kept pubint facts
kept pubint help
for topic in eval ledger E1203 R049 codes policy script; do kept pubint help $topic; done
kept pubint check --cases 100
kept pubint test
kept pubint tune --rule violence --bar cases.jsonl
kept pubint eval "$CASES"/notice.json
