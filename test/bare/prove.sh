#!/usr/bin/env bash
# Proves "Set up" of the README where there is Node and git and nothing else: in a minimal Debian that
# has processes and a network of its own, from which only npm gets out. It takes half an hour.
# Needs root, debootstrap, unshare and ip: bash test/bare/prove.sh ['another command than npm test']
set -euo pipefail
cd "$(dirname "$0")/../.."
command=${1:-npm test}

root=$(mktemp -d)
chmod 755 "$root"
node test/bare/relay.mjs out "$root/out" &
relay=$!
trap 'kill "$relay"; rm -rf "$root"' EXIT

debootstrap --variant=minbase --include=git,ca-certificates bookworm "$root/debian" >/dev/null
cp "$(command -v node)" "$root/debian/usr/bin/node"
mkdir -p "$root/debian/usr/lib/node_modules"
cp -r "$(npm root --global)/npm" "$root/debian/usr/lib/node_modules/npm"
for name in npm npx; do
  ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$root/debian/usr/bin/$name"
done
echo '127.0.0.1 localhost' >"$root/debian/etc/hosts"
# Certificates that this machine trusts beyond the usual ones.
cp "${NODE_EXTRA_CA_CERTS:-/dev/null}" "$root/debian/usr/share/extra.crt"
git clone --quiet --no-hardlinks . "$root/debian/root/create-backend"
mkdir "$root/debian/run/relay"
cp test/bare/relay.mjs "$root/debian/run/relay/"

cat >"$root/debian/run/relay/prove" <<END
set -euo pipefail
node /run/relay/relay.mjs in /run/relay/out &
cd /root/create-backend
npm ci && npx create-backend ../my-api
$command
END

# Whatever is left running ends with the first process of the namespace.
unshare --mount --net --pid --fork --kill-child bash -euc '
  ip link set lo up
  touch "$1/run/relay/out"
  mount --bind "$0/out" "$1/run/relay/out"
  mount -t proc proc "$1/proc"
  mount --rbind /dev "$1/dev"
  exec chroot "$1" env -i HOME=/root PATH=/usr/bin:/bin LANG=C.UTF-8 \
    NODE_EXTRA_CA_CERTS=/usr/share/extra.crt npm_config_https_proxy=http://127.0.0.1:8080 bash /run/relay/prove
' "$root" "$root/debian"
