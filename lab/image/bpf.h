// Maps of the wire program by bpf(2) alone: libbpf would be another library in every node.
#pragma once
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof *attr); }

static long element(int command, int map, const void *key, void *value, uint64_t flags)
{
	union bpf_attr attr = { .map_fd = map, .key = (uintptr_t)key, .value = (uintptr_t)value, .flags = flags };
	return bpf(command, &attr);
}

static long look(int map, const void *key, void *value) { return element(BPF_MAP_LOOKUP_ELEM, map, key, value, 0); }
static long write_to(int map, const void *key, void *value, uint64_t flags)
{
	return element(BPF_MAP_UPDATE_ELEM, map, key, value, flags);
}

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

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}
