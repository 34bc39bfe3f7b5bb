# shellcheck shell=bash disable=SC2034
# One line of progress per step, one sentence per failure. Sourced first by every script: finds the checkout and enters it.

set -Eeuo pipefail
unset CDPATH
NAME=script/${0##*/}
ROOT=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
RUN=$ROOT/.run
LOGS=$RUN/logs
STEP=0
STEPS=${STEPS:-0}
STEP_OPEN=
NOTE=
CHILD=
EXPLAINED=
AT_EXIT=()

cd -- "$ROOT"
exec </dev/null
# The sentences below recognise what apt, pip and npm say in English.
export LC_ALL=C.UTF-8

end_line() {
  [ -z "$STEP_OPEN" ] || printf '%s\n' "$1"
  STEP_OPEN=
}

die() {
  end_line failed
  printf '%s: %s\n' "$NAME" "$*" >&2
  EXPLAINED=1
  exit 1
}

# The comment at the top of the script.
usage() { sed -n '2,/^$/s/^# *//p' -- "$ROOT/$NAME" && exit 0; }

now_ms() { printf '%s' "$((${EPOCHREALTIME/[^0-9]/} / 1000))"; }

# step TITLE COMMAND...: one progress line; the command may leave a remark in NOTE.
step() {
  local title=$1 started spent
  shift
  STEP=$((STEP + 1))
  STEP_OPEN=1
  NOTE=
  started=$(now_ms)
  printf '[%2d/%d] %-32s ' "$STEP" "$STEPS" "$title"
  "$@"
  spent=$(($(now_ms) - started))
  spent=$(printf '%d.%d s%s' $((spent / 1000)) $((spent % 1000 / 100)) "${NOTE:+  $NOTE}")
  if [ -n "$STEP_OPEN" ]; then end_line "$spent"; else printf '        done: %s\n' "$spent"; fi
}

# Prints more than a remark inside a step, each line on its own.
tell() {
  end_line ''
  printf '        %s\n' "$@"
}

last_error() {
  local pattern='^([A-Za-z_.]*(Error|Exception|Configured|DoesNotExist|FATAL|ERROR)|E:|error|fatal|npm (error|ERR!))'
  { grep -E "$pattern" "$1" || grep -vE '^[[:space:]]*$' "$1" || echo 'it said nothing'; } | tail -n 1 | cut -c 1-300
}

# explain LOG WHAT [network]: turns a tool's log into the one sentence a person needs.
explain() {
  local log=$1 what=$2 kind=${3:-}
  # On a full disk the log itself may have stayed empty.
  if [ "$(df --output=avail -k -- "$LOGS" | tail -n 1)" -lt 5000 ] ||
    grep -qiE 'no space left|ENOSPC|disk quota exceeded|enough free space' "$log"; then
    die "$what failed because the disk is full: free some space (see: df -h) and start again. Full log: $log"
  fi
  if [ "$kind" = network ] && grep -qiE 'failure in name|could ?n.t resolve|could not resolve|resolving|new connection|unreachable|unable to connect|connection (timed out|refused|reset)|read timed out|failed to fetch|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRE|ENETUNREACH|SSLError|CERT' "$log"; then
    die "$what failed because the network or the package server does not answer: check the connection (and proxy settings), then start again. Full log: $log"
  fi
  die "$what failed: $(last_error "$log") (full log: $log)"
}

# logged SLUG WHAT COMMAND...: runs with its output in .run/logs; "network:WHAT" marks a step that downloads.
logged() {
  local log=$LOGS/$1.log what=$2 kind=
  shift 2
  [ "${what#network:}" = "$what" ] || kind=network
  # In the background, so that a TERM reaches this script at once and not only when the tool has ended.
  "$@" >"$log" 2>&1 &
  CHILD=$!
  wait "$CHILD" || { CHILD=; explain "$log" "${what#network:}" "$kind"; }
  CHILD=
}

at_exit() { AT_EXIT=("$1" "${AT_EXIT[@]}"); }

clean_up() {
  local code=$? action
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  end_line stopped
  [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null
  for action in "${AT_EXIT[@]}"; do "$action"; done
  if [ "$code" != 0 ] && [ -z "$EXPLAINED" ]; then
    printf '%s: stopped at something unforeseen: %s; what the tools said is in %s\n' "$NAME" "${UNEXPECTED:-$BASH_COMMAND}" "$LOGS" >&2
  fi
  exit "$code"
}

trap clean_up EXIT
# No failure without a sentence, not even one that nobody thought of.
trap 'UNEXPECTED="$BASH_COMMAND (line $LINENO of ${BASH_SOURCE[0]##*/})"' ERR
trap 'EXPLAINED=1; exit 130' INT
trap 'EXPLAINED=1; exit 143' TERM
trap 'EXPLAINED=1; exit 129' HUP
