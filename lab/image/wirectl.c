// Turns the patchbay's wires on and off within microseconds, and reads what they counted.
//
// Reads one request a line from standard input and answers with one line:
//   set KEY PEER DROP [KEY PEER DROP ...]   ->  ok BEFORE AFTER     (CLOCK_REALTIME, ns)
//   get KEY                                 ->  ok PASSED DROPPED FIRST LAST   (stamps CLOCK_REALTIME, ns; 0: none)
//   reset KEY                               ->  ok
//   del KEY                                 ->  ok
// or with `error TEXT`. It stays, because starting a process would cost a thousand times the strike.
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 256 };
struct order { uint32_t peer, drop; };
struct count { uint64_t passed, dropped, first, last; };

static int orders, counts;

static long bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof *attr); }

static int pinned(const char *path)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path };
	int fd = bpf(BPF_OBJ_GET, &attr);
	if (fd < 0) {
		printf("error %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return fd;
}

static long element(int command, int map, uint32_t key, void *value)
{
	union bpf_attr attr = { .map_fd = map, .key = (uintptr_t)&key, .value = (uintptr_t)value };
	return bpf(command, &attr);
}

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Wall-clock time of a CLOCK_MONOTONIC stamp. */
static uint64_t wall(uint64_t stamp) { return stamp ? stamp + now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC) : 0; }

static void set(char *args)
{
	uint32_t keys[MOST];
	struct order values[MOST];
	int n = 0, used;
	while (n < MOST && sscanf(args, " %u %u %u%n", &keys[n], &values[n].peer, &values[n].drop, &used) == 3) {
		args += used;
		n++;
	}
	if (!n) {
		puts("error set wants KEY PEER DROP");
		return;
	}
	for (int i = 0; i < n; i++) {
		struct count none = { 0 };
		union bpf_attr attr = { .map_fd = counts, .key = (uintptr_t)&keys[i], .value = (uintptr_t)&none, .flags = BPF_NOEXIST };
		if (bpf(BPF_MAP_UPDATE_ELEM, &attr) && errno != EEXIST) {
			printf("error counts %u: %s\n", keys[i], strerror(errno));
			return;
		}
	}
	uint64_t before = now(CLOCK_REALTIME);
	for (int i = 0; i < n; i++)
		if (element(BPF_MAP_UPDATE_ELEM, orders, keys[i], &values[i])) {
			printf("error orders %u: %s\n", keys[i], strerror(errno));
			return;
		}
	printf("ok %llu %llu\n", (unsigned long long)before, (unsigned long long)now(CLOCK_REALTIME));
}

int main(void)
{
	static char line[65536];
	setvbuf(stdout, NULL, _IOLBF, 0);
	orders = pinned("/run/bpf/maps/orders");
	counts = pinned("/run/bpf/maps/counts");
	while (fgets(line, sizeof line, stdin)) {
		uint32_t key;
		struct count c = { 0 };
		if (!strncmp(line, "set ", 4))
			set(line + 4);
		else if (sscanf(line, "get %u", &key) == 1)
			if (element(BPF_MAP_LOOKUP_ELEM, counts, key, &c))
				printf("error counts %u: %s\n", key, strerror(errno));
			else
				printf("ok %llu %llu %llu %llu\n", (unsigned long long)c.passed, (unsigned long long)c.dropped,
				       (unsigned long long)wall(c.first), (unsigned long long)wall(c.last));
		else if (sscanf(line, "reset %u", &key) == 1)
			if (element(BPF_MAP_UPDATE_ELEM, counts, key, &c))
				printf("error counts %u: %s\n", key, strerror(errno));
			else
				puts("ok");
		else if (sscanf(line, "del %u", &key) == 1) {
			element(BPF_MAP_DELETE_ELEM, orders, key, NULL);
			element(BPF_MAP_DELETE_ELEM, counts, key, NULL);
			puts("ok");
		} else
			puts("error want set, get, reset or del");
	}
	return 0;
}
