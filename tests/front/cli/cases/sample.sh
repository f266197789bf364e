# Wrong use of sample, and that it is the same every time.
try pubint sample -n
try pubint sample -n many
try pubint sample -n -1
try pubint sample --seed 1.5
try pubint sample --edge
try pubint sample 10
try pubint sample -n 0

lines() { "$@" | wc -l | tr -d ' '; }
try lines pubint sample
try lines pubint sample -n 321 -s 4
same() { cmp <("$@") <("$@" | cat); }
try same pubint sample -n 50 -s 4
first_of_many() { cmp <(pubint sample -n 20 "$@") <(pubint sample -n 40 "$@" | head -n 20); }
try first_of_many --edges
