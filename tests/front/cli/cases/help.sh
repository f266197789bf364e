# Help is printed from the tables.
try pubint help
try pubint --help
try pubint help eval
try pubint eval --help
try pubint -h eval
try pubint help E1203
try pubint help e1203
try pubint help 1015
try pubint help schema
try pubint --version
try pubint eval --version
try pubint help E1203 --pretty
try pubint help eval --pretty
