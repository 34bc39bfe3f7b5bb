# shellcheck shell=bash disable=SC2034
# The long-running processes of script/server: start, watch, stop. All end with the script, even if it is killed.

PIDS=()
declare -A PROCESS=()

only_one_server() {
  exec 7>>"$RUN/server.lock"
  flock -n 7 || die "this checkout's server is already running ($(cat -- "$RUN/server.lock")): stop it with Ctrl-C there first."
  printf 'process %s, port %s\n' "$$" "$PORT" >"$RUN/server.lock"
}

# start_process NAME COMMAND...
start_process() {
  local name=$1
  shift
  # pdeathsig: a script ended by kill -9 cannot tidy up. setsid: Ctrl-C reaches the script only, which stops things in order.
  without_locks setpriv --pdeathsig TERM setsid "$@" >"$LOGS/$name.log" 2>&1 &
  PIDS+=($!)
  PROCESS[$!]=$name
}

# Waits until the page answers, so that the printed address works when it is read.
wait_for_web() {
  "$VENV_PYTHON" - "http://127.0.0.1:$1/healthz" "$2" <<'PY'
import os, sys, time, urllib.error, urllib.request
for _ in range(300):
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=5)
        sys.exit(0)
    except urllib.error.HTTPError as error:
        print("the health page answered", error.code, error.read(300).decode(errors="replace"))
    except OSError as error:
        print("the web server does not answer:", error)
    if not os.path.exists(f"/proc/{sys.argv[2]}"):
        break
    time.sleep(0.2)
sys.exit(1)
PY
}

# An address's query may hold a reporter's key, and so may the page that somebody came from.
WITHOUT_QUERIES='%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s "%(a)s"'

start_web() {
  local pid
  start_process web "$VENV_PYTHON" -m gunicorn geo_reports.wsgi:application --bind "127.0.0.1:$1" \
    --workers "${WEB_CONCURRENCY:-2}" --threads 4 --timeout 120 --no-control-socket --access-logfile "$LOGS/access.log" \
    --access-logformat "$WITHOUT_QUERIES"
  pid=${PIDS[-1]}
  wait_for_web "$1" "$pid" >"$LOGS/ready.log" 2>&1 && return
  if kill -0 "$pid" 2>/dev/null; then explain "$LOGS/ready.log" 'starting the web server'; fi
  explain "$LOGS/web.log" 'starting the web server'
}

watch_processes() {
  trap 'printf "\nStopping.\n"; exit 0' INT TERM HUP
  local ended
  wait -n -p ended "${PIDS[@]}" || true
  die "the ${PROCESS[$ended]} process ended by itself: $(last_error "$LOGS/${PROCESS[$ended]}.log") (full log: $LOGS/${PROCESS[$ended]}.log)"
}

stop_processes() {
  local pid tries
  kill "${PIDS[@]}" 2>/dev/null
  for pid in "${PIDS[@]}"; do
    for ((tries = 0; tries < 100; tries++)); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null
  done
}

stop_database() { [ -z "${CLUSTER:-}" ] || stop_cluster; }
