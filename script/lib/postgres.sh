# shellcheck shell=bash disable=SC2034
# A private PostgreSQL cluster: own data directory, own port, TCP on 127.0.0.1 only, nothing in /etc. Never touches another cluster.
# script/server and script/manage own "postgres"; script/test makes "postgres-test" anew each time, since it runs without fsync.

POSTGRES_USER=smart_tangsel
CLUSTER_STARTED=

as_postgres() { (cd / && exec "${RUN_AS[@]}" "$@"); }

# locate_cluster NAME: sets PGDATA and RUN_AS. PostgreSQL refuses to run as root, so there it becomes the user postgres.
locate_cluster() {
  local name=$1 owner=postgres shared
  unset PGHOST PGHOSTADDR PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGOPTIONS PGSSLMODE PGPASSFILE
  CLUSTER=$name
  PGDATA=$RUN/$name
  RUN_AS=(env)
  [ "$(id -u)" = 0 ] || return 0
  shared=/var/lib/smart-tangsel/$(printf '%s' "$ROOT" | sha256sum | cut -c 1-12)
  if [ -d "$PGDATA" ] && [ "$(stat -c %u -- "$PGDATA")" != 0 ]; then owner=$(stat -c %U -- "$PGDATA"); fi
  RUN_AS=(setpriv "--reuid=$owner" "--regid=$(id -g -- "$owner" 2>/dev/null || echo "$owner")" --init-groups env HOME=/)
  # Under /root, or with umask 077, that user cannot enter the checkout.
  if ! as_postgres test -x "$RUN" 2>/dev/null; then PGDATA=$shared/$name; fi
}

make_data_folder() {
  local parent=${PGDATA%/*}
  [ "$(id -u)" = 0 ] || return 0
  install -d -m 755 -- "${parent%/*}" "$parent" 2>/dev/null || die "cannot make $parent"
  install -d -m 700 -o postgres -g postgres -- "$PGDATA.new" || die "cannot make $PGDATA.new"
}

server_settings() {
  cat <<'CONF'

# Written by script/lib/postgres.sh when the cluster was made; edit freely.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
CONF
}

# Made beside its final place and renamed: an interrupted initdb leaves nothing that looks like a cluster.
make_cluster() {
  [ ! -d "$PGDATA.new" ] || rm -rf -- "$PGDATA.new"
  make_data_folder
  (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" >"$PGDATA.password") || die "cannot write $PGDATA.password: is the disk full (df -h)?"
  [ "$(id -u)" != 0 ] || chown postgres -- "$PGDATA.password"
  logged "$CLUSTER-initdb" 'making the private PostgreSQL cluster' in_root_folder "${RUN_AS[@]}" "$PG_BIN/initdb" -D "$PGDATA.new" \
    "--username=$POSTGRES_USER" "--pwfile=$PGDATA.password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 "$@"
  rm -f -- "$PGDATA.password"
  server_settings | as_postgres tee -a "$PGDATA.new/postgresql.conf" >/dev/null || die "cannot write $PGDATA.new: is the disk full (df -h)?"
  mv -T -- "$PGDATA.new" "$PGDATA"
}

in_root_folder() { cd / && without_locks "$@"; }

# Sets CLUSTER_PORT of the running cluster. A pid file alone proves nothing: after kill -9 its number may be anybody's.
cluster_is_running() {
  local lines=()
  [ -f "$PGDATA/postmaster.pid" ] || return
  mapfile -t lines <"$PGDATA/postmaster.pid"
  [ ${#lines[@]} -ge 4 ] && [ -r "/proc/${lines[0]}/cmdline" ] || return
  [[ " $(tr '\0' ' ' <"/proc/${lines[0]}/cmdline")" == *" -D $PGDATA "* ]] || return
  CLUSTER_PORT=${lines[3]}
}

choose_port() {
  local saved=$RUN/$CLUSTER.port
  CLUSTER_PORT=$(cat -- "$saved" 2>/dev/null) || CLUSTER_PORT=0
  [[ $CLUSTER_PORT =~ ^[0-9]{4,5}$ ]] || CLUSTER_PORT=$((25432 + RANDOM % 400))
  # Below the range that the kernel hands out to outgoing connections.
  until port_is_free "$CLUSTER_PORT"; do CLUSTER_PORT=$((25432 + (CLUSTER_PORT + 1) % 1000)); done
  printf '%s\n' "$CLUSTER_PORT" >"$saved"
}

# When .run/ was removed while the data stayed in /var/lib. PostgreSQL's single-user mode asks for no password.
replace_password() {
  stop_cluster
  printf "ALTER ROLE %s PASSWORD '%s'\n" "$POSTGRES_USER" "$POSTGRES_PASSWORD" |
    as_postgres "$PG_BIN/postgres" --single -D "$PGDATA" template1 >"$LOGS/$CLUSTER-password.log" 2>&1 ||
    explain "$LOGS/$CLUSTER-password.log" 'setting the database password'
}

# start_cluster NAME [pg_ctl OPTIONS]: exports DATABASE_URL.
start_cluster() {
  local options=${2:-}
  PG_BIN=/usr/lib/postgresql/$POSTGRES_VERSION/bin
  [ -f "$PGDATA/PG_VERSION" ] || make_cluster ${options:+--no-sync}
  if cluster_is_running; then
    NOTE="already running on port $CLUSTER_PORT"
  else
    rm -f -- "$PGDATA/postmaster.pid"
    choose_port
    logged "$1" 'starting the private PostgreSQL cluster' in_root_folder "${RUN_AS[@]}" "$PG_BIN/pg_ctl" -D "$PGDATA" -w -t 60 \
      -o "-p $CLUSTER_PORT $options" start
    CLUSTER_STARTED=1
    NOTE="PostgreSQL $POSTGRES_VERSION, port $CLUSTER_PORT, $PGDATA"
  fi
  if ! query 'SELECT 1' >/dev/null && grep -q 'password authentication failed' "$LOGS/database.log"; then
    replace_password
    start_cluster "$@"
    return
  fi
  [ "$(query "SELECT 1 FROM pg_database WHERE datname = '$POSTGRES_USER'")" = 1 ] || query "CREATE DATABASE $POSTGRES_USER" ||
    explain "$LOGS/database.log" 'making the database'
  export DATABASE_URL=postgis://$POSTGRES_USER:$POSTGRES_PASSWORD@127.0.0.1:$CLUSTER_PORT/$POSTGRES_USER
}

query() {
  PGPASSWORD=$POSTGRES_PASSWORD "$PG_BIN/psql" -X -h 127.0.0.1 -p "$CLUSTER_PORT" -U "$POSTGRES_USER" -d postgres -w -Atq -c "$1" \
    2>"$LOGS/database.log"
}

stop_cluster() {
  cluster_is_running || return 0
  as_postgres "/usr/lib/postgresql/$POSTGRES_VERSION/bin/pg_ctl" -D "$PGDATA" -m fast -w -t 60 stop >>"$LOGS/$CLUSTER.log" 2>&1
}

# database NAME [OPTIONS]: a given DATABASE_URL is used as it is and only checked.
database() {
  if [ -z "${DATABASE_URL:-}" ]; then start_cluster "$@"; else NOTE='from DATABASE_URL'; fi
  logged database 'opening the database' "$VENV_PYTHON" script/lib/check_database.py
}
