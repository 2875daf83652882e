# shellcheck shell=bash
# What every `up` and `down` shares; they source this file. The promises are in setups/README.md.
#
#   begin "$@"                      claim the folder DIR, install packages, undo everything if `up` does not reach `ready`
#   port VARIABLE                   set VARIABLE to a free port, or check the one that the environment gives
#   start NAME COMMAND ...          run a server in the background and record it
#   await SECONDS WHAT COMMAND ...  repeat COMMAND until it succeeds; fail as soon as a server has died
#   ready JSON                      print the answer and leave the servers running
#   down "$@"                       stop the recorded servers, the last started first
#
# In DIR: .setup (whose it is), pids (one "PID START NAME" per server), log/, and data/ for the setup's own files.
set -Eeuo pipefail
export LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin PYTHONDONTWRITEBYTECODE=1
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost
unset CDPATH PYTHONPATH PYTHONHOME

HERE=$(dirname "$(readlink -f "$0")")
SETUPS=${HERE%/*/*}
SETUP=${HERE#"$SETUPS"/}
exec 3>&1 4>&2 # where the answer and complaints go, whatever happens to 1 and 2

fail() { echo "$SETUP: $*" >&4; exit 1; }

# --- processes -------------------------------------------------------------------------------------------------------

# When the process began, in clock ticks since boot; nothing if it is gone. A pid that was reused began at another time.
start_time() {
  local stat fields
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" = Z ] || echo "${fields[19]}"
}

running() { [ "$(start_time "$1")" = "$2" ]; }

# A session of its own and no descriptor of ours: the server outlives `up`, and nobody waits for it to close a pipe.
start() {
  local name=$1
  shift
  (
    trap - EXIT ERR INT TERM HUP
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      [ "$fd" -le 2 ] || eval "exec $fd>&-"
    done
    exec setsid "$@"
  ) </dev/null >>"$DIR/log/$name.log" 2>&1 &
  local began
  began=$(start_time $!)
  echo "$! ${began:-gone} $name" >>"$DIR/pids"
}

dead() { # the name of a server that has ended
  local pid began name
  while read -r pid began name; do running "$pid" "$began" || echo "$name"; done <"$DIR/pids"
}

await() {
  local seconds=$1 what=$2 end=$((SECONDS + $1)) gone
  shift 2
  while :; do
    gone=$(dead)
    [ -z "$gone" ] || fail "ended while waiting for $what: $(xargs <<<"$gone")"
    ! "$@" || break
    [ $SECONDS -lt $end ] || fail "$what did not come within $seconds s"
    sleep 0.1
  done
}

stop_all() {
  local pid began name
  [ -e "$DIR/pids" ] || return 0
  tac "$DIR/pids" | while read -r pid began name; do
    for i in {1..150}; do
      running "$pid" "$began" || continue 2
      case $i in
        1) kill -TERM "$pid" ;;
        100) kill -KILL -- "-$pid" ;;
      esac
      sleep 0.1
    done
    fail "could not stop $name, process $pid"
  done
  rm -f "$DIR/pids"
}

# --- ports -----------------------------------------------------------------------------------------------------------

listening() { (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

TAKEN=' '
port() {
  local number=${!1-}
  if [ -n "$number" ]; then
    [[ $number =~ ^[1-9][0-9]{3,4}$ && $number -le 65535 ]] || fail "$1=$number is not a port"
    ! listening "$number" || fail "port $number is taken: give $1 another one, or none to have one chosen"
  else # below the range that the kernel gives to outgoing connections
    until number=$((20000 + RANDOM % 10000)) && [[ $TAKEN != *" $number "* ]] && ! listening $number; do :; done
  fi
  TAKEN+="$number "
  printf -v "$1" %s "$number"
}

# --- up and down -----------------------------------------------------------------------------------------------------

begin() {
  [[ $# = 1 && -n $1 ]] || fail "usage: up DIR"
  mkdir -p -- "$1" || fail "cannot make the folder $1"
  DIR=$(cd -- "$1" && pwd -P)
  [[ $DIR =~ ^[A-Za-z0-9/._+@-]+$ ]] || fail "the servers' configuration files cannot name this folder: $DIR"
  [ -z "$(ls -A "$DIR")" ] || [ "$(cat "$DIR/.setup" 2>/dev/null)" = "$SETUP" ] ||
    fail "$DIR is not empty and not left by an earlier up of $SETUP"
  echo "$SETUP" >"$DIR/.setup"
  exec 9>"$DIR/.lock"
  flock -n 9 || fail "another up or down is at work in $DIR"
  local pid began name
  if [ -e "$DIR/pids" ]; then
    while read -r pid began name; do
      ! running "$pid" "$began" || fail "already up in $DIR ($name runs): down it first"
    done <"$DIR/pids"
  fi
  rm -rf -- "$DIR/data" "$DIR/log" "$DIR/pids"
  mkdir "$DIR/data" "$DIR/log"
  : >"$DIR/pids"
  trap finish EXIT
  trap 'exit 130' INT TERM HUP
  "$SETUPS/install" "$SETUP" >&2
  trap 'echo "failed: $BASH_COMMAND (${BASH_SOURCE[0]}:$LINENO)"' ERR
  exec >>"$DIR/log/up.log" 2>&1 </dev/null
}

finish() {
  local status=$?
  trap - EXIT ERR
  trap '' INT TERM HUP
  [ "$status" != 0 ] || status=1
  {
    echo "$SETUP: not up; the logs are in $DIR/log"
    [ ! -e "$DIR/log/up.log" ] || tail -n 5 "$DIR/log/up.log"
  } >&4
  stop_all || true
  exit "$status"
}

ready() {
  [ -z "$(dead)" ] || fail "ended: $(dead | xargs)"
  trap - EXIT ERR INT TERM HUP
  echo "$1" >&3
}

down() {
  [[ $# = 1 && -n $1 ]] || fail "usage: down DIR"
  [ -e "$1/.setup" ] || exit 0
  DIR=$(cd -- "$1" && pwd -P)
  [ "$(cat "$DIR/.setup")" = "$SETUP" ] || fail "$DIR belongs to $(cat "$DIR/.setup")"
  exec 9>"$DIR/.lock"
  flock -w 60 9 || fail "an up is still at work in $DIR"
  stop_all
}
