/* WARNING: Script requires that SQLITE_DBCONFIG_DEFENSIVE be disabled */
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0006');
CREATE TABLE canonical_record (
	id VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_canonical_record PRIMARY KEY (id)
);
INSERT INTO canonical_record VALUES('linz','{"agreements":[],"delegates":[{"evidence":[{"says":["person","role"],"words":"led by Jane Roe"}],"person":"jane-roe","role":"head"}],"meeting":{"agenda":[],"evidence":[{"says":["status","format","parties"],"words":"Utopia met"}],"format":"bilateral","id":"linz","parties":[{"party":"uto","role":"principal"}],"status":"held","title":"Talks","topics":[]},"parties":[{"id":"uto","kind":"state","name":"Utopia","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[],"sources":[{"cites":[],"file":"article.txt","id":"linz-note","issued_by":[],"language":"en","sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note"}],"status":"reviewed"}','48960cbccef892503835d44ceed9484bc680c1e7d668790109f2f0e5d298e7e9');
INSERT INTO canonical_record VALUES('vienna','{"agreements":[{"agenda":"opening","asserted_by":[],"commitment":"agreed","evidence":[{"says":["commitment"],"words":"agreed to reopen"},{"inferred":"In the article''s own voice.","says":["form","parties"]}],"form":"reported","id":"embassies","parties":["uto","rur"],"text":"The two sides agreed to reopen embassies","title":"Reopen embassies","topics":["embassies"]}],"delegates":[{"evidence":[{"says":["person","party","title","role"],"words":"The Utopian side was led by Foreign Minister Jane Roe"}],"party":"uto","person":"jane-roe","role":"head","title":"Foreign Minister"},{"described":"senior officials","evidence":[{"says":["party","role"],"words":"officials of Ruritania sat opposite"}],"id":"officials","party":"rur","role":"member"}],"meeting":{"agenda":[{"evidence":[{"says":["outcome"],"words":"a date is\nstill open"}],"id":"opening","outcome":"open","title":"When to open"}],"duration":{"approximate":false,"value":"PT2H"},"evidence":[{"says":["status","parties"],"words":"Delegations of Utopia and Ruritania met"},{"despite":"They sat on two sides.","inferred":"Two delegations.","says":["format"]},{"says":["place","start_date"],"words":"in Vienna on 6 May 2024"},{"says":["duration"],"words":"for two\nhours"}],"format":"bilateral","id":"vienna","parties":[{"party":"uto","role":"principal"},{"party":"rur","role":"principal"}],"place":{"city":"Vienna","country":"AUT"},"start_date":"2024-05-06","status":"held","title":"Talks at the Café Hawelka","topics":["peace"]},"parties":[{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"]},{"id":"rur","kind":"state","name":"Ruritania","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[{"evidence":[{"says":["speakers"],"words":"Roe said"}],"id":"doors","kind":"direct","speakers":["jane-roe"],"text":"We will open our doors again","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called the talks"},{"says":["speaker_title"],"words":"Foreign Minister Jane Roe"}],"id":"mood","kind":"partial","speaker_title":"Foreign Minister","speakers":["jane-roe"],"text":"frank and friendly","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called"}],"id":"date","kind":"indirect","speakers":["jane-roe"],"text":"a date is still open","topics":[]}],"reviewed_by":[{"name":"Ana Ito","on":"2024-05-07"},{"name":"Ben Sato","on":"2024-06"}],"sources":[{"access":"full","cites":[],"file":"article.txt","id":"gazette","issued_by":[],"language":"en","sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna"}],"status":"reviewed"}','0c1cb4009dc14ecc5ca8ac625df0c178c5e0c4757e24b6da3df48edd03d52c71');
CREATE TABLE dataset_version (
	number INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_dataset_version PRIMARY KEY (number), 
	CONSTRAINT ck_dataset_version_number CHECK (number > 0)
);
INSERT INTO dataset_version VALUES(1,'a72b8e977e869272ffbd3c820fa071d79f1850ad7dc206948c58be8810aab5d9','2026-11-29 20:08:01.507570');
INSERT INTO dataset_version VALUES(2,'80418c919cfdb293ba9dac14b2d4c25cdb268294ad655012983219b8b2ccb429','2026-11-29 20:08:01.758999');
INSERT INTO dataset_version VALUES(3,'eccd770ec6dab319e5f562976d48daab2bebbd4972747aa3f93bccc7cb958b6b','2026-11-29 20:08:01.880516');
CREATE TABLE record (
	"key" INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	CONSTRAINT pk_record PRIMARY KEY ("key"), 
	CONSTRAINT ck_record_own_meeting CHECK (kind <> 'meeting' OR meeting_key = key), 
	CONSTRAINT ck_record_kind CHECK (kind = 'meeting' OR kind = 'agenda_item' OR kind = 'delegate' OR kind = 'agreement' OR kind = 'quote'), 
	CONSTRAINT fk_record_meeting_key FOREIGN KEY(meeting_key) REFERENCES record ("key"), 
	CONSTRAINT uq_record_kind_id UNIQUE (kind, id)
);
INSERT INTO record VALUES(3,'meeting','linz',3);
INSERT INTO record VALUES(4,'delegate','linz.jane-roe',3);
INSERT INTO record VALUES(5,'meeting','vienna',5);
INSERT INTO record VALUES(6,'agenda_item','vienna.opening',5);
INSERT INTO record VALUES(8,'delegate','vienna.jane-roe',5);
INSERT INTO record VALUES(9,'delegate','vienna.officials',5);
INSERT INTO record VALUES(10,'agreement','vienna.embassies',5);
INSERT INTO record VALUES(11,'quote','vienna.doors',5);
INSERT INTO record VALUES(12,'quote','vienna.mood',5);
INSERT INTO record VALUES(13,'quote','vienna.date',5);
CREATE TABLE topic (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	CONSTRAINT pk_topic PRIMARY KEY ("key"), 
	CONSTRAINT uq_topic_id UNIQUE (id)
);
INSERT INTO topic VALUES(1,'peace');
INSERT INTO topic VALUES(2,'embassies');
CREATE TABLE definition (
	kind VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_id VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_definition PRIMARY KEY (kind, id, meeting_id), 
	CONSTRAINT ck_definition_kind CHECK (kind = 'source' OR kind = 'party' OR kind = 'person')
);
INSERT INTO definition VALUES('source','linz-note','linz','{"access":null,"author":null,"cites":[],"id":"linz-note","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":null,"publisher":null,"quotation_marks":null,"sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note","url":null}');
INSERT INTO definition VALUES('party','uto','linz','{"country":null,"id":"uto","kind":"state","name":"Utopia","other_names":[],"wikidata":null}');
INSERT INTO definition VALUES('person','jane-roe','linz','{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');
INSERT INTO definition VALUES('source','gazette','vienna','{"access":"full","author":null,"cites":[],"id":"gazette","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":null,"publisher":null,"quotation_marks":null,"sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna","url":null}');
INSERT INTO definition VALUES('party','uto','vienna','{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"],"wikidata":null}');
INSERT INTO definition VALUES('party','rur','vienna','{"country":null,"id":"rur","kind":"state","name":"Ruritania","other_names":[],"wikidata":null}');
INSERT INTO definition VALUES('person','jane-roe','vienna','{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');
CREATE TABLE party (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	kind_rank INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	name_sort VARCHAR NOT NULL, 
	other_names JSON NOT NULL, 
	country VARCHAR, 
	wikidata VARCHAR, 
	meetings INTEGER NOT NULL, 
	delegates INTEGER NOT NULL, 
	agreements INTEGER NOT NULL, 
	quotes INTEGER NOT NULL, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_party PRIMARY KEY ("key"), 
	CONSTRAINT ck_party_kind CHECK (kind = 'state' OR kind = 'organization' OR kind = 'fund' OR kind = 'armed_group' OR kind = 'company'), 
	CONSTRAINT ck_party_counts CHECK (meetings >= 0 AND delegates >= 0 AND agreements >= 0 AND quotes >= 0), 
	CONSTRAINT fk_party_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT uq_party_id UNIQUE (id)
);
INSERT INTO party VALUES(1,'uto','state',0,'Utopia','utopia','["Utopian"]','UTO',NULL,2,1,1,3,1);
INSERT INTO party VALUES(2,'rur','state',0,'Ruritania','ruritania','[]',NULL,NULL,1,1,1,0,1);
CREATE TABLE person (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_sort VARCHAR NOT NULL, 
	other_names JSON NOT NULL, 
	wikidata VARCHAR, 
	meetings INTEGER NOT NULL, 
	delegates INTEGER NOT NULL, 
	quotes INTEGER NOT NULL, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY ("key"), 
	CONSTRAINT ck_person_counts CHECK (meetings >= 0 AND delegates >= 0 AND quotes >= 0), 
	CONSTRAINT fk_person_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT uq_person_id UNIQUE (id)
);
INSERT INTO person VALUES(1,'jane-roe','Jane Roe','jane roe','[]',NULL,2,2,3,1);
CREATE TABLE record_topic (
	record_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	topic_key INTEGER NOT NULL, 
	CONSTRAINT pk_record_topic PRIMARY KEY (record_key, position), 
	CONSTRAINT fk_record_topic_record_key FOREIGN KEY(record_key) REFERENCES record ("key"), 
	CONSTRAINT fk_record_topic_topic_key FOREIGN KEY(topic_key) REFERENCES topic ("key"), 
	CONSTRAINT uq_record_topic_topic_key_record_key UNIQUE (topic_key, record_key)
);
INSERT INTO record_topic VALUES(5,0,1);
INSERT INTO record_topic VALUES(10,0,2);
CREATE TABLE source (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	publisher VARCHAR, 
	author VARCHAR, 
	url VARCHAR, 
	published_on VARCHAR, 
	published_ascending VARCHAR NOT NULL, 
	published_descending VARCHAR NOT NULL, 
	licence VARCHAR, 
	access VARCHAR NOT NULL, 
	quotation_marks VARCHAR NOT NULL, 
	paragraphs VARCHAR, 
	cites JSON NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	length INTEGER NOT NULL, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY ("key"), 
	CONSTRAINT ck_source_access CHECK (access = 'excerpt' OR access = 'full'), 
	CONSTRAINT ck_source_paragraphs CHECK (paragraphs IS NULL OR paragraphs = 'blocks' OR paragraphs = 'lines'), 
	CONSTRAINT ck_source_quotation_marks CHECK (quotation_marks = 'double' OR quotation_marks = 'single'), 
	CONSTRAINT ck_source_length CHECK (length > 0), 
	CONSTRAINT fk_source_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT uq_source_id UNIQUE (id)
);
INSERT INTO source VALUES(1,'linz-note','A note','a note','en',NULL,NULL,NULL,NULL,'9999-99-99','',NULL,'excerpt','double',NULL,'[]','0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd',34,1);
INSERT INTO source VALUES(2,'gazette','Utopia and Ruritania meet in Vienna','utopia and ruritania meet in vienna','en',NULL,NULL,NULL,NULL,'9999-99-99','',NULL,'full','double',NULL,'[]','82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9',413,1);
CREATE TABLE meeting (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	summary VARCHAR, 
	status VARCHAR NOT NULL, 
	format VARCHAR NOT NULL, 
	mode VARCHAR, 
	start_date VARCHAR, 
	start_ascending VARCHAR NOT NULL, 
	start_descending VARCHAR NOT NULL, 
	end_date VARCHAR, 
	first_day VARCHAR, 
	last_day VARCHAR, 
	duration_value VARCHAR, 
	duration_approximate BOOLEAN, 
	place_city VARCHAR, 
	place_country VARCHAR, 
	place_wikidata VARCHAR, 
	host_key INTEGER, 
	changed_in INTEGER NOT NULL, reviewed_by JSON, 
	CONSTRAINT pk_meeting PRIMARY KEY ("key"), 
	CONSTRAINT ck_meeting_format CHECK (format = 'bilateral' OR format = 'multilateral' OR format = 'mediated'), 
	CONSTRAINT ck_meeting_mode CHECK (mode IS NULL OR mode = 'in_person' OR mode = 'remote' OR mode = 'hybrid'), 
	CONSTRAINT ck_meeting_status CHECK (status = 'planned' OR status = 'ongoing' OR status = 'held' OR status = 'cancelled'), 
	CONSTRAINT ck_meeting_duration CHECK ((duration_value IS NULL) = (duration_approximate IS NULL)), 
	CONSTRAINT ck_meeting_both_days CHECK ((first_day IS NULL) = (last_day IS NULL)), 
	CONSTRAINT ck_meeting_days CHECK (first_day <= last_day), 
	CONSTRAINT fk_meeting_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_meeting_host_key FOREIGN KEY(host_key) REFERENCES party ("key"), 
	CONSTRAINT fk_meeting_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT uq_meeting_id UNIQUE (id)
);
INSERT INTO meeting VALUES(3,'linz','Talks','talks',NULL,'held','bilateral',NULL,NULL,'9999-99-99','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO meeting VALUES(5,'vienna','Talks at the Café Hawelka','talks at the café hawelka',NULL,'held','bilateral',NULL,'2024-05-06','2024-05-06','2024-05-06',NULL,'2024-05-06','2024-05-06','PT2H',0,'Vienna','AUT',NULL,NULL,3,'[{"name": "Ana Ito", "on": "2024-05-07"}, {"name": "Ben Sato", "on": "2024-06"}]');
CREATE TABLE source_issuer (
	source_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	party_key INTEGER NOT NULL, 
	CONSTRAINT pk_source_issuer PRIMARY KEY (source_key, position), 
	CONSTRAINT fk_source_issuer_party_key FOREIGN KEY(party_key) REFERENCES party ("key"), 
	CONSTRAINT fk_source_issuer_source_key FOREIGN KEY(source_key) REFERENCES source ("key"), 
	CONSTRAINT uq_source_issuer_source_key_party_key UNIQUE (source_key, party_key)
);
CREATE TABLE source_text (
	source_key INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_source_text PRIMARY KEY (source_key), 
	CONSTRAINT fk_source_text_source_key FOREIGN KEY(source_key) REFERENCES source ("key")
);
INSERT INTO source_text VALUES(1,replace('Utopia met them, led by Jane Roe.\n','\n',char(10)));
INSERT INTO source_text VALUES(2,replace('Utopia and Ruritania meet in Vienna\n\nDelegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two\nhours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.\n\n“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is\nstill open. The two sides agreed to reopen embassies.\n\nRudolf, the King, was not there.\n','\n',char(10)));
CREATE TABLE delegate (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	person_key INTEGER, 
	described VARCHAR, 
	name_sort VARCHAR NOT NULL, 
	party_key INTEGER, 
	title VARCHAR, 
	role VARCHAR NOT NULL, 
	role_rank INTEGER NOT NULL, 
	attendance VARCHAR, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_delegate PRIMARY KEY ("key"), 
	CONSTRAINT ck_delegate_attendance CHECK (attendance IS NULL OR attendance = 'present' OR attendance = 'remote' OR attendance = 'absent'), 
	CONSTRAINT ck_delegate_role CHECK (role = 'head' OR role = 'member' OR role = 'adviser' OR role = 'interpreter' OR role = 'mediator' OR role = 'guarantor' OR role = 'observer' OR role = 'witness' OR role = 'host'), 
	CONSTRAINT ck_delegate_either CHECK (CASE WHEN person_key IS NULL THEN 0 ELSE 1 END + CASE WHEN described IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT fk_delegate_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_delegate_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_delegate_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT fk_delegate_party_key FOREIGN KEY(party_key) REFERENCES party ("key"), 
	CONSTRAINT fk_delegate_person_key FOREIGN KEY(person_key) REFERENCES person ("key"), 
	CONSTRAINT uq_delegate_id UNIQUE (id)
);
INSERT INTO delegate VALUES(4,'linz.jane-roe',3,1,NULL,'jane roe',NULL,NULL,'head',0,NULL,1);
INSERT INTO delegate VALUES(8,'vienna.jane-roe',5,1,NULL,'jane roe',1,'Foreign Minister','head',0,NULL,1);
INSERT INTO delegate VALUES(9,'vienna.officials',5,NULL,'senior officials','senior officials',2,NULL,'member',1,NULL,1);
CREATE TABLE actor (
	record_key INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	person_key INTEGER, 
	party_key INTEGER, 
	described VARCHAR, 
	role VARCHAR, 
	delegate_key INTEGER, 
	CONSTRAINT pk_actor PRIMARY KEY (record_key, field, position), 
	CONSTRAINT ck_actor_party_field CHECK (field <> 'parties' OR person_key IS NULL), 
	CONSTRAINT ck_actor_field CHECK (field = 'parties' OR field = 'asserted_by' OR field = 'speakers' OR field = 'via'), 
	CONSTRAINT ck_actor_role CHECK (role IS NULL OR role = 'principal' OR role = 'mediator' OR role = 'guarantor' OR role = 'observer' OR role = 'witness'), 
	CONSTRAINT ck_actor_either CHECK (CASE WHEN person_key IS NULL THEN 0 ELSE 1 END + CASE WHEN party_key IS NULL THEN 0 ELSE 1 END + CASE WHEN described IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT ck_actor_delegate CHECK (delegate_key IS NULL OR (field = 'speakers' AND person_key IS NOT NULL)), 
	CONSTRAINT fk_actor_delegate_key FOREIGN KEY(delegate_key) REFERENCES delegate ("key"), 
	CONSTRAINT fk_actor_party_key FOREIGN KEY(party_key) REFERENCES party ("key"), 
	CONSTRAINT fk_actor_person_key FOREIGN KEY(person_key) REFERENCES person ("key"), 
	CONSTRAINT fk_actor_record_key FOREIGN KEY(record_key) REFERENCES record ("key")
);
INSERT INTO actor VALUES(3,'parties',0,NULL,1,NULL,'principal',NULL);
INSERT INTO actor VALUES(5,'parties',0,NULL,1,NULL,'principal',NULL);
INSERT INTO actor VALUES(5,'parties',1,NULL,2,NULL,'principal',NULL);
INSERT INTO actor VALUES(10,'parties',0,NULL,1,NULL,NULL,NULL);
INSERT INTO actor VALUES(10,'parties',1,NULL,2,NULL,NULL,NULL);
INSERT INTO actor VALUES(11,'speakers',0,1,NULL,NULL,NULL,8);
INSERT INTO actor VALUES(12,'speakers',0,1,NULL,NULL,NULL,8);
INSERT INTO actor VALUES(13,'speakers',0,1,NULL,NULL,NULL,8);
CREATE TABLE evidence (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	record_key INTEGER NOT NULL, 
	record_kind VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	basis VARCHAR NOT NULL, 
	source_key INTEGER, 
	start_offset INTEGER, 
	start_ascending INTEGER NOT NULL, 
	start_descending INTEGER NOT NULL, 
	end_offset INTEGER, 
	words TEXT, 
	note TEXT, 
	changed_in INTEGER NOT NULL, despite TEXT, 
	CONSTRAINT pk_evidence PRIMARY KEY ("key"), 
	CONSTRAINT ck_evidence_reason CHECK ((basis = 'stated' AND words IS NOT NULL AND note IS NULL) OR (basis = 'inferred' AND note IS NOT NULL)), 
	CONSTRAINT ck_evidence_basis CHECK (basis = 'stated' OR basis = 'inferred'), 
	CONSTRAINT ck_evidence_record_kind CHECK (record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate' OR record_kind = 'agreement' OR record_kind = 'quote'), 
	CONSTRAINT ck_evidence_place CHECK ((source_key IS NULL) = (words IS NULL) AND (source_key IS NULL) = (start_offset IS NULL) AND (source_key IS NULL) = (end_offset IS NULL)), 
	CONSTRAINT ck_evidence_offsets CHECK (start_offset >= 0 AND start_offset < end_offset), 
	CONSTRAINT fk_evidence_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_evidence_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT fk_evidence_record_key FOREIGN KEY(record_key) REFERENCES record ("key"), 
	CONSTRAINT fk_evidence_source_key FOREIGN KEY(source_key) REFERENCES source ("key"), 
	CONSTRAINT uq_evidence_id UNIQUE (id)
);
INSERT INTO evidence VALUES(3,'linz.e7eea16cd7da',3,'meeting',3,0,'stated',1,0,0,0,10,'Utopia met',NULL,1,NULL);
INSERT INTO evidence VALUES(4,'linz.jane-roe.36602bcbd392',4,'delegate',3,0,'stated',1,17,17,17,32,'led by Jane Roe',NULL,1,NULL);
INSERT INTO evidence VALUES(5,'vienna.b66415ea4119',5,'meeting',5,0,'stated',2,37,37,37,76,'Delegations of Utopia and Ruritania met',NULL,1,NULL);
INSERT INTO evidence VALUES(6,'vienna.d39df0112525',5,'meeting',5,1,'inferred',NULL,NULL,2147483647,-1,NULL,NULL,'Two delegations.',1,'They sat on two sides.');
INSERT INTO evidence VALUES(7,'vienna.0966fd3c8f1f',5,'meeting',5,2,'stated',2,77,77,77,100,'in Vienna on 6 May 2024',NULL,1,NULL);
INSERT INTO evidence VALUES(8,'vienna.a02821cad528',5,'meeting',5,3,'stated',2,101,101,101,114,replace('for two\nhours','\n',char(10)),NULL,1,NULL);
INSERT INTO evidence VALUES(9,'vienna.opening.7c380ac40891',6,'agenda_item',5,0,'stated',2,315,315,315,335,replace('a date is\nstill open','\n',char(10)),NULL,1,NULL);
INSERT INTO evidence VALUES(11,'vienna.jane-roe.9aff564199c1',8,'delegate',5,0,'stated',2,116,116,116,169,'The Utopian side was led by Foreign Minister Jane Roe',NULL,1,NULL);
INSERT INTO evidence VALUES(12,'vienna.officials.bdb7d56c23a3',9,'delegate',5,0,'stated',2,178,178,178,213,'officials of Ruritania sat opposite',NULL,1,NULL);
INSERT INTO evidence VALUES(13,'vienna.officials.b57c5b98b2d9',9,'delegate',5,1,'stated',2,171,171,171,187,'senior officials',NULL,1,NULL);
INSERT INTO evidence VALUES(14,'vienna.embassies.482e964892cc',10,'agreement',5,0,'stated',2,351,351,351,367,'agreed to reopen',NULL,1,NULL);
INSERT INTO evidence VALUES(15,'vienna.embassies.cc260c51af25',10,'agreement',5,1,'inferred',NULL,NULL,2147483647,-1,NULL,NULL,'In the article''s own voice.',1,NULL);
INSERT INTO evidence VALUES(16,'vienna.embassies.46d4d2976b34',10,'agreement',5,2,'stated',2,337,337,337,377,'The two sides agreed to reopen embassies',NULL,1,NULL);
INSERT INTO evidence VALUES(17,'vienna.doors.37f9a8ecd506',11,'quote',5,0,'stated',2,248,248,248,256,'Roe said',NULL,1,NULL);
INSERT INTO evidence VALUES(18,'vienna.doors.3bfadaacf045',11,'quote',5,1,'stated',2,217,217,217,245,'We will open our doors again',NULL,1,NULL);
INSERT INTO evidence VALUES(19,'vienna.mood.62ea44789990',12,'quote',5,0,'stated',2,248,248,248,278,'Roe said. She called the talks',NULL,1,NULL);
INSERT INTO evidence VALUES(20,'vienna.mood.1fe540dd0250',12,'quote',5,1,'stated',2,144,144,144,169,'Foreign Minister Jane Roe',NULL,1,NULL);
INSERT INTO evidence VALUES(21,'vienna.mood.2903d6bf4a77',12,'quote',5,2,'stated',2,280,280,280,298,'frank and friendly',NULL,1,NULL);
INSERT INTO evidence VALUES(22,'vienna.date.7c77ac6027e8',13,'quote',5,0,'stated',2,248,248,248,268,'Roe said. She called',NULL,1,NULL);
INSERT INTO evidence VALUES(23,'vienna.date.3481722940a2',13,'quote',5,1,'stated',2,315,315,315,335,replace('a date is\nstill open','\n',char(10)),NULL,1,NULL);
CREATE TABLE meeting_source (
	meeting_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source_key INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_source PRIMARY KEY (meeting_key, position), 
	CONSTRAINT fk_meeting_source_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT fk_meeting_source_source_key FOREIGN KEY(source_key) REFERENCES source ("key"), 
	CONSTRAINT uq_meeting_source_source_key_meeting_key UNIQUE (source_key, meeting_key)
);
INSERT INTO meeting_source VALUES(3,0,1);
INSERT INTO meeting_source VALUES(5,0,2);
CREATE TABLE quote (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	kind_rank INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	speaker_title VARCHAR, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_quote PRIMARY KEY ("key"), 
	CONSTRAINT ck_quote_kind CHECK (kind = 'direct' OR kind = 'partial' OR kind = 'indirect'), 
	CONSTRAINT fk_quote_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_quote_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_quote_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT uq_quote_id UNIQUE (id)
);
INSERT INTO quote VALUES(11,'vienna.doors',5,'direct',0,'We will open our doors again',NULL,1);
INSERT INTO quote VALUES(12,'vienna.mood',5,'partial',1,'frank and friendly','Foreign Minister',1);
INSERT INTO quote VALUES(13,'vienna.date',5,'indirect',2,'a date is still open',NULL,1);
CREATE TABLE agreement (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	commitment VARCHAR NOT NULL, 
	commitment_rank INTEGER NOT NULL, 
	form VARCHAR NOT NULL, 
	agenda_key INTEGER, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_agreement PRIMARY KEY ("key"), 
	CONSTRAINT ck_agreement_commitment CHECK (commitment = 'willingness' OR commitment = 'pledged' OR commitment = 'in_principle' OR commitment = 'agreed' OR commitment = 'signed' OR commitment = 'implemented'), 
	CONSTRAINT ck_agreement_form CHECK (form = 'document' OR form = 'joint_statement' OR form = 'announcement' OR form = 'reported'), 
	CONSTRAINT fk_agreement_agenda_key FOREIGN KEY(agenda_key) REFERENCES agenda_item ("key"), 
	CONSTRAINT fk_agreement_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_agreement_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_agreement_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT uq_agreement_id UNIQUE (id)
);
INSERT INTO agreement VALUES(10,'vienna.embassies',5,'Reopen embassies','reopen embassies','The two sides agreed to reopen embassies','agreed',3,'reported',6,1);
CREATE TABLE evidence_field (
	evidence_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	CONSTRAINT pk_evidence_field PRIMARY KEY (evidence_key, position), 
	CONSTRAINT fk_evidence_field_evidence_key FOREIGN KEY(evidence_key) REFERENCES evidence ("key")
);
INSERT INTO evidence_field VALUES(3,0,'status');
INSERT INTO evidence_field VALUES(3,1,'format');
INSERT INTO evidence_field VALUES(3,2,'parties');
INSERT INTO evidence_field VALUES(4,0,'person');
INSERT INTO evidence_field VALUES(4,1,'role');
INSERT INTO evidence_field VALUES(5,0,'status');
INSERT INTO evidence_field VALUES(5,1,'parties');
INSERT INTO evidence_field VALUES(6,0,'format');
INSERT INTO evidence_field VALUES(7,0,'place');
INSERT INTO evidence_field VALUES(7,1,'start_date');
INSERT INTO evidence_field VALUES(8,0,'duration');
INSERT INTO evidence_field VALUES(9,0,'outcome');
INSERT INTO evidence_field VALUES(11,0,'person');
INSERT INTO evidence_field VALUES(11,1,'party');
INSERT INTO evidence_field VALUES(11,2,'title');
INSERT INTO evidence_field VALUES(11,3,'role');
INSERT INTO evidence_field VALUES(12,0,'party');
INSERT INTO evidence_field VALUES(12,1,'role');
INSERT INTO evidence_field VALUES(13,0,'described');
INSERT INTO evidence_field VALUES(14,0,'commitment');
INSERT INTO evidence_field VALUES(15,0,'form');
INSERT INTO evidence_field VALUES(15,1,'parties');
INSERT INTO evidence_field VALUES(16,0,'text');
INSERT INTO evidence_field VALUES(17,0,'speakers');
INSERT INTO evidence_field VALUES(18,0,'text');
INSERT INTO evidence_field VALUES(19,0,'speakers');
INSERT INTO evidence_field VALUES(20,0,'speaker_title');
INSERT INTO evidence_field VALUES(21,0,'text');
INSERT INTO evidence_field VALUES(22,0,'speakers');
INSERT INTO evidence_field VALUES(23,0,'text');
CREATE TABLE list_size (
	name VARCHAR NOT NULL, 
	items INTEGER NOT NULL, 
	CONSTRAINT pk_list_size PRIMARY KEY (name), 
	CONSTRAINT ck_list_size_items CHECK (items >= 0)
);
INSERT INTO list_size VALUES('meetings',2);
INSERT INTO list_size VALUES('delegates',3);
INSERT INTO list_size VALUES('agreements',1);
INSERT INTO list_size VALUES('quotes',3);
INSERT INTO list_size VALUES('people',1);
INSERT INTO list_size VALUES('parties',2);
INSERT INTO list_size VALUES('sources',2);
INSERT INTO list_size VALUES('evidence',20);
INSERT INTO list_size VALUES('agenda',1);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','search_index','search_index',0,'CREATE VIRTUAL TABLE search_index USING fts5(
            title, text, content = ''search_entry'', content_rowid = ''key'', tokenize = ''unicode61 remove_diacritics 2''
        )');
CREATE TABLE IF NOT EXISTS 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_index_data VALUES(1,X'2357814b');
INSERT INTO search_index_data VALUES(10,X'0000000102031200031101010101010201010000');
INSERT INTO search_index_data VALUES(137438953473,X'00000017063074616c6b730101010675746f70696101010409');
INSERT INTO search_index_data VALUES(274877906945,X'0000008d033061740503030104636166650503050204726f776e05010107686177656c6b6105030601046f70656e050701010501057065616365050701010601097275726974616e69610507010108010574616c6b730503020202686505030402016f0507010104010675746f706961050701010701067669656e6e61050701010201047768656e0507010103040709080c0b0c100a07080d0d');
INSERT INTO search_index_data VALUES(2336462209025,X'0000095005303230323481c0808080800206010113a080808080050701010701013681c0808080800206010111a0808080800507010105010161e0808080800d06010102dfffffffff7402020106010139a08080808007060101020e060101029fffffffff6f0601010202046761696ee0808080800b06010107dfffffffff770601012ca0808080801006010107030472656564c0808080800a06010105ffffffffff7806010141a0808080800c06010102020601010502026e64e0808080800c06010103dfffffffff760e030101030a2b04a080808080030701010510060101030206727469636c6581e0808080800f0601010402017405020381e0808080800002030102030102030102030102627981c080808080020601011ca0808080800206010103070601010701046361666505020581e08080808000020501020501020501020503046c6c656481c0808080800206010130a080808080110601010503060101050204726f776e0507010107010464617465e0808080800d06010103dfffffffff750601013aa08080808007060101030e060101039fffffffff6f06010103020a656c65676174696f6e7381c0808080800206010108a0808080800307010102010701010302046f6f7273e0808080800b06010106dfffffffff770601012ba08080808010060101060109656d62617373696573c0808080800a0803010108ffffffffff7806010144a0808080800c02030102030108030101080103666f7281c0808080800206010114a080808080060701010204046569676ea0808080800806010102819fffffffff7a0601011da08080808009060101080906010102020472616e6be0808080800c06010102dfffffffff7606010133a0808080801306010102030669656e646c79e0808080800c06010104dfffffffff7606010135a08080808013060101040107686177656c6b6105020681e08080808000020601020601020601020602046f75727381c0808080800206010116a08080808006070101040102696e81c080808080020a060101060aa08080808005070101020806010102020173e0808080800d06010104dfffffffff750601013ba08080808007060101040e060101049fffffffff6f0601010401046a616e65a080808080040202040202c0808080800302020102020102029fffffffff740202c080808080010601011fa08080808002080201010407080201010a06020201020201020201080201010401020201020201020201046b696e6781c080808080020601014701036c656481c080808080020601011ba0808080800206010102070601010601036d617981c0808080800206010112a0808080800507010106020365657481c08080808002080501010503017481c080808080020601010da080808080010601010302070101070207696e6973746572a0808080800806010103819fffffffff7a0601011ea0808080800906010109090601010301036e6f7481c080808080020601014904016581c08080808001020305016481c080808080020601013701026f6681c08080808002080101091ca08080808003070101030706010103030766696369616c73a080808080090203819fffffffff7906010122a0808080800a080301010201080301010302016e81c0808080800206010110a0808080800507010104020370656e0507010105e08080808006060101040206010106dfffffffff750801012916a080808080070804010106090601010405060101069fffffffff6f08040101060306706f7369746581c0808080800206010126a0808080800a0601010602027572e0808080800b06010105dfffffffff770601012aa08080808010060101050202776e81e0808080800f06010106010570656163650507010108010672656f70656ec0808080800a0802010107ffffffffff7806010143a0808080800c080201010401020201080201010702026f65a080808080040203040203c0808080800302030102030102039fffffffff740203c08080808001080101200fa08080808002080301010507080301010b060803010102010203010803010102010803010105010203010803010102010203020575646f6c6681c08080808002060101450307726974616e6961050701010aa0808080800406010102ffffffffff790202a080808080000c040101040a1aa0808080800307010106070601010401017381e0808080800f06010105020361696481c080808080020601012ea0808080800f060101030206010103030601010303017481c0808080800206010125a0808080800a060101050205656e696f72a080808080090202819fffffffff7906010121a0808080800a02020108020101020202686581c080808080020601012fa08080808011060101040306010104020369646581c0808080800206010119a0808080800906010104050173c0808080800a06010104ffffffffff7806010140a0808080800e06010104020474696c6ce0808080800d06010105dfffffffff750601013ca08080808007060101050e060101059fffffffff6f06010105010574616c6b7301020202020202030281bfffffffff7d06010132a0808080800102020203020103020103020103020b06010107020368617481c0808080800206010138030165050904010106c0808080800506010102ffffffffff780c0101171c0f0aa08080808003020401020401020401020403060101020406010103010601010203060101060402726581c080808080020601014a02016f0507010104c0808080800506010106ffffffffff7806010142a080808080070203050601010302060101069fffffffff7602030202776fc0808080800a06010103ffffffffff78080101152ca080808080040701010202070101030806010103010675746f706961010601010202060101020207010109a0808080800306010104ffffffffff790202a080808080010a020101020aa0808080800106010102020701010407016e81a0808080800106010102a0808080800106010118a080808080090601010301067669656e6e61050701010281bfffffffff7d0a070101070aa080808080050701010302046f69636581e0808080800f06010107010377617381c080808080020801011a30a0808080800906010105020165e0808080800b06010102dfffffffff7706010127a0808080801006010102020368656e050701010381e0808080800402029fffffffff7d02020203696c6ce0808080800b06010103dfffffffff7706010128a0808080801006010103041b183324292b13181e1b200b332624311a2a24261e1b20305a111f1a111d2d100c0e1f2d18441d220f0c3162123c0e2418281e1a21333410450f362d442224111b211b');
CREATE TABLE IF NOT EXISTS 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_index_idx VALUES(1,X'',2);
INSERT INTO search_index_idx VALUES(2,X'',2);
INSERT INTO search_index_idx VALUES(17,X'',2);
CREATE TABLE IF NOT EXISTS 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_index_docsize VALUES(3,X'0101');
INSERT INTO search_index_docsize VALUES(5,X'0507');
INSERT INTO search_index_docsize VALUES(1099511627780,X'0200');
INSERT INTO search_index_docsize VALUES(1099511627784,X'0203');
INSERT INTO search_index_docsize VALUES(1099511627785,X'0201');
INSERT INTO search_index_docsize VALUES(2199023255562,X'0207');
INSERT INTO search_index_docsize VALUES(3298534883339,X'0206');
INSERT INTO search_index_docsize VALUES(3298534883340,X'0203');
INSERT INTO search_index_docsize VALUES(3298534883341,X'0205');
INSERT INTO search_index_docsize VALUES(4398046511105,X'0200');
INSERT INTO search_index_docsize VALUES(5497558138881,X'0101');
INSERT INTO search_index_docsize VALUES(5497558138882,X'0100');
INSERT INTO search_index_docsize VALUES(6597069766657,X'0200');
INSERT INTO search_index_docsize VALUES(6597069766658,X'0649');
INSERT INTO search_index_docsize VALUES(7696581394435,X'0102');
INSERT INTO search_index_docsize VALUES(7696581394436,X'0204');
INSERT INTO search_index_docsize VALUES(7696581394437,X'0506');
INSERT INTO search_index_docsize VALUES(7696581394438,X'0502');
INSERT INTO search_index_docsize VALUES(7696581394439,X'0506');
INSERT INTO search_index_docsize VALUES(7696581394440,X'0503');
INSERT INTO search_index_docsize VALUES(7696581394441,X'0305');
INSERT INTO search_index_docsize VALUES(7696581394443,X'020a');
INSERT INTO search_index_docsize VALUES(7696581394444,X'0205');
INSERT INTO search_index_docsize VALUES(7696581394445,X'0202');
INSERT INTO search_index_docsize VALUES(7696581394446,X'0203');
INSERT INTO search_index_docsize VALUES(7696581394447,X'0206');
INSERT INTO search_index_docsize VALUES(7696581394448,X'0207');
INSERT INTO search_index_docsize VALUES(7696581394449,X'0202');
INSERT INTO search_index_docsize VALUES(7696581394450,X'0206');
INSERT INTO search_index_docsize VALUES(7696581394451,X'0206');
INSERT INTO search_index_docsize VALUES(7696581394452,X'0204');
INSERT INTO search_index_docsize VALUES(7696581394453,X'0203');
INSERT INTO search_index_docsize VALUES(7696581394454,X'0204');
INSERT INTO search_index_docsize VALUES(7696581394455,X'0205');
INSERT INTO search_index_docsize VALUES(8796093022214,X'0305');
CREATE TABLE IF NOT EXISTS 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_index_config VALUES('rank','bm25(4.0, 1.0)');
INSERT INTO search_index_config VALUES('version',4);
CREATE TABLE IF NOT EXISTS "change" (
	"key" INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	change VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY ("key"), 
	CONSTRAINT ck_change_change CHECK (change = 'added' OR change = 'changed' OR change = 'removed'), 
	CONSTRAINT fk_change_version FOREIGN KEY(version) REFERENCES dataset_version (number), 
	CONSTRAINT ck_change_kind CHECK (kind = 'meeting' OR kind = 'agenda_item' OR kind = 'delegate' OR kind = 'agreement' OR kind = 'quote' OR kind = 'person' OR kind = 'party' OR kind = 'source')
);
INSERT INTO change VALUES(1,1,'added','party','uto','[]');
INSERT INTO change VALUES(2,1,'added','person','jane-roe','[]');
INSERT INTO change VALUES(3,1,'added','party','rur','[]');
INSERT INTO change VALUES(4,1,'added','source','linz-note','[]');
INSERT INTO change VALUES(5,1,'added','meeting','graz','[]');
INSERT INTO change VALUES(6,1,'added','delegate','graz.jane-roe','[]');
INSERT INTO change VALUES(7,1,'added','meeting','linz','[]');
INSERT INTO change VALUES(8,1,'added','delegate','linz.jane-roe','[]');
INSERT INTO change VALUES(9,1,'added','source','gazette','[]');
INSERT INTO change VALUES(10,1,'added','meeting','vienna','[]');
INSERT INTO change VALUES(11,1,'added','agenda_item','vienna.opening','[]');
INSERT INTO change VALUES(12,1,'added','agenda_item','vienna.crown','[]');
INSERT INTO change VALUES(13,1,'added','delegate','vienna.jane-roe','[]');
INSERT INTO change VALUES(14,1,'added','delegate','vienna.officials','[]');
INSERT INTO change VALUES(15,1,'added','agreement','vienna.embassies','[]');
INSERT INTO change VALUES(16,1,'added','quote','vienna.doors','[]');
INSERT INTO change VALUES(17,1,'added','quote','vienna.mood','[]');
INSERT INTO change VALUES(18,1,'added','quote','vienna.date','[]');
INSERT INTO change VALUES(19,2,'changed','meeting','vienna','["agenda", "title"]');
INSERT INTO change VALUES(20,2,'changed','agenda_item','vienna.opening','["outcome"]');
INSERT INTO change VALUES(21,3,'changed','meeting','vienna','["agenda"]');
INSERT INTO change VALUES(22,3,'removed','agenda_item','vienna.crown','[]');
INSERT INTO change VALUES(23,3,'removed','delegate','graz.jane-roe','[]');
INSERT INTO change VALUES(24,3,'removed','meeting','graz','[]');
CREATE TABLE IF NOT EXISTS "search_entry" (
	"key" INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_search_entry PRIMARY KEY ("key"), 
	CONSTRAINT ck_search_entry_kind CHECK ((kind = 'meeting' AND key / 1099511627776 = 0) OR (kind = 'delegate' AND key / 1099511627776 = 1) OR (kind = 'agreement' AND key / 1099511627776 = 2) OR (kind = 'quote' AND key / 1099511627776 = 3) OR (kind = 'person' AND key / 1099511627776 = 4) OR (kind = 'party' AND key / 1099511627776 = 5) OR (kind = 'source' AND key / 1099511627776 = 6) OR (kind = 'evidence' AND key / 1099511627776 = 7) OR (kind = 'agenda_item' AND key / 1099511627776 = 8))
);
INSERT INTO search_entry VALUES(3,'meeting','linz','Talks','Utopia');
INSERT INTO search_entry VALUES(5,'meeting','vienna','Talks at the Café Hawelka','Vienna · When to open · peace · Utopia · Ruritania');
INSERT INTO search_entry VALUES(1099511627780,'delegate','linz.jane-roe','Jane Roe','');
INSERT INTO search_entry VALUES(1099511627784,'delegate','vienna.jane-roe','Jane Roe','Foreign Minister · Utopia');
INSERT INTO search_entry VALUES(1099511627785,'delegate','vienna.officials','senior officials','Ruritania');
INSERT INTO search_entry VALUES(2199023255562,'agreement','vienna.embassies','Reopen embassies','The two sides agreed to reopen embassies');
INSERT INTO search_entry VALUES(3298534883339,'quote','vienna.doors','Jane Roe','We will open our doors again');
INSERT INTO search_entry VALUES(3298534883340,'quote','vienna.mood','Jane Roe','frank and friendly');
INSERT INTO search_entry VALUES(3298534883341,'quote','vienna.date','Jane Roe','a date is still open');
INSERT INTO search_entry VALUES(4398046511105,'person','jane-roe','Jane Roe','');
INSERT INTO search_entry VALUES(5497558138881,'party','uto','Utopia','Utopian');
INSERT INTO search_entry VALUES(5497558138882,'party','rur','Ruritania','');
INSERT INTO search_entry VALUES(6597069766657,'source','linz-note','A note','');
INSERT INTO search_entry VALUES(6597069766658,'source','gazette','Utopia and Ruritania meet in Vienna',replace('Utopia and Ruritania meet in Vienna\n\nDelegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two\nhours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.\n\n“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is\nstill open. The two sides agreed to reopen embassies.\n\nRudolf, the King, was not there.\n','\n',char(10)));
INSERT INTO search_entry VALUES(7696581394435,'evidence','linz.e7eea16cd7da','Talks','Utopia met');
INSERT INTO search_entry VALUES(7696581394436,'evidence','linz.jane-roe.36602bcbd392','Jane Roe','led by Jane Roe');
INSERT INTO search_entry VALUES(7696581394437,'evidence','vienna.b66415ea4119','Talks at the Café Hawelka','Delegations of Utopia and Ruritania met');
INSERT INTO search_entry VALUES(7696581394438,'evidence','vienna.d39df0112525','Talks at the Café Hawelka','Two delegations.');
INSERT INTO search_entry VALUES(7696581394439,'evidence','vienna.0966fd3c8f1f','Talks at the Café Hawelka','in Vienna on 6 May 2024');
INSERT INTO search_entry VALUES(7696581394440,'evidence','vienna.a02821cad528','Talks at the Café Hawelka',replace('for two\nhours','\n',char(10)));
INSERT INTO search_entry VALUES(7696581394441,'evidence','vienna.opening.7c380ac40891','When to open',replace('a date is\nstill open','\n',char(10)));
INSERT INTO search_entry VALUES(7696581394443,'evidence','vienna.jane-roe.9aff564199c1','Jane Roe','The Utopian side was led by Foreign Minister Jane Roe');
INSERT INTO search_entry VALUES(7696581394444,'evidence','vienna.officials.bdb7d56c23a3','senior officials','officials of Ruritania sat opposite');
INSERT INTO search_entry VALUES(7696581394445,'evidence','vienna.officials.b57c5b98b2d9','senior officials','senior officials');
INSERT INTO search_entry VALUES(7696581394446,'evidence','vienna.embassies.482e964892cc','Reopen embassies','agreed to reopen');
INSERT INTO search_entry VALUES(7696581394447,'evidence','vienna.embassies.cc260c51af25','Reopen embassies','In the article''s own voice.');
INSERT INTO search_entry VALUES(7696581394448,'evidence','vienna.embassies.46d4d2976b34','Reopen embassies','The two sides agreed to reopen embassies');
INSERT INTO search_entry VALUES(7696581394449,'evidence','vienna.doors.37f9a8ecd506','Jane Roe','Roe said');
INSERT INTO search_entry VALUES(7696581394450,'evidence','vienna.doors.3bfadaacf045','Jane Roe','We will open our doors again');
INSERT INTO search_entry VALUES(7696581394451,'evidence','vienna.mood.62ea44789990','Jane Roe','Roe said. She called the talks');
INSERT INTO search_entry VALUES(7696581394452,'evidence','vienna.mood.1fe540dd0250','Jane Roe','Foreign Minister Jane Roe');
INSERT INTO search_entry VALUES(7696581394453,'evidence','vienna.mood.2903d6bf4a77','Jane Roe','frank and friendly');
INSERT INTO search_entry VALUES(7696581394454,'evidence','vienna.date.7c77ac6027e8','Jane Roe','Roe said. She called');
INSERT INTO search_entry VALUES(7696581394455,'evidence','vienna.date.3481722940a2','Jane Roe',replace('a date is\nstill open','\n',char(10)));
INSERT INTO search_entry VALUES(8796093022214,'agenda_item','vienna.opening','When to open',replace('a date is\nstill open','\n',char(10)));
CREATE TABLE IF NOT EXISTS "agenda_item" (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	outcome_rank INTEGER NOT NULL, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_agenda_item PRIMARY KEY ("key"), 
	CONSTRAINT uq_agenda_item_id UNIQUE (id), 
	CONSTRAINT ck_agenda_item_outcome CHECK (outcome = 'agreed' OR outcome = 'discussed' OR outcome = 'open' OR outcome = 'no_agreement' OR outcome = 'deferred'), 
	CONSTRAINT fk_agenda_item_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT fk_agenda_item_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_agenda_item_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number)
);
INSERT INTO agenda_item VALUES(6,'vienna.opening',5,0,'When to open','open','when to open',2,2);
CREATE VIEW meeting_entry AS 
        SELECT meeting.key + 0 AS key, 'meeting' AS kind, meeting.id AS id, meeting.title AS title,
            substr(coalesce(' · ' || summary, '') || coalesce(' · ' || place_city, '') || coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT title AS part FROM agenda_item WHERE meeting_key = meeting.key ORDER BY position) AS parts), '') || coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT topic.id AS part FROM record_topic JOIN topic ON topic.key = record_topic.topic_key
    WHERE record_topic.record_key = meeting.key ORDER BY record_topic.position) AS parts), '') || coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT coalesce(party.name, actor.described) AS part FROM actor
    LEFT JOIN party ON party.key = actor.party_key
    WHERE actor.record_key = meeting.key AND actor.field = 'parties' ORDER BY actor.position) AS parts), ''), 4) AS text, meeting.key AS row_key
        FROM meeting;
