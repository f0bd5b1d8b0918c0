// Sends numbered probes at a steady pace, both ways.
//
//   prober send FIRST COUNT ADDRESS PORT GAP_US   sends COUNT flows, numbered from FIRST, until told to
//                                                 stop (SIGTERM, SIGINT); each from a port of its own
//   prober serve PORT                             answers each flow with a paced stream of its own
//   prober forget FIRST COUNT PORT                tells the server of this node that these flows are over
//
// The server's stream goes to where the flow was last heard from and does not wait for the flow's
// packets, so that a loss in one direction leaves no hole in the other. A datagram that is no probe
// is sent back with the address that it came from, which is how a far end tells what NAT made of it.
//
// A tick that is missed is skipped, never made up for: a burst after a stall would hide the stall.
// Both print, each second: stat FLOW DIRECTION SENT LATEST_US ERRORS, where LATEST_US is how late
// the latest probe of that second left, and ERRORS counts refusals by the local stack. At the end of
// a flow they print: end FLOW DIRECTION SENT HEARD, where HEARD is what came in of the other direction.
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include "stream.h"

static volatile sig_atomic_t over;
static void stop(int signal) { (void)signal; over = 1; }

/* Discards all that arrives before it is queued: what comes back to a sender is for the taps to see. */
static void deaf(int fd)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog filter = { 1, &nothing };
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter)) {
		perror("setsockopt");
		exit(1);
	}
}

static uint32_t discarded(int fd)
{
	uint32_t info[SK_MEMINFO_VARS] = { 0 };
	socklen_t size = sizeof info;
	return getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &size) ? 0 : info[SK_MEMINFO_DROPS];
}

static void send_flows(uint32_t first, int count, const char *address, int port, uint32_t gap_us)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	if (inet_pton(AF_INET, address, &to.sin_addr) != 1 || count < 1 || count > FLOWS || gap_us < 1) {
		fprintf(stderr, "want 1 to %d flows to an IPv4 address, saw %d to %s, each %u us\n", FLOWS, count, address, gap_us);
		exit(2);
	}
	uint64_t t = now(CLOCK_MONOTONIC);
	for (; active < count; active++) {
		struct stream *s = &streams[active];
		*s = (struct stream){ .fd = listener(0), .flow = first + active, .gap_us = gap_us, .kind = FORWARD, .to = to, .told = t };
		deaf(s->fd);
		s->due = next_tick(s, t);
	}
	while (!over) {
		uint64_t due = tick_all(now(CLOCK_MONOTONIC));
		struct timespec until = { due / SECOND, due % SECOND };
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
	}
	for (int again = 0; again < 3; again++)
		for (int i = 0; i < active; i++)
			emit(&streams[i], STOP);
	struct timespec rest = { .tv_nsec = SECOND / 5 }; /* for what is still on its way to us */
	while (nanosleep(&rest, &rest) && errno == EINTR)
		;
	for (int i = 0; i < active; i++) {
		streams[i].heard = discarded(streams[i].fd);
		end(&streams[i]);
	}
}

/* Tells the server of this node that flows are over: a STOP that a fault kept from it never comes again. */
static void forget_flows(uint32_t first, int count, int port)
{
	struct stream s = { .fd = socket(AF_INET, SOCK_DGRAM, 0), .kind = FORWARD,
			    .to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) } };
	for (s.flow = first; s.flow < first + count; s.flow++)
		if (s.fd < 0 || emit(&s, STOP) < 0) {
			perror("prober forget");
			exit(1);
		}
}

static void forget(struct stream *s)
{
	end(s);
	*s = streams[--active];
}

static void hear(int fd, uint64_t t)
{
	uint8_t packet[2048];
	struct sockaddr_in from;
	for (;;) {
		struct in_addr self = { 0 };
		ssize_t n = receive(fd, packet, sizeof packet, &from, &self);
		if (n < 0)
			return;
		struct probe p;
		memcpy(&p, packet, n < (ssize_t)sizeof p ? (size_t)n : sizeof p);
		if (n < (ssize_t)sizeof p || be32toh(p.magic) != MAGIC) {
			char answer[96], address[INET_ADDRSTRLEN];
			inet_ntop(AF_INET, &from.sin_addr, address, sizeof address);
			int size = snprintf(answer, sizeof answer, "%s %d\n", address, ntohs(from.sin_port));
			send_from(fd, self, &from, answer, size);
			continue;
		}
		int i = 0;
		while (i < active && streams[i].flow != be32toh(p.flow))
			i++;
		struct stream *s = &streams[i];
		if (be32toh(p.kind) == STOP) {
			if (i < active)
				forget(s);
			continue;
		}
		if (i == FLOWS || !p.gap_us)
			continue;
		if (i == active) {
			*s = (struct stream){ .fd = fd, .flow = be32toh(p.flow), .gap_us = be32toh(p.gap_us), .kind = REVERSE, .told = t };
			s->due = next_tick(s, t);
			active++;
		}
		s->to = from;
		s->self = self;
		s->heard++;
		s->last_heard = t;
	}
}

static void serve(int port)
{
	int fd = listener(port);
	while (!over) {
		uint64_t t = now(CLOCK_MONOTONIC), due = tick_all(t);
		for (int i = active - 1; i >= 0; i--)
			if (t - streams[i].last_heard > FORGET * (uint64_t)SECOND)
				forget(&streams[i]);
		/* What arrives meanwhile can wait for the next tick, unless that is far off: a wake-up costs as much as a probe. */
		uint64_t left = due > t ? due - t : 0;
		struct timespec until = { due / SECOND, due % SECOND }, in = { left / SECOND, left % SECOND };
		struct pollfd readable = { fd, POLLIN, 0 };
		if (left < SOON)
			clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
		else
			ppoll(&readable, 1, &in, NULL);
		hear(fd, now(CLOCK_MONOTONIC));
	}
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	prctl(PR_SET_TIMERSLACK, 1);
	signal(SIGTERM, stop);
	signal(SIGINT, stop);
	if (argc == 7 && !strcmp(argv[1], "send"))
		send_flows(atoi(argv[2]), atoi(argv[3]), argv[4], atoi(argv[5]), atoi(argv[6]));
	else if (argc == 5 && !strcmp(argv[1], "forget"))
		forget_flows(atoi(argv[2]), atoi(argv[3]), atoi(argv[4]));
	else if (argc == 3 && !strcmp(argv[1], "serve"))
		serve(atoi(argv[2]));
	else {
		fprintf(stderr, "usage: prober send FIRST COUNT ADDRESS PORT GAP_US | prober serve PORT | prober forget FIRST COUNT PORT\n");
		return 2;
	}
	return 0;
}
