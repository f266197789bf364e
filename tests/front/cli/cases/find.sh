# Lines that an expression holds of: of cases, and of evaluations.
pubint sample -n 40 -s 5 >cases.jsonl
{ echo '{"id":"no","violation":[]}'; echo '{bad'; } >>cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>batch.err

try pubint find --ids 'evaluation.outcome == "notice"' cases.jsonl
try pubint find --ids 'evaluation.outcome == "notice"' out.jsonl
try pubint find --count 'case.account.verified and evaluation.outcome == "remove"' cases.jsonl
try pubint find --json 'local rules = evaluation.rules return rules and rules[1].margin < -20' out.jsonl
echo '$ the bytes of the lines, whatever the number of threads'
pubint find 'evaluation.basis == "weighed"' out.jsonl 2>err | cmp - <(grep '"id":"[^"]*","outcome":"[a-z_]*","basis":"weighed"' out.jsonl)
pubint sample -n 3000 -s 7 >many.jsonl
for threads in 1 2 3; do pubint find -j $threads 'case.account.followers_count > 1000000' many.jsonl 2>err | cksum; done | sort -u | wc -l
# What is skipped is counted; nothing that was found is exit code 1, as with grep.
try pubint find --ids 'case.account.followers_count > 100000000' cases.jsonl
try pubint find 'false' cases.jsonl
try pubint find 'case.account.verifeid' cases.jsonl
try pubint find 'case.id' out.jsonl
# No line sees what another set.
try pubint find --count 'x = true return x' cases.jsonl
try pubint find --count 'seen = seen or case.id return seen == case.id' cases.jsonl
from_pipe() { pubint find --ids true - <cases.jsonl 2>&1 | head -n 2; }
try from_pipe
try pubint find
try pubint find '1 +' cases.jsonl
try pubint find 'a b' cases.jsonl
try pubint find true absent.jsonl
try pubint find --ids --count true cases.jsonl
try pubint find -j 0 true cases.jsonl
