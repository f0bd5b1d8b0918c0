// Tells when the machine let it wait: wakes a hundred times a second, and prints `stall LATE_US`
// whenever it woke later than its limit. Whoever sends BFD packets waits as long as this does.
//
//   stallwatch LIMIT_US
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

enum { SECOND = 1000000000, TICK = SECOND / 100 };

static uint64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (uint64_t)SECOND + t.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: stallwatch LIMIT_US\n");
		return 2;
	}
	uint64_t limit = atoi(argv[1]) * 1000ull, due = now();
	setvbuf(stdout, NULL, _IOLBF, 0);
	prctl(PR_SET_TIMERSLACK, 1);
	for (;;) {
		due += TICK;
		struct timespec t = { .tv_sec = due / SECOND, .tv_nsec = due % SECOND };
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
		uint64_t late = now() - due;
		if (late < limit)
			continue;
		printf("stall %llu\n", (unsigned long long)(late / 1000));
		due += late;
	}
}
