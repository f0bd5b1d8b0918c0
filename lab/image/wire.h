// What the wire program and its switch share: the cells of the maps between them. A field that is
// added here is known to both.
#pragma once
#include <linux/types.h>

/* Directions that a patchbay can have, rules of one direction, and what one rule can tell apart. */
enum { DIRECTIONS = 1024, RULES = 8, KINDS = 6, PEERS = 8 };

/* By a device's index, with EGRESS set for packets that leave through the device. */
struct order {
	__u32 peer;  /* index of the device to redirect to; 0: let the stack (a bridge) have it */
	__u32 rules; /* bit n: rule n is in force */
};

/* By the same key. Stamps are CLOCK_MONOTONIC, ns; 0: never. */
struct count {
	__u64 passed, dropped;
	__u64 first, last; /* drops */
};

struct place {
	__u32 key, slot;
};

/* Where a rule looks: at the headers of a packet, at those of what Geneve carries in it, or at either. */
enum { OUTSIDE = 1, INSIDE = 2 };

/* Protocol of ARP, which has no IPv4 header: its EtherType, which no IPv4 protocol can be. */
enum { ARP = 0x0806 };

/* Packets of one protocol, and with a port in a range at either end. Host order. */
struct kind {
	__u16 protocol;       /* of IPv4, or ARP; 0: this kind and all that follow are none */
	__u16 least, most;    /* ports, both included; most 0: any, or none */
	__u16 spare;
};

/* Which packets a rule meets: those of its peers, and of its kinds, or of all but these. */
struct match {
	__u32 layers;         /* OUTSIDE, INSIDE or both; peers are looked for outside unless it is INSIDE alone */
	__u32 but;            /* 1: what is of none of the kinds */
	struct kind kinds[KINDS];
	__be32 peers[PEERS];  /* addresses, at either end; 0: that and all that follow are none */
};

/* By place: what happens to the packets that it meets. Shares are so many of 2^32. */
struct rule {
	__u64 loss, duplicate, corrupt;
	__u64 worsen, recover; /* loss in bursts: from one packet to the next; recover 0: each packet for itself */
	__u64 longest;         /* bytes of IP that pass; 0: any */
	struct match match;
};

/* By place. What is duplicated or corrupted has passed too, and counts in each. */
struct tally {
	__u64 passed, lost, oversized, duplicated, corrupted;
	__u64 first, last; /* packets that did not pass as they were, once */
	__u64 bad;         /* 1: amid a burst */
};
