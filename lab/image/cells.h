// What can be done to the cells of the wire's maps, and the answer to each request.
#pragma once
#include <arpa/inet.h>
#include "bpf.h"
#include "wire.h"

/* Groups of numbers in one request, and numbers in a group. */
enum { MOST = 256, RULE_WORDS = 8 + KINDS + PEERS, WORDS = 2 + RULE_WORDS };

static uint64_t request[MOST][WORDS];
static int orders, counts, rules, tallies;

static void delete_from(int map, const void *key) { element(BPF_MAP_DELETE_ELEM, map, key, NULL, 0); }

/* The next key in a map; 0 after the last. */
static int next(int map, const void *key, void *then)
{
	union bpf_attr attr = { .map_fd = map, .key = (uintptr_t)key, .next_key = (uintptr_t)then };
	return bpf(BPF_MAP_GET_NEXT_KEY, &attr) == 0;
}

/* Wall-clock time of a CLOCK_MONOTONIC stamp. */
static uint64_t wall(uint64_t stamp) { return stamp ? stamp + now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC) : 0; }

static void failed(const char *what, uint32_t key) { printf("error %s %u: %s\n", what, key, strerror(errno)); }

#include "hold-cells.h"

/* Writes orders in one step: all of them, or those that were there before. */
static void strike(int n, const uint32_t *keys, struct order *values, const struct order *old)
{
	uint64_t before = now(CLOCK_REALTIME);
	for (int i = 0; i < n; i++)
		if (write_to(orders, &keys[i], &values[i], 0)) {
			failed("orders", keys[i]);
			while (i-- > 0)
				write_to(orders, &keys[i], (void *)&old[i], 0);
			return;
		}
	printf("ok %llu %llu\n", (unsigned long long)before, (unsigned long long)now(CLOCK_REALTIME));
}

static uint32_t keys[MOST];
static struct order orders_now[MOST], orders_then[MOST];

static void set(int n)
{
	for (int i = 0; i < n; i++) {
		struct count none = { 0 };
		keys[i] = request[i][0];
		if (write_to(counts, &keys[i], &none, BPF_NOEXIST) && errno != EEXIST)
			return failed("counts", keys[i]);
		orders_then[i] = (struct order){ 0 };
		look(orders, &keys[i], &orders_then[i]);
		orders_now[i] = (struct order){ request[i][1], orders_then[i].rules };
	}
	strike(n, keys, orders_now, orders_then);
}

/* A direction may be named twice, for two of its rules. */
static void turn(int n, int on)
{
	int used = 0;
	for (int i = 0; i < n; i++) {
		uint32_t key = request[i][0], bit = 1u << (request[i][1] % RULES);
		int at = 0;
		while (at < used && keys[at] != key)
			at++;
		if (at == used) {
			keys[used] = key;
			if (look(orders, &key, &orders_then[used])) {
				if (!on)
					continue; /* its device is gone, and the rule with it */
				return failed("orders", key);
			}
			orders_now[used] = orders_then[used];
			used++;
		}
		orders_now[at].rules = on ? orders_now[at].rules | bit : orders_now[at].rules & ~bit;
	}
	strike(used, keys, orders_now, orders_then);
}

static void on(int n) { turn(n, 1); }
static void off(int n) { turn(n, 0); }

/* A kind is one number: its protocol, its least and its highest port, 16 bits each. */
static struct rule rule_of(const uint64_t *words)
{
	struct rule rule = { .loss = words[0], .duplicate = words[1], .corrupt = words[2], .worsen = words[3],
			     .recover = words[4], .longest = words[5], .match = { .layers = words[6], .but = words[7] } };
	for (int i = 0; i < KINDS; i++) {
		uint64_t kind = words[8 + i];
		rule.match.kinds[i] = (struct kind){ .protocol = kind >> 32, .least = kind >> 16, .most = kind };
	}
	for (int i = 0; i < PEERS; i++)
		rule.match.peers[i] = htonl(words[8 + KINDS + i]);
	return rule;
}

