// Bash text that prints what a node is like, one fact a line. It is run on every node of a lab, one after the other,
// several times in a run, so it starts as few processes as it can: hundreds of them make BFD sessions time out.

/** Programs of the harness, which come and go. */
const OURS = 'bash|cat|curl|fping|ip|iperf3|nft|node|ovn-nbctl|ovs-vsctl|renice|sed|socat|sort|stamp|tail|vtysh'

const PROCESSES = `declare -A runs=()
for f in /proc/[0-9]*/comm; do read -r name <$f && case $name in ${OURS}) ;; *) runs[$name]=1 ;; esac; done
printf '%s\\n' "\${!runs[@]}"`

const NETWORK = `ip -4 -o -batch - <<'X'
link
addr
route show table all
rule
X
nft -s list ruleset`

/** What routing daemons were told while they ran, which no file holds. */
const ROUTING = `for vty in /run/frr/bgpd.vty /run/frr/*/bgpd.vty /run/frr/ospfd.vty; do
[ -S $vty ] || continue
daemon=\${vty##*/} daemon=\${daemon%.vty}
mapfile -t told < <(vtysh --vty_socket \${vty%/*} -d $daemon -c 'show running-config')
printf '%s\\n' "\${told[@]/#/$daemon: }"
done`

const SWITCH_PORTS = '[ ! -S /run/openvswitch/db.sock ] || ovs-vsctl -- list-ports br-int -- list-ports br-phy'

export const NODE_STATE = [NETWORK, PROCESSES, ROUTING, SWITCH_PORTS].join('\n')

/** The same for the patchbay: devices, their qdiscs, and the filters on them. */
export const WIRING = `ip -o link; bridge link; tc qdisc show; for d in /sys/class/net/*; do
echo "filter show dev \${d##*/} ingress"; echo "filter show dev \${d##*/} egress"; done | tc -batch -`