CREATE VIEW delegate_entry AS 
        SELECT delegate.key + 1099511627776 AS key, 'delegate' AS kind, delegate.id AS id, coalesce(person.name, delegate.described) AS title,
            substr(coalesce(' · ' || delegate.title, '') || coalesce(' · ' || party.name, '') || coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT value AS part FROM json_each(person.other_names) ORDER BY key) AS parts), ''), 4) AS text, delegate.key AS row_key
        FROM delegate LEFT JOIN person ON person.key = delegate.person_key LEFT JOIN party ON party.key = delegate.party_key;
CREATE VIEW agreement_entry AS 
        SELECT agreement.key + 2199023255552 AS key, 'agreement' AS kind, agreement.id AS id, agreement.title AS title,
            agreement.text AS text, agreement.key AS row_key
        FROM agreement;
CREATE VIEW quote_entry AS 
        SELECT quote.key + 3298534883328 AS key, 'quote' AS kind, quote.id AS id, coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(person.name, party.name, actor.described) AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key
        WHERE actor.record_key = quote.key AND actor.field = 'speakers' ORDER BY actor.position) AS names), '') AS title,
            quote.text || coalesce((SELECT group_concat(' · ' || name, '') FROM (
        SELECT names.value AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key,
        json_each(coalesce(person.other_names,party.other_names)) AS names
        WHERE actor.record_key = quote.key AND actor.field = 'speakers' ORDER BY actor.position, names.key) AS own), '') AS text, quote.key AS row_key
        FROM quote;
