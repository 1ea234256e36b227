#!/bin/sh
# coturn for the voices of Jam Room: it leads to the voice worker's addresses and to nothing else.
#
#   JAM_PUBLIC_IP    where the voice worker is, as its own setting; the first is this machine's, too
#   JAM_TURN_SECRET  as the servers' own setting: they hand out names for an hour with it
set -eu

if [ "${#JAM_TURN_SECRET}" -lt 16 ] || [ -z "$JAM_PUBLIC_IP" ]; then
  echo 'turnserver: JAM_TURN_SECRET of 16 letters or more, and JAM_PUBLIC_IP are needed' >&2
  exit 2
fi

# Everything is forbidden, private networks as all others, but the voices.
set -- --denied-peer-ip=0.0.0.0-255.255.255.255 \
  --denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --no-multicast-peers "$@"
first=
for address in $(echo "$JAM_PUBLIC_IP" | tr ',' ' '); do
  first=${first:-$address}
  set -- "--allowed-peer-ip=$address" "$@"
  case $address in 127.* | ::1) set -- --allow-loopback-peers "$@" ;; esac
done

# Names end after an hour, and one name has few lines. A voice takes 8 kB a second each way at most.
# Nothing is logged: what it says holds addresses.
exec turnserver --use-auth-secret "--static-auth-secret=$JAM_TURN_SECRET" --realm=jam \
  --listening-port=3478 --min-port=49160 --max-port=49259 "--external-ip=$first" \
  --no-tls --no-dtls --no-tcp-relay --no-cli --no-rfc5780 --no-stun-backward-compatibility \
  --response-origin-only-with-rfc5780 --no-software-attribute --fingerprint \
  --user-quota=4 --total-quota=100 --max-bps=24000 --stale-nonce=600 --max-allocate-lifetime=3600 \
  --userdb=:memory: --pidfile=/dev/null --log-file=/dev/null --no-stdout-log "$@"
