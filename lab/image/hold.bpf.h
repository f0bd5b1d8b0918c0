// The wire's part in holding packets back: hands those that a rule meets to hold.c, with the time and what they
// wait for. What hold.c sends on comes by wire_back (wire.bpf.c).
#pragma once
#include "hold.h"

MAP(holds, DIRECTIONS * RULES, struct place, struct hold);
MAP(handed, DIRECTIONS * RULES, struct place, struct handed);
MAP(held, DIRECTIONS * RULES, struct place, struct held);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, HOLD_RING);
} parcels SEC(".maps");

static __always_inline void hand_over(struct __sk_buff *skb, const struct place *place, const struct hold *hold)
{
	struct handed *count = bpf_map_lookup_elem(&handed, place);
	__u32 size = skb->len;
	if (!count)
		return;
	struct parcel *parcel = size < FRAME ? bpf_ringbuf_reserve(&parcels, sizeof *parcel, 0) : 0;
	if (!parcel) {
		__sync_fetch_and_add(&count->missed, 1);
		return;
	}
	parcel->stamp = bpf_ktime_get_ns();
	parcel->key = place->key;
	parcel->slot = place->slot;
	parcel->hold = *hold;
	parcel->size = size &= FRAME - 1;
	if (!size || bpf_skb_load_bytes(skb, 0, parcel->frame, size)) {
		__sync_fetch_and_add(&count->missed, 1);
		bpf_ringbuf_discard(parcel, 0);
		return;
	}
	__sync_fetch_and_add(&count->packets, 1);
	bpf_ringbuf_submit(parcel, 0);
}
