/**
 * idle: a program that is there and does nothing, under any name.
 *
 *   idle [--listen ADDRESS PORT] [ARG...]
 *
 * With --listen it takes connections there, also on an address that no
 * interface has (IP_FREEBIND, as MariaDB does).  Lives until it is ended.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
listen_on(const char *address, const char *port)
{
	struct sockaddr_in a;
	int fd, on = 1;

	memset(&a, 0, sizeof(a));
	a.sin_family = AF_INET;
	a.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	if (inet_pton(AF_INET, address, &a.sin_addr) != 1)
		return -1;
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) == -1 ||
	    setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &on, sizeof(on)) == -1 ||
	    bind(fd, (struct sockaddr *)&a, sizeof(a)) == -1)
		return -1;
	return listen(fd, 8);
}

int
main(int argc, char *argv[])
{

	if (argc > 3 && strcmp(argv[1], "--listen") == 0 &&
	    listen_on(argv[2], argv[3]) == -1) {
		perror("idle");
		return 1;
	}
	/* Whoever started it may go on. */
	printf("ready\n");
	fflush(stdout);
	for (;;)
		pause();
}