/* The slot that a rule was given, or -1, told. */
static int write_one(uint32_t key, const uint64_t *words)
{
	struct place place = { .key = key };
	struct rule value = rule_of(words);
	struct tally none = { 0 };
	while (write_to(rules, &place, &value, BPF_NOEXIST)) {
		if (errno != EEXIST) {
			failed("rules", key);
			return -1;
		}
		if (++place.slot == RULES) {
			printf("error rules %u: all %d are taken\n", key, RULES);
			return -1;
		}
	}
	if (!write_to(tallies, &place, &none, 0))
		return place.slot;
	failed("tallies", key);
	delete_from(rules, &place);
	return -1;
}

/* All of them, or none. */
static void write_rules(int n)
{
	int slots[MOST];
	for (int i = 0; i < n; i++) {
		slots[i] = write_one(request[i][0], request[i] + 1);
		if (slots[i] >= 0)
			continue;
		while (i-- > 0) {
			struct place place = { request[i][0], slots[i] };
			delete_from(rules, &place);
			delete_from(tallies, &place);
		}
		return;
	}
	printf("ok");
	for (int i = 0; i < n; i++)
		printf(" %d", slots[i]);
	printf("\n");
}

static void alter(int n)
{
	uint64_t before = now(CLOCK_REALTIME);
	for (int i = 0; i < n; i++) {
		struct place place = { request[i][0], request[i][1] };
		struct rule value = rule_of(request[i] + 2);
		if (write_to(rules, &place, &value, BPF_EXIST))
			return failed("rules", place.key);
	}
	printf("ok %llu %llu\n", (unsigned long long)before, (unsigned long long)now(CLOCK_REALTIME));
}

static void list(int n)
{
	(void)n;
	struct place at, *from = NULL;
	printf("ok");
	for (; next(rules, from, &at); from = &at)
		printf(" %u %u", at.key, at.slot);
	printf("\n");
}

static void clear(int n)
{
	static uint32_t all[DIRECTIONS];
	/* All keys first: a cell that is written moves within the map. */
	while (n < DIRECTIONS && next(orders, n ? &all[n - 1] : NULL, &all[n]))
		n++;
	for (int i = 0; i < n; i++) {
		struct order order;
		if (look(orders, &all[i], &order))
			return failed("orders", all[i]);
		order.rules = 0;
		if (write_to(orders, &all[i], &order, BPF_EXIST))
			return failed("orders", all[i]);
	}
	for (struct place at; next(rules, NULL, &at);) {
		delete_from(rules, &at);
		delete_from(tallies, &at);
		free_hold(&at);
	}
	puts("ok");
}

static void counted(int n)
{
	uint32_t key = request[0][0];
	struct count c;
	(void)n;
	if (look(counts, &key, &c))
		return failed("counts", key);
	printf("ok %llu %llu %llu %llu\n", (unsigned long long)c.passed, (unsigned long long)c.dropped,
	       (unsigned long long)wall(c.first), (unsigned long long)wall(c.last));
}

static void tallied(int n)
{
	struct place place = { request[0][0], request[0][1] };
	struct tally t;
	(void)n;
	if (look(tallies, &place, &t))
		return failed("tallies", place.key);
	const uint64_t told[] = { t.passed,    t.lost,        t.oversized,  t.duplicated,
				  t.corrupted, wall(t.first), wall(t.last) };
	printf("ok");
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		printf(" %llu", (unsigned long long)told[i]);
	printf("\n");
}

static void free_rules(int n)
{
	for (int i = 0; i < n; i++) {
		struct place place = { request[i][0], request[i][1] };
		delete_from(rules, &place);
		delete_from(tallies, &place);
		free_hold(&place);
	}
	puts("ok");
}

static void forget(int n)
{
	for (int i = 0; i < n; i++) {
		uint32_t key = request[i][0];
		delete_from(orders, &key);
		delete_from(counts, &key);
	}
	puts("ok");
}
