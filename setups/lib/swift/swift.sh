# shellcheck shell=bash
# What the setups of OpenStack Swift share; their `up` sources it after setup.sh and `begin`.
#
#   storage [POLICY ...]         the account, container and object servers and memcached; policies besides the first
#   proxy PORT FILTER ...        the proxy with these filters, in their order; `options FILTER`, a function of the
#                                setup, prints the lines of configuration that a filter needs there
FOLDER=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
data=$DIR/data
account='' container='' object='' memcached=''
for name in account container object memcached; do port $name; done

common() { # PORT
  cat <<END
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $1
user = $(id -un)
swift_dir = $data
workers = 0
END
}
serve() { start "$1" /usr/bin/python3 "$FOLDER/server.py" "$1" "$data"; }

storage() {
  local kind policy index=0 rings=(account "$account" container "$container" object "$object")
  mkdir "$data/disk"
  {
    printf '[swift-hash]\nswift_hash_path_suffix = conformance\n[storage-policy:0]\nname = only\ndefault = yes\n'
    for policy; do
      index=$((index + 1))
      printf '[storage-policy:%d]\nname = %s\n' $index "$policy"
      rings+=("object-$index" "$object")
    done
  } >"$data/swift.conf"
  /usr/bin/python3 "$FOLDER/rings.py" "$data" "${rings[@]}"
  for kind in account container object; do
    cat >"$data/$kind-server.conf" <<END
$(common "${!kind}")
devices = $data
mount_check = false
recon_cache_path = $data
log_level = WARNING
fallocate_reserve = 0
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
END
    serve $kind
  done
  start memcached memcached -l 127.0.0.1 -p "$memcached" -U 0 -m 32 -u "$(id -un)"
}

proxy() { # PORT FILTER ...
  local port=$1 filter filters
  shift
  filters=$*
  {
    cat <<END
$(common "$port")
[pipeline:main]
pipeline = ${filters/copy/proxy_logging copy} proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
END
    for filter in "$@" proxy_logging; do
      printf '[filter:%s]\n' "$filter"
      case $filter in
        authtoken) echo 'paste.filter_factory = keystonemiddleware.auth_token:filter_factory' ;;
        *) printf 'use = egg:swift#%s\n' "${filter/#cache/memcache}" ;;
      esac
      case $filter in
        cache) echo "memcache_servers = 127.0.0.1:$memcached" ;;
        versioned_writes) echo 'allow_object_versioning = true' ;;
      esac
      options "$filter"
    done
  } >"$data/proxy-server.conf"
  serve proxy
}
