// The cells of rules that hold packets back, for cells.h.
#pragma once
#include "hold.h"

static int holds, handed, held;

static void pin_holds(void)
{
	holds = pinned("/run/bpf/maps/holds");
	handed = pinned("/run/bpf/maps/handed");
	held = pinned("/run/bpf/maps/held");
}

/* Takes effect with the next packet; counts stay. */
static void hold(int n)
{
	uint64_t before = now(CLOCK_REALTIME);
	for (int i = 0; i < n; i++) {
		const uint64_t *w = request[i];
		struct place place = { w[0], w[1] };
		struct hold value, old;
		struct handed none = { 0 };
		struct held nothing = { 0 };
		value = (struct hold){ w[2], w[3], w[4], w[5], w[6], look(holds, &place, &old) ? now(CLOCK_MONOTONIC) : old.id };
		if ((write_to(handed, &place, &none, BPF_NOEXIST) && errno != EEXIST) ||
		    (write_to(held, &place, &nothing, BPF_NOEXIST) && errno != EEXIST) || write_to(holds, &place, &value, 0))
			return failed("holds", place.key);
	}
	printf("ok %llu %llu\n", (unsigned long long)before, (unsigned long long)now(CLOCK_REALTIME));
}

static void told_of_held(int n)
{
	struct place place = { request[0][0], request[0][1] };
	struct handed in;
	struct held h;
	(void)n;
	if (look(handed, &place, &in) || look(held, &place, &h))
		return failed("held", place.key);
	uint64_t numbers[] = { in.packets, in.missed, h.taken, h.released, h.dropped, h.overtook, h.most,
			       wall(h.first), wall(h.last), h.late_p99, h.late_most };
	printf("ok");
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		printf(" %llu", (unsigned long long)numbers[i]);
	printf("\n");
}

static void free_hold(const struct place *place)
{
	delete_from(holds, place);
	delete_from(handed, place);
	delete_from(held, place);
}
