// What the wire program, its switch and hold.c share: packets that are kept back for a while.
#pragma once
#include <linux/types.h>

/* Bytes of a frame that can be held: one of an MTU of 1500 with room for a tag, in a number that a mask makes safe. */
enum { FRAME = 2048, HOLD_RING = 16 << 20 };

/* What packets handed to hold.c wait for, and where; for hold.c's packets on their way back, as a mark. */
#define HELD_EGRESS 0x80000000u
#define HELD_SLOT(mark) ((mark) >> 28 & 7)
#define HELD_MARK(key, slot) (((key) & HELD_EGRESS) | (slot) << 28 | ((key) & 0x0fffffff))
#define HELD_KEY(mark) ((mark) & (HELD_EGRESS | 0x0fffffff))

/* By place of a rule. */
struct hold {
	__u64 delay, variation; /* ns: each waits for delay, give or take as much as variation */
	__u64 rate;             /* bit/s of whole frames, one after the other; 0: as they come */
	__u64 queue;            /* ns that a packet may wait for those before it; who would wait longer is dropped */
	__u64 overtake;         /* so many of 2^32 do not wait for the delay */
	__u64 id;               /* of the rule: a place is used again */
};

/* By place: what the wire handed to hold.c, and what it found no room for. */
struct handed {
	__u64 packets, missed;
};

/* By place, written by hold.c. Stamps are CLOCK_MONOTONIC, ns; 0: never. */
struct held {
	__u64 taken, released, dropped, overtook;
	__u64 most;                /* packets at once */
	__u64 first, last;         /* taken */
	__u64 late_p99, late_most; /* ns after its time that a packet went on; the p99 to the next bucket's edge, 25 % */
};

/* One packet on its way to hold.c. */
struct parcel {
	__u64 stamp; /* CLOCK_MONOTONIC, ns: when the wire met it */
	__u32 key, slot;
	struct hold hold;
	__u32 size, spare;
	__u8 frame[FRAME];
};
