// Tells what the machine does to those who keep time: wakes a hundred times a second, and prints
//
//   watching                       once, when it has taken its first readings
//   stall LATE_US AT_US            it woke later than its limit; whoever sends BFD packets waits as long
//   step MOVED_US AT_US            CLOCK_REALTIME moved against CLOCK_MONOTONIC, all at once
//   drift MOVED_US AT_US           it did so little by little, or both ran off CLOCK_MONOTONIC_RAW
//   steal MOST_US ALL_US CPUS AT_US  once a second, where the hypervisor ran somebody else on our CPUs:
//                                  the most that one of them lost within any 300 ms that ended since,
//                                  and what all of them lost since it was told last
//
// AT_US is CLOCK_REALTIME when it was over. Adjusting the rate of the clock (adjtimex(2)) moves
// CLOCK_REALTIME and CLOCK_MONOTONIC alike; only the raw clock tells of it.
//
//   stallwatch LIMIT_US
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { SECOND = 1000000000, MILLISECOND = 1000000, TICK = SECOND / 100, CPUS = 512 };
/* Steal is read every 50 ms, and summed up over six such steps: the shortest detection time in use, 3 × 100 ms. */
enum { STEP = SECOND / 20, STEPS = 6, TOLD = SECOND / STEP };
/* What a clock may move before it is told: 1000 ppm of a second, twice of what the kernel's own discipline may slew. */
enum { MOVED = MILLISECOND };

static int64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * (int64_t)SECOND + t.tv_nsec;
}

static long long at(void) { return now(CLOCK_REALTIME) / 1000; }

/* One clock minus another. Whoever is interrupted between two readings of them reads them again. */
static int64_t apart(clockid_t one, clockid_t other)
{
	for (;;) {
		int64_t before = now(other), read = now(one), after = now(other);
		if (after - before < MILLISECOND / 10)
			return read - before - (after - before) / 2;
	}
}

static void tell_clock(const char *word, int64_t moved) { printf("%s %lld %lld\n", word, (long long)(moved / 1000), at()); }

static void watch_clock(void)
{
	static int64_t told, last, raw, since;
	int64_t offset = apart(CLOCK_REALTIME, CLOCK_MONOTONIC), t = now(CLOCK_MONOTONIC);
	if (!since)
		told = last = offset, raw = apart(CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW), since = t;
	if (llabs(offset - told) > MOVED) {
		tell_clock(llabs(offset - last) * 2 > llabs(offset - told) ? "step" : "drift", offset - told);
		told = offset;
	}
	last = offset;
	if (t - since < SECOND)
		return;
	int64_t off = apart(CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW);
	if (llabs(off - raw) * SECOND > (int64_t)MOVED * (t - since))
		tell_clock("drift", off - raw);
	raw = off;
	since = t;
}

/* What each CPU has lost so far, in clock ticks: the eighth number of its line in /proc/stat (proc_stat(5)). */
static int read_steal(uint64_t lost[CPUS])
{
	static char text[65536];
	static int fd = -1;
	if (fd < 0 && (fd = open("/proc/stat", O_RDONLY)) < 0)
		return 0;
	ssize_t size = pread(fd, text, sizeof text - 1, 0);
	text[size > 0 ? size : 0] = 0;
	int cpus = 0;
	for (char *line = strstr(text, "\ncpu"); line && cpus < CPUS; line = strstr(line + 1, "\ncpu"))
		if (sscanf(line, "\ncpu%*d %*u %*u %*u %*u %*u %*u %*u %lu", &lost[cpus]) == 1)
			cpus++;
	return cpus;
}

/* What one CPU lost within 300 ms is its newest sample against the one six steps ago, or the first of all. */
static void watch_steal(void)
{
	static uint64_t samples[STEPS][CPUS], lost[CPUS], most, all;
	static int taken;
	static int64_t due;
	int64_t t = now(CLOCK_MONOTONIC), tick_us = 1000000 / sysconf(_SC_CLK_TCK);
	if (t < due)
		return;
	due = t + STEP;
	int cpus = read_steal(lost), place = taken % STEPS, before = (taken + STEPS - 1) % STEPS;
	for (int i = 0; i < cpus && taken > 0; i++) {
		uint64_t *old = samples[taken < STEPS ? 0 : place];
		if (lost[i] - old[i] > most)
			most = lost[i] - old[i];
		all += lost[i] - samples[before][i];
	}
	memcpy(samples[place], lost, sizeof lost);
	if (++taken % TOLD)
		return;
	if (all)
		printf("steal %llu %llu %d %lld\n", (unsigned long long)(most * tick_us), (unsigned long long)(all * tick_us), cpus, at());
	most = all = 0;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: stallwatch LIMIT_US\n");
		return 2;
	}
	int64_t limit = atoi(argv[1]) * 1000ll, due = now(CLOCK_MONOTONIC);
	setvbuf(stdout, NULL, _IOLBF, 0);
	prctl(PR_SET_TIMERSLACK, 1);
	watch_clock();
	watch_steal();
	puts("watching");
	for (;;) {
		due += TICK;
		struct timespec t = { .tv_sec = due / SECOND, .tv_nsec = due % SECOND };
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
		int64_t late = now(CLOCK_MONOTONIC) - due;
		if (late >= limit) {
			printf("stall %lld %lld\n", (long long)(late / 1000), at());
			due += late;
		}
		watch_clock();
		watch_steal();
	}
}
