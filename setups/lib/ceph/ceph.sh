# shellcheck shell=bash
# What the setups of Ceph share; their `up` sources it after setup.sh and `begin`.
#
#   cluster PORT         one monitor and one OSD that keeps its objects in memory; PORT is that of the gateway, and
#                        `options`, a function of the setup, prints the lines of configuration that it needs besides
#   admin COMMAND ...    radosgw-admin, without its answer
#   gateway PORT         RADOS Gateway, which reads users and storage classes when it starts
data=$DIR/data
export CEPH_CONF=$data/ceph.conf
unset CEPH_ARGS
monitor_port=''
port monitor_port

# Ceph's programs wait for ever for a cluster that does not answer.
run() { timeout --foreground 60 "$@"; }
osd_up() { run ceph osd stat -f json | grep -q '"num_up_osds":1'; }

configure() { # PORT
  cat >"$CEPH_CONF" <<END
[global]
fsid = $fsid
mon_initial_members = a
mon_host = v1:127.0.0.1:$monitor_port
ms_bind_msgr2 = false
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
# Only this machine reaches the cluster behind the gateway.
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
keyring = $data/keyring
run_dir = $data
crash_dir = $DIR/log
admin_socket =
log_file = $DIR/log/ceph-\$name.log
log_to_stderr = false
err_to_stderr = true
# One copy of everything, in one place.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
# A disk that is nearly full is no reason to stop.
mon_data_avail_warn = 2
mon_data_avail_crit = 1
[mon]
mon_data = $data/monitor
[osd]
osd_data = $data/osd
osd_objectstore = memstore
memstore_device_bytes = 8589934592
[client]
rgw_data = $data/gateway
rgw_frontends = beast endpoint=127.0.0.1:$1
rgw_thread_pool_size = 64
$(options)
END
}

cluster() { # PORT
  local fsid uuid attempt limit
  fsid=$(cat /proc/sys/kernel/random/uuid)
  mkdir "$data"/{monitor,osd,gateway}
  configure "$1"
  run ceph-authtool --create-keyring "$data/keyring" --gen-key -n mon. --cap mon 'allow *'
  # Without a map the monitor would take the standard ports.
  run monmaptool --create --fsid "$fsid" --addv a "v1:127.0.0.1:$monitor_port" "$data/monmap"
  run ceph-mon --mkfs -i a --monmap "$data/monmap"
  start monitor ceph-mon -f -i a
  await 60 "the monitor's answer" run ceph --connect-timeout 5 mon stat

  uuid=$(cat /proc/sys/kernel/random/uuid)
  # It may answer before it takes commands (EPERM); this one does nothing the second time.
  await 60 "the monitor's first command" run ceph osd new "$uuid"
  run ceph-osd -i 0 --mkfs --osd-uuid "$uuid"
  # In Ceph 16 the OSD at times ends with "wrong fsid" when its monitor is new: it is started again then.
  for attempt in {1..5}; do
    start osd ceph-osd -f -i 0
    limit=$((SECONDS + 60))
    until osd_up || [ -n "$(dead)" ] || [ $SECONDS -ge $limit ]; do sleep 0.1; done
    [ "$(dead)" = osd ] || break
    echo "start $attempt of the OSD failed"
    sed -i '$d' "$DIR/pids"
  done
  await 1 "the OSD" osd_up
}

admin() { run radosgw-admin "$@" >/dev/null; }

gateway() { # PORT
  start gateway radosgw -f -n client.admin
  await 60 "the answer from the gateway" curl -sf -o "$data/answer" "http://127.0.0.1:$1/"
}
