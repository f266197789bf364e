# A file with a case a line: nothing violated, a rule without a script, a market that narrows.
for line in 1 2 3; do
  try pubint eval --case "$line" "$CASES/more.jsonl"
done
