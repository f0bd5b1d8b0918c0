// Turns the patchbay's wires on and off within microseconds, and reads what they counted.
//
// Reads one request a line from standard input and answers with one line. BEFORE and AFTER are
// CLOCK_REALTIME in ns: what was asked for took hold in between, everywhere. So are FIRST and LAST; 0: never.
//   set KEY PEER [...]           ->  ok BEFORE AFTER     rules stay as they are
//   get KEY                      ->  ok PASSED DROPPED FIRST LAST
//   del KEY [...]                ->  ok                  of devices that are gone
//   rule KEY RULE [...]          ->  ok SLOT [...]       written down, not in force yet; all of them or none
//   on KEY SLOT [...]            ->  ok BEFORE AFTER
//   alter KEY SLOT RULE [...]    ->  ok BEFORE AFTER     in force or not
//   off KEY SLOT [...]           ->  ok BEFORE AFTER     counts stay
//   tally KEY SLOT               ->  ok PASSED LOST OVERSIZED DUPLICATED CORRUPTED FIRST LAST
//   hold KEY SLOT HOLD [...]     ->  ok BEFORE AFTER     from the next packet on; of a rule that is written down
//   held KEY SLOT                ->  ok PACKETS MISSED TAKEN RELEASED DROPPED OVERTOOK MOST FIRST LAST P99 LATEST
//   free KEY SLOT [...]          ->  ok                  rule and counts are gone
//   rules                        ->  ok [KEY SLOT ...]   all that are written down
//   clear                        ->  ok                  no rule is left
// where RULE is the numbers of struct rule in their order: LOSS DUPLICATE CORRUPT WORSEN RECOVER LONGEST
// LAYERS BUT, KINDS kinds of PROTOCOL << 32 | LEAST << 16 | MOST each, and PEERS addresses;
// and HOLD those of struct hold, DELAY VARIATION RATE QUEUE OVERTAKE;
// or with `error TEXT`. It stays, because starting a process would cost a thousand times the strike.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "cells.h"

/* Numbers from a request, in groups; how many groups, 0 for none or a broken one. */
static int groups(const char *args, int width, uint64_t found[][WORDS])
{
	int n = 0;
	for (;; n++) {
		for (int i = 0; i < width; i++) {
			char *end;
			errno = 0;
			found[n][i] = strtoull(args, &end, 10);
			if (end == args)
				return i == 0 && args[strspn(args, " \n")] == 0 ? n : 0;
			args = end;
		}
		if (n + 1 == MOST)
			return 0;
	}
}

/* How many numbers a group of each request has, and whether there may be several groups. */
static const struct {
	const char *word;
	int width, many;
	void (*act)(int n);
} known[] = {
	{ "set", 2, 1, set },         { "get", 1, 0, counted },
	{ "del", 1, 1, forget },      { "rule", 1 + RULE_WORDS, 1, write_rules },
	{ "on", 2, 1, on },           { "alter", 2 + RULE_WORDS, 1, alter },
	{ "off", 2, 1, off },         { "tally", 2, 0, tallied },
	{ "free", 2, 1, free_rules }, { "rules", 0, 0, list },
	{ "clear", 0, 0, clear },     { "hold", 7, 1, hold },
	{ "held", 2, 0, told_of_held },
};

static void answer(char *line)
{
	char *numbers = line + strcspn(line, " \n");
	if (*numbers)
		*numbers++ = 0;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(line, known[i].word))
			continue;
		int n = known[i].width ? groups(numbers, known[i].width, request) : 0;
		if (known[i].width && (!n || (n > 1 && !known[i].many)))
			printf("error %s wants groups of %d numbers\n", line, known[i].width);
		else
			known[i].act(n);
		return;
	}
	printf("error no request: %s\n", line);
}

int main(void)
{
	static char line[65536];
	setvbuf(stdout, NULL, _IOLBF, 0);
	orders = pinned("/run/bpf/maps/orders");
	counts = pinned("/run/bpf/maps/counts");
	rules = pinned("/run/bpf/maps/rules");
	tallies = pinned("/run/bpf/maps/tallies");
	pin_holds();
	while (fgets(line, sizeof line, stdin))
		answer(line);
	return 0;
}