CREATE VIEW person_entry AS 
        SELECT person.key + 4398046511104 AS key, 'person' AS kind, person.id AS id, person.name AS title,
            substr(coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT value AS part FROM json_each(person.other_names) ORDER BY key) AS parts), ''), 4) AS text, person.key AS row_key
        FROM person;
CREATE VIEW party_entry AS 
        SELECT party.key + 5497558138880 AS key, 'party' AS kind, party.id AS id, party.name AS title,
            substr(coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT value AS part FROM json_each(party.other_names) ORDER BY key) AS parts), ''), 4) AS text, party.key AS row_key
        FROM party;
CREATE VIEW source_entry AS 
        SELECT source.key + 6597069766656 AS key, 'source' AS kind, source.id AS id, source.title AS title,
            substr(coalesce(' · ' || publisher, '') || coalesce(' · ' || author, '') || coalesce(' · ' || (SELECT text FROM source_text WHERE source_key = source.key AND source.access = 'full'), ''), 4) AS text, source.key AS row_key
        FROM source;
CREATE VIEW evidence_entry AS 
        SELECT evidence.key + 7696581394432 AS key, 'evidence' AS kind, evidence.id AS id, CASE evidence.record_kind
    WHEN 'meeting' THEN (SELECT title FROM meeting WHERE key = evidence.record_key)
    WHEN 'agenda_item' THEN (SELECT title FROM agenda_item WHERE key = evidence.record_key)
    WHEN 'delegate' THEN (SELECT coalesce(person.name, described) FROM delegate
        LEFT JOIN person ON person.key = person_key WHERE delegate.key = evidence.record_key)
    WHEN 'agreement' THEN (SELECT title FROM agreement WHERE key = evidence.record_key)
    ELSE coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(person.name, party.name, actor.described) AS name FROM actor
        LEFT JOIN person ON person.key = actor.person_key LEFT JOIN party ON party.key = actor.party_key
        WHERE actor.record_key = evidence.record_key AND actor.field = 'speakers' ORDER BY actor.position) AS names), '') END AS title,
            coalesce(evidence.words, evidence.note) AS text, evidence.key AS row_key
        FROM evidence;
