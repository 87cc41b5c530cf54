#!/usr/bin/env bash
# Submits, stops, upgrades and rolls back the serve job on a Flink cluster, with Flink's own client.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
Usage, with FLINK_HOME set to a Flink distribution whose conf/config.yaml names the cluster:
  serve.sh submit   JAR CONFIG [OPTION…]             starts the job
  serve.sh stop     CONFIG                           stops it with a savepoint, and says where that is
  serve.sh upgrade  JAR CONFIG [OPTION…]             stops it, and starts JAR from the savepoint
  serve.sh rollback JAR CONFIG SAVEPOINT [OPTION…]   cancels it, and starts JAR from SAVEPOINT
JAR is a pidstream-job.jar; OPTIONs are those of 'pidstream run serve', such as --parallelism 8.
TEXT
  exit 2
}

flink() { "${FLINK_HOME:?expected the directory of a Flink distribution}/bin/flink" "$@"; }

fail() {
  echo "$*" >&2
  exit 1
}

# The name in a configuration file.
name_of() {
  local name
  name=$(sed -n 's/^name: *["'\'']\{0,1\}\([A-Za-z0-9._-]*\).*/\1/p' "$1")
  [ -n "$name" ] || fail "$1: expected a line 'name: …'"
  echo "$name"
}

# The ids of the jobs of a configuration that run, or try to.
jobs_of() {
  local name listed
  name=$(name_of "$1")
  listed=$(flink list)
  sed -n "s/^.* : \([0-9a-f]\{32\}\) : ${name//./\\.} serve (.*/\1/p" <<<"$listed"
}

# The one job of a configuration.
job_of() {
  local jobs
  jobs=$(jobs_of "$1")
  [ -n "$jobs" ] || fail "$1: no such job is running"
  [ "$(wc -l <<<"$jobs")" = 1 ] || fail "$1: more than one such job is running:" $jobs
  echo "$jobs"
}

start() { # JAR CONFIG [OPTION…]
  local jar=$1 config=$2
  shift 2
  flink run --detached "$jar" run serve --config "$config" "$@"
}

submit() { # JAR CONFIG [OPTION…]
  local running
  running=$(jobs_of "$2")
  [ -z "$running" ] || fail "$2: such a job is running:" $running
  start "$@"
}

stop() { # CONFIG; leaves the path in $savepoint
  local job said
  job=$(job_of "$1")
  said=$(flink stop "$job")
  savepoint=$(sed -n 's/.*Savepoint completed. Path: //p' <<<"$said")
  [ -n "$savepoint" ] || fail "$1: expected a savepoint of job $job: $said"
  echo "stopped job $job; savepoint $savepoint"
}

upgrade() { # JAR CONFIG [OPTION…]
  local jar=$1 config=$2
  shift 2
  stop "$config"
  start "$jar" "$config" --from "$savepoint" "$@"
  echo "to go back: serve.sh rollback OLD_JAR $config $savepoint"
}

rollback() { # JAR CONFIG SAVEPOINT [OPTION…]
  local jar=$1 config=$2 from=$3 job running
  shift 3
  running=$(jobs_of "$config")
  for job in $running; do
    flink cancel "$job"
  done
  start "$jar" "$config" --from "$from" "$@"
}

[ $# -ge 2 ] || usage
action=$1
shift
case $action in
  submit | upgrade) [ $# -ge 2 ] || usage ;;
  rollback) [ $# -ge 3 ] || usage ;;
  stop) [ $# -eq 1 ] || usage ;;
  *) usage ;;
esac
"$action" "$@"
