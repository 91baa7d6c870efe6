#ifndef RESTORE_ALLOW_CODE_TABLE_H
#define RESTORE_ALLOW_CODE_TABLE_H

/**
 * Files that the system runs, or obeys, as root: a file or link in one of these
 * folders, or of that name, is code.  A bundle of a snapshot has them only
 * where the set of files (archive/node/fileset_table.h) names them; such ones
 * pass, but for those that are marked: they are programs, whoever captured
 * them. Included by code_file.c alone.
 */
static const struct code_row {
	const char *path;
	int always;
	const char *what;
} rows[] = {
	{ "/etc/libvirt/hooks", 1, "libvirt runs it as root" },
	{ "/etc/anacrontab", 0, "cron obeys it" },
	{ "/etc/apt", 0, "package tools obey it" },
	{ "/etc/bash.bashrc", 0, "shells run it" },
	{ "/etc/bashrc", 0, "shells run it" },
	{ "/etc/cron.d", 0, "cron obeys it" },
	{ "/etc/cron.daily", 0, "cron runs it" },
	{ "/etc/cron.hourly", 0, "cron runs it" },
	{ "/etc/cron.monthly", 0, "cron runs it" },
	{ "/etc/cron.weekly", 0, "cron runs it" },
	{ "/etc/crontab", 0, "cron obeys it" },
	{ "/etc/dhcp", 0, "the DHCP client runs what is there" },
	{ "/etc/environment", 0, "every login obeys it" },
	{ "/etc/group", 0, "it says who may do what" },
	{ "/etc/gshadow", 0, "it says who may do what" },
	{ "/etc/init", 0, "the system starts it" },
	{ "/etc/init.d", 0, "the system starts it" },
	{ "/etc/inittab", 0, "the system starts it" },
	{ "/etc/ld.so.conf", 0, "every program obeys it" },
	{ "/etc/ld.so.conf.d", 0, "every program obeys it" },
	{ "/etc/ld.so.preload", 0, "every program obeys it" },
	{ "/etc/logrotate.d", 0, "logrotate runs what it says" },
	{ "/etc/modprobe.d", 0, "the kernel's tools run what it says" },
	{ "/etc/NetworkManager/dispatcher.d", 0, "NetworkManager runs it" },
	{ "/etc/network/if-down.d", 0, "the network's tools run it" },
	{ "/etc/network/if-post-down.d", 0, "the network's tools run it" },
	{ "/etc/network/if-pre-up.d", 0, "the network's tools run it" },
	{ "/etc/network/if-up.d", 0, "the network's tools run it" },
	{ "/etc/pam.d", 0, "it says who may log in" },
	{ "/etc/passwd", 0, "it says who may log in" },
	{ "/etc/profile", 0, "shells run it" },
	{ "/etc/profile.d", 0, "shells run it" },
	{ "/etc/rc.local", 0, "the system starts it" },
	{ "/etc/security", 0, "it says who may do what" },
	{ "/etc/shadow", 0, "it says who may log in" },
	{ "/etc/ssh", 0, "it says who may log in" },
	{ "/etc/sudoers", 0, "it says who may do what" },
	{ "/etc/sudoers.d", 0, "it says who may do what" },
	{ "/etc/systemd", 0, "systemd obeys it" },
	{ "/etc/udev", 0, "udev runs what it says" },
	{ "/etc/yum.repos.d", 0, "package tools obey it" },
	{ "/bin", 0, "it is the system's" },
	{ "/boot", 0, "it is the system's" },
	{ "/dev", 0, "it is the system's" },
	{ "/home", 0, "it is somebody's own" },
	{ "/lib", 0, "it is the system's" },
	{ "/lib32", 0, "it is the system's" },
	{ "/lib64", 0, "it is the system's" },
	{ "/proc", 0, "it is the system's" },
	{ "/root", 0, "it is root's own" },
	{ "/run", 0, "it is the system's" },
	{ "/sbin", 0, "it is the system's" },
	{ "/sys", 0, "it is the system's" },
	{ "/usr/bin", 0, "it is the system's" },
	{ "/usr/lib", 0, "it is the system's" },
	{ "/usr/lib32", 0, "it is the system's" },
	{ "/usr/lib64", 0, "it is the system's" },
	{ "/usr/libexec", 0, "it is the system's" },
	{ "/usr/local/bin", 0, "it is a program" },
	{ "/usr/local/lib", 0, "it is the system's" },
	{ "/usr/local/sbin", 0, "it is a program" },
	{ "/usr/sbin", 0, "it is the system's" },
	{ "/var/run", 0, "it is the system's" },
	{ "/var/spool/cron", 0, "cron obeys it" },
};

#endif
