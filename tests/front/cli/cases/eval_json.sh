# --json prints the evaluation: one line, whatever colour or locale was asked for.
try pubint eval --json "$CASES/private_information.json"
try pubint eval --json --color=always -l nl "$CASES/one_follower_short.json"