CREATE VIEW agenda_item_entry AS 
        SELECT agenda_item.key + 8796093022208 AS key, 'agenda_item' AS kind, agenda_item.id AS id, agenda_item.title AS title,
            substr(coalesce((SELECT group_concat(' · ' || part, '') FROM (SELECT words AS part FROM evidence WHERE record_key = agenda_item.key AND words IS NOT NULL ORDER BY position) AS parts), ''), 4) AS text, agenda_item.key AS row_key
        FROM agenda_item;
CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN INSERT INTO search_index (rowid, title, text) VALUES (new.key, new.title, new.text); END;
CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', old.key, old.title, old.text); END;
CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', old.key, old.title, old.text); INSERT INTO search_index (rowid, title, text) VALUES (new.key, new.title, new.text); END;
CREATE INDEX ix_record_id ON record (id);
CREATE INDEX ix_record_meeting_key ON record (meeting_key);
CREATE INDEX ix_definition_meeting_id ON definition (meeting_id);
CREATE INDEX ix_party_changed_in_desc_id ON party (changed_in DESC, id);
CREATE INDEX ix_party_changed_in_id ON party (changed_in, id);
CREATE INDEX ix_party_kind_rank_desc_id ON party (kind_rank DESC, id);
CREATE INDEX ix_party_kind_rank_id ON party (kind_rank, id);
CREATE INDEX ix_party_name_sort_desc_id ON party (name_sort DESC, id);
CREATE INDEX ix_party_name_sort_id ON party (name_sort, id);
CREATE INDEX ix_person_changed_in_desc_id ON person (changed_in DESC, id);
CREATE INDEX ix_person_changed_in_id ON person (changed_in, id);
CREATE INDEX ix_person_name_sort_desc_id ON person (name_sort DESC, id);
CREATE INDEX ix_person_name_sort_id ON person (name_sort, id);
CREATE INDEX ix_source_changed_in_desc_id ON source (changed_in DESC, id);
CREATE INDEX ix_source_changed_in_id ON source (changed_in, id);
CREATE INDEX ix_source_published_ascending_id ON source (published_ascending, id);
CREATE INDEX ix_source_published_descending_desc_id ON source (published_descending DESC, id);
CREATE INDEX ix_source_title_sort_desc_id ON source (title_sort DESC, id);
CREATE INDEX ix_source_title_sort_id ON source (title_sort, id);
CREATE INDEX ix_actor_delegate_key_record_key ON actor (delegate_key, record_key);
CREATE INDEX ix_actor_party_key_field_record_key ON actor (party_key, field, record_key);
CREATE INDEX ix_actor_person_key_field_record_key ON actor (person_key, field, record_key);
CREATE INDEX ix_meeting_changed_in_desc_id ON meeting (changed_in DESC, id);
CREATE INDEX ix_meeting_changed_in_id ON meeting (changed_in, id);
CREATE INDEX ix_meeting_first_day_last_day ON meeting (first_day, last_day);
CREATE INDEX ix_meeting_format ON meeting (format);
CREATE INDEX ix_meeting_host_key ON meeting (host_key);
CREATE INDEX ix_meeting_place_country ON meeting (place_country);
CREATE INDEX ix_meeting_start_ascending_id ON meeting (start_ascending, id);
CREATE INDEX ix_meeting_start_descending_desc_id ON meeting (start_descending DESC, id);
CREATE INDEX ix_meeting_status ON meeting (status);
CREATE INDEX ix_meeting_title_sort_desc_id ON meeting (title_sort DESC, id);
CREATE INDEX ix_meeting_title_sort_id ON meeting (title_sort, id);
CREATE INDEX ix_source_issuer_party_key ON source_issuer (party_key);
CREATE INDEX ix_delegate_changed_in_desc_id ON delegate (changed_in DESC, id);
CREATE INDEX ix_delegate_changed_in_id ON delegate (changed_in, id);
CREATE INDEX ix_delegate_meeting_key_id ON delegate (meeting_key, id);
CREATE INDEX ix_delegate_name_sort_desc_id ON delegate (name_sort DESC, id);
CREATE INDEX ix_delegate_name_sort_id ON delegate (name_sort, id);
CREATE INDEX ix_delegate_party_key_id ON delegate (party_key, id);
CREATE INDEX ix_delegate_person_key_id ON delegate (person_key, id);
CREATE INDEX ix_delegate_role_rank_desc_id ON delegate (role_rank DESC, id);
CREATE INDEX ix_delegate_role_rank_id ON delegate (role_rank, id);
CREATE INDEX ix_evidence_basis_id ON evidence (basis, id);
CREATE INDEX ix_evidence_changed_in_desc_id ON evidence (changed_in DESC, id);
CREATE INDEX ix_evidence_changed_in_id ON evidence (changed_in, id);
CREATE INDEX ix_evidence_meeting_key_id ON evidence (meeting_key, id);
CREATE INDEX ix_evidence_record_key_position ON evidence (record_key, position);
CREATE INDEX ix_evidence_record_kind_id ON evidence (record_kind, id);
CREATE INDEX ix_evidence_source_key_id ON evidence (source_key, id);
CREATE INDEX ix_evidence_start_ascending_id ON evidence (start_ascending, id);
CREATE INDEX ix_evidence_start_descending_desc_id ON evidence (start_descending DESC, id);
CREATE INDEX ix_quote_changed_in_desc_id ON quote (changed_in DESC, id);
CREATE INDEX ix_quote_changed_in_id ON quote (changed_in, id);
CREATE INDEX ix_quote_kind_rank_desc_id ON quote (kind_rank DESC, id);
CREATE INDEX ix_quote_kind_rank_id ON quote (kind_rank, id);
CREATE INDEX ix_quote_meeting_key_id ON quote (meeting_key, id);
CREATE INDEX ix_agreement_agenda_key ON agreement (agenda_key);
CREATE INDEX ix_agreement_changed_in_desc_id ON agreement (changed_in DESC, id);
CREATE INDEX ix_agreement_changed_in_id ON agreement (changed_in, id);
CREATE INDEX ix_agreement_commitment_rank_desc_id ON agreement (commitment_rank DESC, id);
CREATE INDEX ix_agreement_commitment_rank_id ON agreement (commitment_rank, id);
CREATE INDEX ix_agreement_form_id ON agreement (form, id);
CREATE INDEX ix_agreement_meeting_key_id ON agreement (meeting_key, id);
CREATE INDEX ix_agreement_title_sort_desc_id ON agreement (title_sort DESC, id);
CREATE INDEX ix_agreement_title_sort_id ON agreement (title_sort, id);
CREATE INDEX ix_change_version_key ON change (version, "key");
CREATE INDEX ix_change_kind_id_key ON change (kind, id, "key");
CREATE INDEX ix_agenda_item_meeting_key_position ON agenda_item (meeting_key, position);
CREATE INDEX ix_agenda_item_changed_in_desc_id ON agenda_item (changed_in DESC, id);
CREATE INDEX ix_agenda_item_changed_in_id ON agenda_item (changed_in, id);
CREATE INDEX ix_agenda_item_meeting_key_id ON agenda_item (meeting_key, id);
CREATE INDEX ix_agenda_item_outcome_id ON agenda_item (outcome, id);
CREATE INDEX ix_agenda_item_outcome_rank_desc_id ON agenda_item (outcome_rank DESC, id);
CREATE INDEX ix_agenda_item_outcome_rank_id ON agenda_item (outcome_rank, id);
CREATE INDEX ix_agenda_item_title_sort_desc_id ON agenda_item (title_sort DESC, id);
CREATE INDEX ix_agenda_item_title_sort_id ON agenda_item (title_sort, id);
PRAGMA writable_schema=OFF;
COMMIT;
