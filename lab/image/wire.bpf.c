// The patchbay's wire: on the way into a device it sends a packet on to the far device, or drops
// it; on the way out of one it lets it pass or drops it. What it drops, it counts and stamps, so
// that a fault carries its own proof.
//
// A key is a device's index and a direction. Orders and counts live in two maps, because writing a
// cell of the first must not wipe the evidence in the second.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define EGRESS 0x80000000u /* set in the key of packets that leave through the device */

struct order {
	__u32 peer; /* index of the device to redirect to; 0: let the stack (a bridge) have it */
	__u32 drop; /* 1: drop everything */
};

struct count {
	__u64 passed, dropped;
	__u64 first, last; /* CLOCK_MONOTONIC of the first and last drop, ns */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct order);
} orders SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct count);
} counts SEC(".maps");

static __always_inline int carry(__u32 key)
{
	struct order *order = bpf_map_lookup_elem(&orders, &key);
	struct count *count = bpf_map_lookup_elem(&counts, &key);
	if (!order || !count)
		return TC_ACT_OK;
	if (*(volatile __u32 *)&order->drop) {
		__u64 now = bpf_ktime_get_ns();
		__sync_val_compare_and_swap(&count->first, 0, now);
		count->last = now;
		__sync_fetch_and_add(&count->dropped, 1);
		return TC_ACT_SHOT;
	}
	__sync_fetch_and_add(&count->passed, 1);
	return order->peer ? bpf_redirect(order->peer, 0) : TC_ACT_OK;
}

SEC("tc") int wire_in(struct __sk_buff *skb) { return carry(skb->ifindex); }
SEC("tc") int wire_out(struct __sk_buff *skb) { return carry(skb->ifindex | EGRESS); }

char _license[] SEC("license") = "GPL";
