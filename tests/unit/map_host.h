/* Names of hosts: where a host rule applies, and where it must not. */
#define H1 "host c1 = n1"
#define AT(format, hosts, rules, in, out, held)                                \
	{                                                                      \
		rules, PLACE_##format, PLACE_PLAIN, in, out, held, __LINE__,   \
		    CATALOG_##hosts                                            \
	}
/* A column of class H. */
#define COLUMN(rules, in, out, held)                                           \
	{                                                                      \
		rules, PLACE_VALUE, PLACE_HOST, in, out, held, __LINE__,       \
		    CATALOG_HOSTS                                              \
	}

static const struct map_case host_cases[] = {
	/* columns: the whole name, in front of "@", in any case */
	COLUMN(H1, "c1", "n1", NULL),
	COLUMN(H1, "C1", "n1", NULL),
	COLUMN(H1, "c1@lvm", "n1@lvm", NULL),
	COLUMN(H1, "c1@c1#c1", "n1@c1#c1", NULL),
	COLUMN(H1, "c10", NULL, NULL),
	COLUMN(H1, "c1.old.example", NULL, NULL),
	COLUMN(H1, "x.c1", NULL, NULL),
	COLUMN(H1, "c1#pool", NULL, NULL),
	COLUMN(H1, "", NULL, NULL),
	COLUMN(H1, "@c1", NULL, NULL),
	COLUMN(H1 "\nhost c1.old.example = n1.new.example", "c1.old.example",
	    "n1.new.example", NULL),
	COLUMN("host a = b\nhost b = a", "a@b", "b@b", NULL),
	COLUMN("host a = b\nhost b = a", "b", "a", NULL),
	COLUMN("host c1 = c1", "c1", NULL, NULL),
	COLUMN("host c1 = c1", "C1", NULL, NULL),
	/* what else such a column holds stays held */
	COLUMN(STORY, "ip-10-2-116-14", NULL, HELD_HOST),
	COLUMN(STORY "\nhost ip-10-2-116-14 = n1", "ip-10-2-116-14", "n1",
	    NULL),
	COLUMN(STORY "\nhost ip-10-2-116-14 = n1", "ip-10-2-116-14.old", NULL,
	    HELD_HOST),
	COLUMN(STORY, "c1@nfs#10.2.116.14:/export", NULL, HELD_HOST),
	COLUMN(STORY "\n" H1, "c1@nfs#10.2.116.14:/export",
	    "n1@nfs#10.2.116.14:/export", HELD_HOST),
	COLUMN(STORY "\nhost 10.2.116.14 = n1", "10.2.116.14", "n1", NULL),
	COLUMN("name c1.old = c1.new", "c1.old", NULL, HELD_HOST),
	COLUMN("name c1.old = c1.new\nhost c1.old = n1", "c1.old", "n1", NULL),
	/* no other rule's name, and no other place */
	COLUMN("name c1 = n1", "c1", NULL, HELD_HOST),
	NO(H1, "c1"),
	AT(VALUE, NO_HOSTS, H1, "c1@lvm", NULL, NULL),
	IN(VALUE, HOST, H1, "c1", NULL, NULL),
	IN(VALUE, TENANT, H1, "c1", NULL, NULL),
	IN(TEXT, PLAIN, H1, "c1\n", NULL, NULL),
	IN(XML, PLAIN, H1, "<domain><name>c1</name></domain>", NULL, NULL),
	/* the file of the node's name */
	AT(TEXT, HOSTS, H1, "c1\n", "n1\n", NULL),
	AT(TEXT, HOSTS, H1, "# c1\nc1", "# c1\nn1", NULL),
	AT(TEXT, HOSTS, H1, "c1.old.example\n", NULL, NULL),
	/* configuration */
	IN(INI, PLAIN, H1, "[DEFAULT]\nhost = c1\n", "[DEFAULT]\nhost = n1\n",
	    NULL),
	IN(INI, PLAIN, H1, "host=C1", "host=n1", NULL),
	IN(INI, PLAIN, H1, "# host = c1\n", NULL, NULL),
	IN(INI, PLAIN, H1, "[client]\nhost = c1\n", NULL, NULL),
	IN(INI, PLAIN, H1, "rabbit_host = c1\nmy_ip = c1\n", NULL, NULL),
	IN(INI, PLAIN, H1, "[lvm]\nbackend_host = c1\n",
	    "[lvm]\nbackend_host = n1\n", NULL),
	IN(INI, PLAIN, H1, "network_host = c1\nconsole_host=c1",
	    "network_host = n1\nconsole_host=n1", NULL),
	IN(INI, PLAIN, H1 "\nhost c2 = n2",
	    "[scheduler]\nisolated_hosts = c1, c10,c2\n",
	    "[scheduler]\nisolated_hosts = n1, c10,n2\n", NULL),
	IN(INI, PLAIN, H1 "\n" STORY, "[DEFAULT]\nhost = 10.2.116.14\n", NULL,
	    HELD_HOST),
	IN(FLAGS, PLAIN, H1, "--host=c1\n--s3_host=c1\n",
	    "--host=n1\n--s3_host=c1\n", NULL),
	IN(FLAGS, PLAIN, H1, "--network_host=c1\n", "--network_host=n1\n",
	    NULL),
	/* JSON: by the key */
	AT(JSON, HOSTS, H1,
	    "{\"nova_object.data\": {\"force_hosts\": [\"c1\", \"c2\"], "
	    "\"image\": {\"name\": \"c1\"}, \"host\": \"c1\"}}",
	    "{\"nova_object.data\": {\"force_hosts\": [\"n1\", \"c2\"], "
	    "\"image\": {\"name\": \"c1\"}, \"host\": \"n1\"}}",
	    NULL),
	AT(JSON, HOSTS, H1, "{\"hostname\": \"c1\"}", NULL, NULL),
	AT(JSON, HOSTS, H1, "{\"migrating_to\": \"c1\"}",
	    "{\"migrating_to\": \"n1\"}", NULL),
	AT(JSON, CONNECTOR, H1, "{\"host\": \"c1\", \"ip\": \"c1\"}",
	    "{\"host\": \"n1\", \"ip\": \"c1\"}", NULL),
	AT(JSON, CONNECTOR, H1,
	    "{\"data\": {\"host\": \"c1\", \"hosts\": [\"c1\"]}, "
	    "\"connector\": {\"host\": \"c1\"}}",
	    "{\"data\": {\"host\": \"c1\", \"hosts\": [\"c1\"]}, "
	    "\"connector\": {\"host\": \"n1\"}}",
	    NULL),
	AT(JSON, CONNECTOR, H1, "{\"xconnector\": {\"host\": \"c1\"}}", NULL,
	    NULL),
	AT(JSON, NO_HOSTS, H1, "{\"host\": \"c1\"}", NULL, NULL),
	AT(JSON, HOSTS, H1, "c1", NULL, NULL),
};
