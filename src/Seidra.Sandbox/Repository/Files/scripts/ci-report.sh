#!/bin/sh
# The QA battery of the stand-in. It really checks what this repository holds (shell syntax, the Alembic chain) and then
# writes reports in the formats of the real battery, with figures from scripts/qa/*.tsv that nobody measured.
set -eu
cd "$(dirname "$0")/.."
reports=reports/qa
now=$(date +%s)
stamp=$(date -u +%Y-%m-%dT%H:%M:%S)

echo "ci-report.sh: STAND-IN for SEIDRA Ultimate; test and coverage figures below are made up"
rm -rf "$reports"
mkdir -p "$reports/backend/html" "$reports/frontend/coverage" "$reports/e2e"

for script in *.sh scripts/*.sh; do
  sh -n "$script"
done
echo "shell syntax: ok"

for revision in 20240925_0001 20241003_0002 20241009_0003; do
  grep -q "^revision = \"$revision\"" backend/alembic/versions/*.py
done
echo "alembic chain: ok"

# tsv: file, lines, covered lines
awk -F '\t' -v now="$now" -f scripts/qa/cobertura.awk scripts/qa/backend.tsv > "$reports/backend/coverage.xml"
awk -F '\t' -f scripts/qa/lcov.awk scripts/qa/frontend.tsv > "$reports/frontend/lcov.info"
awk -F '\t' -v title="backend" -f scripts/qa/html.awk scripts/qa/backend.tsv > "$reports/backend/html/index.html"
awk -F '\t' -v title="frontend" -f scripts/qa/html.awk scripts/qa/frontend.tsv > "$reports/frontend/coverage/index.html"

# tsv: class or file, test, seconds
awk -F '\t' -v suite=pytest -v stamp="$stamp" -f scripts/qa/junit.awk scripts/qa/backend-tests.tsv > "$reports/backend/junit.xml"
awk -F '\t' -v suite=vitest -v stamp="$stamp" -f scripts/qa/junit.awk scripts/qa/frontend-tests.tsv > "$reports/frontend/junit.xml"
awk -F '\t' -v suite=playwright -v stamp="$stamp" -f scripts/qa/junit.awk scripts/qa/e2e-tests.tsv > "$reports/e2e/junit.xml"

for area in backend frontend; do
  awk -F '\t' -v area="$area" '!/^#/ { lines += $2; covered += $3 }
    END { printf "%s coverage: %d of %d lines (%.1f %%), stand-in\n", area, covered, lines, 100 * covered / lines }' "scripts/qa/$area.tsv"
done
for area in backend frontend e2e; do
  awk -v area="$area" '!/^#/ { tests++ } END { printf "%s tests: %d passed, stand-in\n", area, tests }' "scripts/qa/$area-tests.tsv"
done
echo "reports are in $reports"
