try pubint eval "$CASES/private_information.json"
