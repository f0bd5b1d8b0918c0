// What the wire does to a packet or to a stream of them, beyond carrying and dropping.
#pragma once
#include "packet.h"

/* True for a share of calls, told in 2^32nds: 2^32 is always. */
static __always_inline int chance(__u64 share) { return share && bpf_get_prandom_u32() < share; }

/*
 * Loss in bursts (Gilbert's model): in the good state everything passes, in the bad one nothing, and each
 * packet may change it. Two processors that carry packets of one direction at the same instant may take the
 * state from each other; a burst then ends a packet sooner or later.
 */
static __always_inline int burst(const struct rule *rule, struct tally *tally)
{
	__u64 bad = *(volatile __u64 *)&tally->bad;
	if (chance(bad ? rule->recover : rule->worsen)) {
		bad = !bad;
		*(volatile __u64 *)&tally->bad = bad;
	}
	return bad;
}

/*
 * Flips one bit where only a checksum can notice: in what follows the header behind IP; where nothing follows,
 * in the checksum itself. False where there is neither.
 */
static __always_inline int corrupt(struct __sk_buff *skb, const struct headers *h)
{
	__u32 at = h->l4, drawn = bpf_get_prandom_u32(), header = 8, checksum = 2;
	__u8 byte;
	if (!at)
		return 0;
	if (h->protocol == TCP) {
		if (bpf_skb_load_bytes(skb, at + 12, &byte, 1))
			return 0;
		header = (byte >> 4) * 4;
		checksum = 16;
	} else if (h->protocol == UDP) {
		checksum = 6;
	}
	at += at + header < skb->len ? header + (drawn >> 3) % (skb->len - at - header) : checksum;
	if (bpf_skb_load_bytes(skb, at, &byte, 1))
		return 0;
	byte ^= 1 << (drawn & 7);
	return !bpf_skb_store_bytes(skb, at, &byte, 1, 0);
}
