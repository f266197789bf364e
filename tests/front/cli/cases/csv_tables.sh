# The tables of stats and agreement, as a database takes them.
pubint sample -n 300 -s 5 >cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>batch.err
head -n 3 out.jsonl | sed -E 's/.*"id":"([^"]*)".*/{"id":"\1","decision":"notice","reason":"=1+1","decided_by":"-x"}/' >decisions.jsonl
pubint stats --csv out.jsonl >stats.csv
pubint stats --csv --cases cases.jsonl out.jsonl >more.csv
pubint agreement --csv out.jsonl decisions.jsonl >agreement.csv

# Each column's name may stand without quotes.
plain() { sqlite3 plain.db "CREATE TABLE $1($(head -n 1 "$1.csv" | tr -d '\r'))" && head -n 1 "$1.csv" | tr -d '\r'; }
ask() { sqlite3 :memory: -cmd ".import --csv $1.csv $1" "$2"; }
try plain stats
try plain more
try plain agreement
try ask stats "SELECT measure, count(*) FROM stats GROUP BY measure"
try ask stats "SELECT sum(cases) FROM stats WHERE measure = 'outcomes'"
try ask stats "SELECT rule, outcome, cases, share, points FROM stats WHERE measure = 'rules' AND rule = 'violence'"
try ask stats "SELECT gate, answer, cases FROM stats WHERE measure = 'gates' AND answer = 'fail'"
try ask stats "SELECT count(*) FROM stats WHERE points < -5"
try ask more "SELECT year_month, outcome, cases FROM more WHERE measure = 'months' LIMIT 5"
try ask agreement "SELECT measure, outcome, decision, reason, cases FROM agreement WHERE measure IN ('decisions', 'override_reasons')"
try ask agreement "SELECT rule, state, cases, share FROM agreement WHERE measure = 'rules' LIMIT 7"
