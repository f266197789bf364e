# Short rows in place of evaluations: a row for each line, by names of the schemas.
tr -d '\n' <"$CASES"/notice.json >cases.jsonl
{ echo; tr -d '\n' <"$CASES"/never_excepted.json; echo; echo '{"id":"-no","violation":[]}'; echo '{bad'; } >>cases.jsonl
echo '{"id":"=1,\"x\"","violations":[]}' >>cases.jsonl
rows() { pubint batch "$@" 2>&1 | grep -a -v -e ' s, ' -e '^ ' -e '^$' -e '^Outcomes' -e '^Cases' -e '^Refused'; }

try rows --fields id,outcome,basis,margin --format csv cases.jsonl
try rows --fields id,outcome,margin,rules/0/margin,line,error cases.jsonl
try rows --fields 'id, missing, rules/0/conditions/0/met, file, error/message' --format csv cases.jsonl
try rows --fields rules/40/margin --format csv cases.jsonl
# The name of the output says the format, and an interrupted run is taken up with the same fields alone.
try rows --fields id,outcome -o rows.CSV --strict cases.jsonl
try cat rows.CSV
try rows --fields id,basis -o rows.CSV --resume cases.jsonl
try rows --fields id,outcome -o rows.CSV --resume --format jsonl cases.jsonl
try rows -o rows.CSV --resume cases.jsonl
try rows --fields id,outcome -o rows.CSV --resume cases.jsonl
try cat rows.CSV
pubint batch --fields id,outcome -o whole.csv cases.jsonl 2>err
try cmp rows.CSV whole.csv
same() { sed -e 's/whole.csv/rows.CSV/' whole.csv.manifest.json | tail -n +3 | grep '^"out"' >one && grep '^"out"' rows.CSV.manifest.json | cmp - one; }
try same
# Taken up behind a place that was saved, the header is not written again.
pubint sample -n 3000 -s 5 >many.jsonl
pubint batch --fields id,outcome,margin -o many.csv --checkpoint 1 many.jsonl 2>err && cp many.csv all.csv
truncate -s -9000 many.csv
pubint batch --fields id,outcome,margin -o many.csv --checkpoint 1 many.jsonl --resume 2>err
grep -q 'of which done before' err && try cmp many.csv all.csv
try wc -l many.csv
: >empty.jsonl
try rows --fields id,outcome --format csv empty.jsonl
# What is no field.
for fields in outcom /rules/0/margin rules/12/margn rules/00/margin gates/0/fact/statu id,id '' id,,outcome zzz; do
  try pubint batch --fields "$fields" cases.jsonl
done
try pubint batch --format csv cases.jsonl
try pubint batch --fields id --format tsv cases.jsonl
try pubint help E4120
