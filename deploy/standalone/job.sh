#!/usr/bin/env bash
# Submits, stops, upgrades and rolls back a job on a Flink cluster, with Flink's own client.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
Usage, with FLINK_HOME set to a Flink distribution whose conf/config.yaml names the cluster:
  job.sh JOB submit   JAR CONFIG [OPTION…]             starts the job
  job.sh JOB stop     CONFIG                           stops it with a savepoint and prints its path
  job.sh JOB upgrade  JAR CONFIG [OPTION…]             stops it, and starts JAR from the savepoint
  job.sh JOB rollback JAR CONFIG SAVEPOINT [OPTION…]   cancels it, and starts JAR from SAVEPOINT
JOB is serve or train, JAR is a pidstream-job.jar; OPTIONs are those of 'pidstream run JOB', such as
--parallelism 8.
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

# The ids of a configuration's jobs that are running or restarting.
jobs_of() {
  local name listed
  name=$(name_of "$1")
  listed=$(flink list)
  sed -n "s/^.* : \([0-9a-f]\{32\}\) : ${name//./\\.} $job (.*/\1/p" <<<"$listed"
}

# The one job of a configuration.
job_of() {
  local jobs
  jobs=$(jobs_of "$1")
  [ -n "$jobs" ] || fail "$1: no $job job of it is running"
  [ "$(wc -l <<<"$jobs")" = 1 ] || fail "$1: more than one $job job of it is running:" $jobs
  echo "$jobs"
}

start() { # JAR CONFIG [OPTION…]
  local jar=$1 config=$2
  shift 2
  flink run --detached "$jar" run "$job" --config "$config" "$@"
}

submit() { # JAR CONFIG [OPTION…]
  local running
  running=$(jobs_of "$2")
  [ -z "$running" ] || fail "$2: a $job job of it is running:" $running
  start "$@"
}

stop() { # CONFIG; leaves the path in $savepoint
  local id said
  id=$(job_of "$1")
  said=$(flink stop "$id")
  savepoint=$(sed -n 's/^Savepoint completed. Path: //p' <<<"$said")
  [ -n "$savepoint" ] || fail "$1: expected a savepoint of job $id: $said"
  echo "stopped job $id; savepoint $savepoint"
}

upgrade() { # JAR CONFIG [OPTION…]
  local jar=$1 config=$2
  shift 2
  stop "$config"
  start "$jar" "$config" --from "$savepoint" "$@"
  echo "to go back: job.sh $job rollback OLD_JAR $config $savepoint"
}

rollback() { # JAR CONFIG SAVEPOINT [OPTION…]
  local jar=$1 config=$2 from=$3 id running
  shift 3
  running=$(jobs_of "$config")
  for id in $running; do
    flink cancel "$id"
  done
  start "$jar" "$config" --from "$from" "$@"
}

[ $# -ge 3 ] || usage
job=$1
action=$2
shift 2
case $job in
  serve | train) ;;
  *) usage ;;
esac
case $action in
  submit | upgrade) [ $# -ge 2 ] || usage ;;
  rollback) [ $# -ge 3 ] || usage ;;
  stop) [ $# -eq 1 ] || usage ;;
  *) usage ;;
esac
"$action" "$@"
