// The patchbay's wire: on the way into a device it sends a packet on to the far device, or drops
// it; on the way out of one it lets it pass or drops it. What it drops or doubles, it counts and
// stamps, so that a fault carries its own proof.
//
// Orders and counts live in maps of their own, because writing a cell of the one must not wipe the
// evidence in the other. Beside its order a direction has room for rules, each with counts of its
// own: what several faults do there does not mix.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#include "damage.h"
#include "packet.h"
#include "wire.h"

#define EGRESS 0x80000000u
#define COPY 0x636f7079u /* mark of what comes by here again, judged; veth clears marks between namespaces */

#define MAP(name, most, k, v)                  \
	struct {                               \
		__uint(type, BPF_MAP_TYPE_HASH); \
		__uint(max_entries, most);     \
		__type(key, k);                \
		__type(value, v);              \
	} name SEC(".maps")

MAP(orders, DIRECTIONS, __u32, struct order);
MAP(counts, DIRECTIONS, __u32, struct count);
MAP(rules, DIRECTIONS * RULES, struct place, struct rule);
MAP(tallies, DIRECTIONS * RULES, struct place, struct tally);

#include "hold.bpf.h"

static __always_inline void stamp(__u64 *first, __u64 *last)
{
	__u64 now = bpf_ktime_get_ns();
	__sync_val_compare_and_swap(first, 0, now);
	*last = now;
}

/* Whether a rule loses this packet, and counts it. */
static __always_inline int loses(struct __sk_buff *skb, const struct rule *rule, struct tally *tally)
{
	if (rule->longest && skb->len > rule->longest + ETH_HLEN) {
		__sync_fetch_and_add(&tally->oversized, 1);
		return 1;
	}
	if (rule->recover ? !burst(rule, tally) : !chance(rule->loss))
		return 0;
	__sync_fetch_and_add(&tally->lost, 1);
	return 1;
}

/* What a rule makes of a packet. */
enum { LOST = 1, DOUBLED = 2, HELD = 4 };

/* Functions of their own, as `meets`: what is in a loop the verifier would judge in every turn and every state. */
__noinline int judge(struct __sk_buff *skb, const struct packet *packet, __u32 key, __u32 slot)
{
	struct place place = { key, slot };
	struct rule *rule = bpf_map_lookup_elem(&rules, &place);
	struct tally *tally = bpf_map_lookup_elem(&tallies, &place);
	if (!packet || !rule || !tally || !meets(&rule->match, packet))
		return 0;
	if (loses(skb, rule, tally)) {
		stamp(&tally->first, &tally->last);
		return LOST;
	}
	__sync_fetch_and_add(&tally->passed, 1);
	if (chance(rule->corrupt) && corrupt(skb, &packet->outside)) {
		stamp(&tally->first, &tally->last);
		__sync_fetch_and_add(&tally->corrupted, 1);
	}
	return (chance(rule->duplicate) ? DOUBLED : 0) | (bpf_map_lookup_elem(&holds, &place) ? HELD : 0);
}

/*
 * Whether a rule loses this packet; if none does, those that want a copy of it are in `doubles`. One that holds it
 * back is in `holder`, and no rule after that is asked: their turn comes when the packet goes on.
 */
static __always_inline int lost(struct __sk_buff *skb, __u32 key, __u32 in_force, __u32 *doubles, __u32 *holder)
{
	struct packet packet = { 0 };
	read_packet(skb, &packet);
	for (__u32 slot = 0; slot < RULES; slot++) {
		if (!(in_force & (1u << slot)))
			continue;
		int fate = judge(skb, &packet, key, slot);
		if (fate & LOST)
			return 1;
		if (fate & DOUBLED)
			*doubles |= 1u << slot;
		if (fate & HELD) {
			*holder = slot;
			break;
		}
	}
	return 0;
}

/* A copy for the far device. Where a bridge is next there is none: the copy comes by here again, marked. */
static __always_inline long copy(struct __sk_buff *skb, __u32 key, __u32 peer)
{
	if (peer)
		return bpf_clone_redirect(skb, peer, 0);
	skb->mark = COPY;
	long failed = bpf_clone_redirect(skb, key & ~EGRESS, key & EGRESS ? 0 : BPF_F_INGRESS);
	skb->mark = 0;
	return failed;
}

/* The copy that the rule in this slot wants: handed over where the packet is held back by that in `holder`. */
__noinline int doubled(struct __sk_buff *skb, __u32 key, __u32 slot, __u32 peer, __u32 holder)
{
	struct place place = { key, slot }, waits = { key, holder };
	struct hold *hold = holder < RULES ? bpf_map_lookup_elem(&holds, &waits) : 0;
	struct tally *tally = bpf_map_lookup_elem(&tallies, &place);
	if (hold)
		hand_over(skb, &waits, hold);
	else if (copy(skb, key, peer))
		return 0;
	if (!tally)
		return 0;
	stamp(&tally->first, &tally->last);
	__sync_fetch_and_add(&tally->duplicated, 1);
	return 1;
}

/* Carries a packet. One that was held back is on no wire's device, and `asked` are the rules that judged it before. */
__noinline int carry(struct __sk_buff *skb, __u32 key, __u32 asked, __u32 back)
{
	struct order *order = bpf_map_lookup_elem(&orders, &key);
	struct count *count = bpf_map_lookup_elem(&counts, &key);
	if (!order || !count)
		return TC_ACT_OK;
	__u32 peer = order->peer, in_force = order->rules & ~asked, doubles = 0, holder = RULES;
	if (!back && skb->mark == COPY) {
		skb->mark = 0;
		return TC_ACT_OK;
	}
	if (in_force && lost(skb, key, in_force, &doubles, &holder)) {
		stamp(&count->first, &count->last);
		__sync_fetch_and_add(&count->dropped, 1);
		return TC_ACT_SHOT;
	}
	struct place waits = { key, holder };
	struct hold *hold = holder < RULES ? bpf_map_lookup_elem(&holds, &waits) : 0;
	if (!hold)
		__sync_fetch_and_add(&count->passed, 1);
	for (__u32 slot = 0; doubles && slot < RULES; slot++)
		if (doubles & (1u << slot))
			doubled(skb, key, slot, peer, holder);
	if (hold) {
		hand_over(skb, &waits, hold);
		return TC_ACT_STOLEN;
	}
	if (peer || !back)
		return peer ? bpf_redirect(peer, 0) : TC_ACT_OK;
	skb->mark = COPY; /* it comes by here again */
	return bpf_redirect(key & ~EGRESS, key & EGRESS ? 0 : BPF_F_INGRESS);
}

/* A packet that hold.c sends on goes where it was going, judged by the rules whose turn has not come yet. */
static __always_inline int carry_on(struct __sk_buff *skb)
{
	__u32 mark = skb->mark;
	skb->mark = 0;
	return carry(skb, HELD_KEY(mark), (2u << HELD_SLOT(mark)) - 1, 1);
}

SEC("tc") int wire_in(struct __sk_buff *skb) { return carry(skb, skb->ifindex, 0, 0); }
SEC("tc") int wire_out(struct __sk_buff *skb) { return carry(skb, skb->ifindex | EGRESS, 0, 0); }
SEC("tc") int wire_back(struct __sk_buff *skb) { return carry_on(skb); }

char _license[] SEC("license") = "GPL";
