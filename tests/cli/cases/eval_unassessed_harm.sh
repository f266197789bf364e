try pubint eval "$CASES/unassessed_harm.json"
