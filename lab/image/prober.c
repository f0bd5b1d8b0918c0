// Sends numbered probes at a steady pace, both ways.
//
//   prober send FLOW ADDRESS PORT GAP_US   sends until told to stop (SIGTERM, SIGINT)
//   prober serve PORT                      answers each flow with a paced stream of its own
//
// The server's stream goes to where the flow was last heard from and does not wait for the flow's
// packets, so that a loss in one direction leaves no hole in the other. A datagram that is no probe
// is sent back with the address that it came from, which is how a far end tells what NAT made of it.
//
// A tick that is missed is skipped, never made up for: a burst after a stall would hide the stall.
// Both print, each second: stat FLOW DIRECTION SENT LATEST_US ERRORS, where LATEST_US is how late
// the latest probe of that second left, and ERRORS counts refusals by the local stack.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAGIC = 0x6f766e67, FORWARD = 0, REVERSE = 1, STOP = 2, FLOWS = 512, SECOND = 1000000000, FORGET = 120 };

struct probe { /* all in network order; 32 bytes */
	uint32_t magic, flow;
	uint32_t kind, gap_us;
	uint64_t number, sent_ns;
} __attribute__((packed));

struct stream {
	uint32_t flow, gap_us, kind;
	struct sockaddr_in to;
	struct in_addr self; /* source address to use; 0.0.0.0: the kernel's choice */
	uint64_t number, due, heard, sent, latest, errors, told;
};

static volatile sig_atomic_t over;
static void stop(int signal) { (void)signal; over = 1; }

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * (uint64_t)SECOND + t.tv_nsec;
}

static void tell(struct stream *s)
{
	printf("stat %u %s %llu %llu %llu\n", s->flow, s->kind == FORWARD ? "forward" : "reverse",
	       (unsigned long long)s->sent, (unsigned long long)(s->latest / 1000), (unsigned long long)s->errors);
	s->sent = s->latest = s->errors = 0;
	s->told = now(CLOCK_MONOTONIC);
}

/* Sends from an address of ours, so that an answer comes from where the question went: a node with
 * several links would otherwise answer with the link's own address, which no NAT entry matches. */
static int send_from(int fd, struct in_addr self, struct sockaddr_in *to, const void *bytes, size_t size)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(struct in_pktinfo))]; } control = { 0 };
	struct iovec part = { (void *)bytes, size };
	struct msghdr message = { .msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &part, .msg_iovlen = 1 };
	if (self.s_addr) {
		struct in_pktinfo info = { .ipi_spec_dst = self };
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
		control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO };
		memcpy(CMSG_DATA(&control.header), &info, sizeof info);
	}
	return sendmsg(fd, &message, 0);
}

static ssize_t receive(int fd, void *bytes, size_t size, struct sockaddr_in *from, struct in_addr *self)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(struct in_pktinfo))]; } control;
	struct iovec part = { bytes, size };
	struct msghdr message = { .msg_name = from, .msg_namelen = sizeof *from, .msg_iov = &part, .msg_iovlen = 1,
				  .msg_control = &control, .msg_controllen = sizeof control };
	ssize_t n = recvmsg(fd, &message, MSG_DONTWAIT);
	struct cmsghdr *header = n < 0 ? NULL : CMSG_FIRSTHDR(&message);
	if (header && header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO)
		*self = ((struct in_pktinfo *)CMSG_DATA(header))->ipi_addr;
	return n;
}

static int emit(int fd, struct stream *s, uint32_t kind)
{
	struct probe p = { htobe32(MAGIC), htobe32(s->flow), htobe32(kind), htobe32(s->gap_us),
			   htobe64(s->number), htobe64(now(CLOCK_REALTIME)) };
	return send_from(fd, s->self, &s->to, &p, sizeof p);
}

