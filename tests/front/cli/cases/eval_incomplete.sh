try pubint eval "$CASES/incomplete.json"
