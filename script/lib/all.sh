# shellcheck shell=bash
# Loads every part; sourced first by each script in script/.

for part in progress environment machine parts postgres prepare processes; do
  # shellcheck source=/dev/null
  . "$(dirname -- "${BASH_SOURCE[0]}")/$part.sh"
done
