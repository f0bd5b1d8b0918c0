// Copies every probe that passes a device of this namespace to standard output, as a pcap stream
// (LINUX_SLL2, nanoseconds): what came in by a device and what left by it, with the kernel's stamps.
//
// The kernel collects probes in blocks and hands a block over when it is full or BLOCK_MS old, so
// that there is one write for many packets: a write for each costs the runner, the engine and us more
// than half a core at 48,000 a second. A runner or an engine that does not get to read for a while is
// no reason to lose probes: BACKLOG bytes wait for it. What is lost for want of room after all is told
// on standard error, for then "not seen" means nothing.
//
// A line `mute IFINDEX IFINDEX ...` on standard input names the devices whose leaving probes nobody
// asks for; each line replaces the one before. It ends with its input.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if_arp.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	MAGIC = 0x6f766e67,
	SNAP = 96, /* all headers and the probe */
	BLOCK = 256 << 10,
	BLOCKS = 128, /* 32 MB: a second of 200,000 a second */
	BLOCK_MS = 10,
	BACKLOG = 512 << 20, /* 40 s of 128,000 a second; pages that were never used cost nothing */
	DEVICES = 1 << 16,
	SLL2 = 276,
};

struct file_header { uint32_t magic; uint16_t major, minor; uint32_t zone, digits, snap, link; };
struct record { /* pcap's record header, then that of LINUX_SLL2 in network order */
	uint32_t seconds, ns, captured, length;
	uint16_t protocol, reserved;
	uint32_t ifindex;
	uint16_t arp_type;
	uint8_t type, address_length, address[8];
} __attribute__((packed));

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* IPv4, UDP, no later fragment, and the probe's first word: from the network header on, as a cooked socket sees it. */
static struct sock_filter probes[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_PROTOCOL),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 8),
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 6),
	BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1fff, 4, 0),
	BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
	BPF_STMT(BPF_LD | BPF_W | BPF_IND, 8),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MAGIC, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SNAP),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

static int listen_everywhere(uint8_t **ring)
{
	int fd = socket(AF_PACKET, SOCK_DGRAM, 0), version = TPACKET_V3;
	struct sock_fprog filter = { sizeof probes / sizeof *probes, probes };
	struct tpacket_req3 room = { .tp_block_size = BLOCK, .tp_block_nr = BLOCKS, .tp_frame_size = 2048,
				     .tp_frame_nr = BLOCK / 2048 * BLOCKS, .tp_retire_blk_tov = BLOCK_MS };
	struct sockaddr_ll every = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL) };
	if (fd < 0)
		fail("socket");
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) ||
	    setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) ||
	    setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &room, sizeof room))
		fail("setsockopt");
	*ring = mmap(NULL, (size_t)BLOCK * BLOCKS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*ring == MAP_FAILED)
		fail("mmap");
	if (bind(fd, (struct sockaddr *)&every, sizeof every))
		fail("bind");
	return fd;
}

/* What waits to be written, from `done` up to `end`, in turn; both begin anew when all is written. */
static uint8_t *backlog;
static size_t done, end;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static void *write_on(void *unused)
{
	pthread_mutex_lock(&lock);
	for (;;) {
		if (done == end)
			done = end = 0;
		while (done == end)
			pthread_cond_wait(&more, &lock);
		size_t from = done % BACKLOG, size = least(end - done, BACKLOG - from);
		pthread_mutex_unlock(&lock);
		ssize_t n = write(STDOUT_FILENO, backlog + from, size);
		if (n < 0)
			fail("write");
		pthread_mutex_lock(&lock);
		done += n;
	}
	return unused;
}

/* All of it or, where there is no room, nothing. */
static void put(const void *bytes, size_t size)
{
	pthread_mutex_lock(&lock);
	bool room = end - done + size <= BACKLOG;
	if (room) {
		size_t to = end % BACKLOG, first = least(size, BACKLOG - to);
		memcpy(backlog + to, bytes, first);
		memcpy(backlog, (const uint8_t *)bytes + first, size - first);
		end += size;
	}
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
	if (!room)
		fprintf(stderr, "no room for a block of probes, %d MB wait to be read\n", BACKLOG >> 20);
}

static bool muted[DEVICES];

/* Takes what standard input has; says whether it is still open. */
static bool obey(void)
{
	static char line[DEVICES];
	static size_t used;
	ssize_t n = read(STDIN_FILENO, line + used, sizeof line - 1 - used);
	if (n <= 0)
		return false;
	used += n;
	line[used] = 0;
	for (char *rest; (rest = strchr(line, '\n')); used -= rest + 1 - line, memmove(line, rest + 1, used + 1)) {
		*rest = 0;
		if (strncmp(line, "mute", 4)) {
			fprintf(stderr, "no such order: %s\n", line);
			continue;
		}
		memset(muted, 0, sizeof muted);
		for (char *at = line + 4, *next; strtoul(at, &next, 10), next != at; at = next)
			muted[strtoul(at, NULL, 10) % DEVICES] = true;
	}
	return true;
}

/* One block of the ring as records of a pcap file. A record is smaller than what the ring keeps for its packet. */
static void copy(struct tpacket_block_desc *block)
{
	static uint8_t out[BLOCK];
	size_t size = 0;
	uint8_t *at = (uint8_t *)block + block->hdr.bh1.offset_to_first_pkt;
	for (uint32_t i = 0; i < block->hdr.bh1.num_pkts; i++) {
		struct tpacket3_hdr *packet = (struct tpacket3_hdr *)at;
		struct sockaddr_ll *link = (struct sockaddr_ll *)(at + TPACKET_ALIGN(sizeof *packet));
		const uint8_t *bytes = at + packet->tp_net;
		at += packet->tp_next_offset;
		if (link->sll_pkttype == PACKET_OUTGOING && muted[link->sll_ifindex % DEVICES])
			continue;
		struct record r = { packet->tp_sec, packet->tp_nsec, 20 + packet->tp_snaplen, 20 + packet->tp_len,
				    link->sll_protocol, 0, htonl(link->sll_ifindex), htons(link->sll_hatype),
				    link->sll_pkttype, link->sll_halen, { 0 } };
		memcpy(r.address, link->sll_addr, sizeof r.address);
		memcpy(out + size, &r, sizeof r);
		memcpy(out + size + sizeof r, bytes, packet->tp_snaplen);
		size += sizeof r + packet->tp_snaplen;
	}
	if (size)
		put(out, size);
}

static void tell_dropped(int fd)
{
	struct tpacket_stats_v3 stats;
	socklen_t size = sizeof stats;
	if (getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &size))
		fail("getsockopt");
	if (stats.tp_drops)
		fprintf(stderr, "no room for %u probes\n", stats.tp_drops);
}

int main(void)
{
	uint8_t *ring;
	int fd = listen_everywhere(&ring);
	struct file_header header = { 0xa1b23c4d, 2, 4, 0, 0, SNAP, SLL2 };
	pthread_t writer;
	backlog = mmap(NULL, BACKLOG, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (backlog == MAP_FAILED || pthread_create(&writer, NULL, write_on, NULL))
		fail("backlog");
	put(&header, sizeof header);
	for (int next = 0;; next = (next + 1) % BLOCKS) {
		struct tpacket_block_desc *block = (void *)(ring + (size_t)next * BLOCK);
		while (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) {
			struct pollfd either[] = { { fd, POLLIN | POLLERR, 0 }, { STDIN_FILENO, POLLIN, 0 } };
			if (poll(either, 2, -1) < 0)
				fail("poll");
			if (either[1].revents && !obey())
				return 0;
		}
		copy(block);
		__atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
		tell_dropped(fd);
	}
}
