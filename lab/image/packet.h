// What the wire can tell of a packet: its headers, those of what Geneve (RFC 8926) carries in it, and
// whether a rule means it.
#pragma once
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "wire.h"

enum { GENEVE_PORT = 6081, ETHERNET_BRIDGED = 0x6558, TCP = 6, UDP = 17 };

struct headers {
	__be32 source, destination;
	__u32 protocol; /* as in struct kind; 0: neither IPv4 nor ARP, or nothing */
	__u32 source_port, destination_port;
	__u32 l4; /* where the header behind IP begins; 0: this is not a first fragment, or not IP */
};

struct packet {
	struct headers outside, inside;
};

/* RFC 826 */
struct arp_ipv4 {
	__u8 kinds_and_operation[8];
	__u8 sender_mac[ETH_ALEN];
	__be32 sender;
	__u8 target_mac[ETH_ALEN];
	__be32 target;
} __attribute__((packed));

struct geneve {
	__u8 options; /* two bits of version, six of the options' length in words */
	__u8 flags;
	__be16 protocol;
	__u8 network[4];
};

/* The headers of the Ethernet frame that begins at this offset. */
static __always_inline void read_headers(struct __sk_buff *skb, __u32 at, struct headers *h)
{
	__be16 type;
	if (bpf_skb_load_bytes(skb, at + 2 * ETH_ALEN, &type, sizeof type))
		return;
	at += ETH_HLEN;
	if (type == bpf_htons(ETH_P_ARP)) {
		struct arp_ipv4 arp;
		if (bpf_skb_load_bytes(skb, at, &arp, sizeof arp))
			return;
		h->protocol = ARP;
		h->source = arp.sender;
		h->destination = arp.target;
		return;
	}
	struct iphdr ip;
	if (type != bpf_htons(ETH_P_IP) || bpf_skb_load_bytes(skb, at, &ip, sizeof ip))
		return;
	h->protocol = ip.protocol;
	h->source = ip.saddr;
	h->destination = ip.daddr;
	if (ip.frag_off & bpf_htons(0x1fff)) /* no first fragment, so no ports */
		return;
	h->l4 = at + ip.ihl * 4;
	if (ip.protocol != TCP && ip.protocol != UDP)
		return;
	__be16 ports[2];
	if (bpf_skb_load_bytes(skb, h->l4, ports, sizeof ports))
		return;
	h->source_port = bpf_ntohs(ports[0]);
	h->destination_port = bpf_ntohs(ports[1]);
}

static __always_inline void read_packet(struct __sk_buff *skb, struct packet *p)
{
	struct geneve tunnel;
	read_headers(skb, 0, &p->outside);
	if (p->outside.protocol != UDP || p->outside.destination_port != GENEVE_PORT)
		return;
	__u32 at = p->outside.l4 + sizeof(struct udphdr);
	if (bpf_skb_load_bytes(skb, at, &tunnel, sizeof tunnel) || tunnel.protocol != bpf_htons(ETHERNET_BRIDGED))
		return;
	read_headers(skb, at + sizeof tunnel + (tunnel.options & 0x3f) * 4, &p->inside);
}

static __always_inline int of_kinds(const struct match *match, const struct headers *h)
{
	for (int i = 0; i < KINDS; i++) {
		const struct kind *kind = &match->kinds[i];
		if (!kind->protocol)
			break;
		if (kind->protocol != h->protocol)
			continue;
		if (!kind->most || (h->source_port >= kind->least && h->source_port <= kind->most) ||
		    (h->destination_port >= kind->least && h->destination_port <= kind->most))
			return 1;
	}
	return 0;
}

static __always_inline int of_peers(const struct match *match, const struct headers *h)
{
	for (int i = 0; i < PEERS; i++) {
		__be32 peer = match->peers[i];
		if (!peer)
			return i == 0; /* it names none, so that any is meant */
		if (h->protocol && (peer == h->source || peer == h->destination))
			return 1;
	}
	return 0;
}

/* Functions of their own, so that the verifier judges each once and not in every turn of a loop. */
__noinline int meets(const struct match *match, const struct packet *p)
{
	if (!match || !p)
		return 0;
	if (!of_peers(match, match->layers == INSIDE ? &p->inside : &p->outside))
		return 0;
	if (!match->kinds[0].protocol) /* all of it; of what is inside only, all that carries something */
		return match->layers != INSIDE || p->inside.protocol;
	int found = ((match->layers & OUTSIDE) && of_kinds(match, &p->outside)) ||
		    ((match->layers & INSIDE) && of_kinds(match, &p->inside));
	return match->but ? !found : found;
}