/* Sends what is due, at most one probe, and moves on to the next tick that lies ahead. */
static void tick(int fd, struct stream *s, uint64_t t)
{
	uint64_t gap = s->gap_us * 1000ull;
	if (t < s->due)
		return;
	if (t - s->due > s->latest)
		s->latest = t - s->due;
	s->number++;
	if (emit(fd, s, s->kind) < 0)
		s->errors++;
	else
		s->sent++;
	s->due += (1 + (t - s->due) / gap) * gap;
	if (t - s->told >= SECOND)
		tell(s);
}

static int listener(int port)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20, on = 1;
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(port) };
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&any, sizeof any)) {
		perror("bind");
		exit(1);
	}
	return fd;
}

static void wait_until(int fd, uint64_t due)
{
	uint64_t t = now(CLOCK_MONOTONIC);
	struct timespec left = { 0 };
	struct pollfd readable = { fd, POLLIN, 0 };
	if (due > t) {
		left.tv_sec = (due - t) / SECOND;
		left.tv_nsec = (due - t) % SECOND;
	}
	ppoll(&readable, 1, &left, NULL);
}

static void send_flow(uint32_t flow, const char *address, int port, uint32_t gap_us)
{
	int fd = listener(0);
	uint8_t drain[2048];
	struct stream s = { .flow = flow, .gap_us = gap_us, .kind = FORWARD };
	s.to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port) };
	if (inet_pton(AF_INET, address, &s.to.sin_addr) != 1) {
		fprintf(stderr, "no IPv4 address: %s\n", address);
		exit(2);
	}
	s.told = s.due = now(CLOCK_MONOTONIC);
	while (!over) {
		while (recv(fd, drain, sizeof drain, MSG_DONTWAIT) >= 0)
			;
		wait_until(fd, s.due);
		tick(fd, &s, now(CLOCK_MONOTONIC));
	}
	tell(&s);
	printf("end %u forward %llu\n", s.flow, (unsigned long long)s.number);
	for (int i = 0; i < 3; i++)
		emit(fd, &s, STOP);
}

static struct stream streams[FLOWS];

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
		struct stream *free = NULL, *s = NULL;
		for (int i = 0; i < FLOWS && !s; i++)
			if (streams[i].gap_us && streams[i].flow == be32toh(p.flow))
				s = &streams[i];
			else if (!streams[i].gap_us && !free)
				free = &streams[i];
		if (be32toh(p.kind) == STOP) {
			if (s) {
				tell(s);
				printf("end %u reverse %llu\n", s->flow, (unsigned long long)s->number);
				s->gap_us = 0;
			}
			continue;
		}
		if (!s && !(s = free))
			continue;
		if (!s->gap_us)
			*s = (struct stream){ .flow = be32toh(p.flow), .gap_us = be32toh(p.gap_us), .kind = REVERSE, .due = t, .told = t };
		s->to = from;
		s->self = self;
		s->heard = t;
	}
}

static void serve(int port)
{
	int fd = listener(port);
	while (!over) {
		uint64_t t = now(CLOCK_MONOTONIC), due = t + SECOND;
		for (int i = 0; i < FLOWS; i++)
			if (streams[i].gap_us) {
				tick(fd, &streams[i], t);
				if (t - streams[i].heard > FORGET * (uint64_t)SECOND)
					streams[i].gap_us = 0;
				else if (streams[i].due < due)
					due = streams[i].due;
			}
		wait_until(fd, due);
		hear(fd, now(CLOCK_MONOTONIC));
	}
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	prctl(PR_SET_TIMERSLACK, 1);
	signal(SIGTERM, stop);
	signal(SIGINT, stop);
	if (argc == 6 && !strcmp(argv[1], "send"))
		send_flow(atoi(argv[2]), argv[3], atoi(argv[4]), atoi(argv[5]));
	else if (argc == 3 && !strcmp(argv[1], "serve"))
		serve(atoi(argv[2]));
	else {
		fprintf(stderr, "usage: prober send FLOW ADDRESS PORT GAP_US | prober serve PORT\n");
		return 2;
	}
	return 0;
}
