// When a packet that is held back may go on: the line that it stands in, at the place of its rule.
//
// Rate first, then delay, as in a cable behind a port: packets leave one after the other at that rate, and one that
// would wait longer than the queue is dropped. Variation swings from one end of its range to the other, each time at
// another pace, by no more than half a millisecond each millisecond: every delay in the range is as likely as any
// other, the mean stays, and nobody overtakes. Drawn anew for each packet it would reorder them, and keeping them in
// order after that would add to the mean. Overtaking has a share of its own.
#pragma once
#include <stdbool.h>
#include <sys/random.h>
#include "bpf.h"
#include "hold.h"
#include "wire.h"

enum { PLACES = 256, SECOND = 1000000000, BUCKETS = 96 };

/* A place of a rule while packets wait there. */
struct line {
	struct place place;
	uint64_t id, holding, free_at, last_due;
	uint64_t leg_from, leg_ns; /* of the variation's swing */
	bool falling, told;
	struct held held;
	uint64_t late[BUCKETS];
};

static struct line lines[PLACES];

static uint64_t chance(void)
{
	static uint64_t x;
	while (!x)
		if (getrandom(&x, sizeof x, 0) < 0)
			x = now(CLOCK_MONOTONIC);
	x ^= x << 13, x ^= x >> 7, x ^= x << 17; /* xorshift64 */
	return x;
}

/* The line of a place, begun anew where another rule had it before; NULL where too many are in use. */
static struct line *line_of(const struct parcel *parcel)
{
	struct line *free = NULL;
	for (struct line *l = lines; l < lines + PLACES; l++) {
		if (l->id == parcel->hold.id && l->place.key == parcel->key && l->place.slot == parcel->slot)
			return l;
		if (!l->holding && (!free || l->held.last < free->held.last))
			free = l;
	}
	if (free)
		*free = (struct line){ .place = { parcel->key, parcel->slot }, .id = parcel->hold.id };
	return free;
}

/* Where the swing is at an instant, from minus to plus `variation`. */
static int64_t swing(struct line *l, uint64_t at, uint64_t variation)
{
	if (!variation)
		return 0;
	if (!l->leg_ns || at - l->leg_from > l->leg_ns + SECOND)
		l->leg_from = at - chance() % (4 * variation), l->leg_ns = 4 * variation;
	while (at - l->leg_from >= l->leg_ns) {
		l->leg_from += l->leg_ns;
		l->leg_ns = 4 * variation + chance() % (4 * variation); /* the range in twice its length to four times */
		l->falling = !l->falling;
	}
	int64_t gone = 2 * variation * (double)(at - l->leg_from) / l->leg_ns;
	return l->falling ? (int64_t)variation - gone : gone - (int64_t)variation;
}

/* When a parcel may go on; 0: never, the queue is too long. */
static uint64_t due_of(struct line *l, const struct parcel *parcel)
{
	const struct hold *h = &parcel->hold;
	uint64_t at = parcel->stamp;
	if (h->rate) {
		uint64_t begins = l->free_at > at ? l->free_at : at;
		if (begins - at > h->queue)
			return 0;
		at = l->free_at = begins + parcel->size * 8ull * SECOND / h->rate;
	}
	if (h->overtake && chance() >> 32 < h->overtake) {
		l->held.overtook++;
		return at;
	}
	uint64_t due = at + h->delay + swing(l, at, h->variation);
	return l->last_due = due > l->last_due ? due : l->last_due;
}

/* Four buckets for each power of two of microseconds. */
static void note_lateness(struct line *l, uint64_t ns)
{
	uint64_t us = ns / 1000;
	int power = us < 4 ? 0 : 63 - __builtin_clzll(us), bucket = us < 4 ? us : (power - 1) * 4 + (us >> (power - 2) & 3);
	l->late[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
	if (ns > l->held.late_most)
		l->held.late_most = ns;
}

/* The end of the bucket that all but a hundredth are in, or before. */
static uint64_t late_p99(const struct line *l)
{
	uint64_t all = 0, above = 0;
	int i = BUCKETS;
	for (int each = 0; each < BUCKETS; each++)
		all += l->late[each];
	while (i > 1 && (above + l->late[i - 1]) * 100 <= all)
		above += l->late[--i];
	return all == 0 ? 0 : i <= 4 ? i * 1000ull : (4ull + (i - 1) % 4 + 1) * (1ull << ((i - 1) / 4 - 1)) * 1000;
}
