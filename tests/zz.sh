. $(dirname $0)/lib/lib.sh
site_new db
story_load 2
q="SELECT s.INDEX_NAME, s.COLUMN_NAME, s.SUB_PART, c.COLLATION_NAME FROM information_schema.STATISTICS AS s LEFT JOIN information_schema.COLUMNS AS c ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME"
w="WHERE s.TABLE_SCHEMA = 'nova' AND s.TABLE_NAME = 'services'"
t() { local a=$EPOCHREALTIME; sql "$1" >/dev/null;  echo "$(( (${EPOCHREALTIME/./} - ${a/./})/1000 )) ms"; }
t "SELECT 1"
t "$q $w"; t "$q $w"
t "$q AND c.TABLE_SCHEMA = 'nova' AND c.TABLE_NAME = 'services' $w"
t "SELECT s.INDEX_NAME FROM information_schema.STATISTICS AS s $w"
t "SELECT s.INDEX_NAME FROM information_schema.STATISTICS AS s $w"
t "SELECT EVENT_MANIPULATION, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = 'nova' AND EVENT_OBJECT_TABLE='services'"
t "SELECT EVENT_MANIPULATION, TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = 'nova' AND EVENT_OBJECT_TABLE='services'"
t "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'nova' AND TABLE_NAME='services'"
t "SELECT s.INDEX_NAME, c.COLLATION_NAME FROM information_schema.STATISTICS AS s LEFT JOIN (SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'nova' AND TABLE_NAME = 'services') AS c ON c.COLUMN_NAME = s.COLUMN_NAME $w"
