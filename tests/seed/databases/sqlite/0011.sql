PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0011');
CREATE TABLE canonical_record (
	id VARCHAR NOT NULL, 
	content TEXT NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_canonical_record PRIMARY KEY (id)
);
INSERT INTO canonical_record VALUES('linz','{"agreements":[],"delegates":[{"evidence":[{"says":["person","role"],"words":"led by Jane Roe"}],"person":"jane-roe","role":"head"}],"meeting":{"agenda":[],"evidence":[{"says":["status","format","parties"],"words":"Utopia met"}],"format":"bilateral","id":"linz","parties":[{"party":"uto","role":"principal"}],"status":"held","title":"Talks","topics":[]},"parties":[{"id":"uto","kind":"state","name":"Utopia","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[],"sources":[{"cites":[],"file":"article.txt","id":"linz-note","issued_by":[],"language":"en","published_on":"2024-05","publisher":"The Linz Note","sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note"}],"status":"reviewed"}','7d1a84d4a24804aa559607a224ab2def001531102c38898856b4f09a0ac6ad0e');
INSERT INTO canonical_record VALUES('vienna','{"agreements":[{"agenda":"opening","asserted_by":["jane-roe"],"commitment":"agreed","evidence":[{"says":["commitment"],"words":"agreed to reopen"},{"inferred":"In the article''s own voice.","says":["form","parties"]},{"inferred":"She spoke for both.","says":["asserted_by"]}],"form":"reported","id":"embassies","parties":["uto","rur"],"text":"The two sides agreed to reopen embassies","title":"Reopen embassies","topics":["embassies"]}],"delegates":[{"evidence":[{"says":["person","party","title","role"],"words":"The Utopian side was led by Foreign Minister Jane Roe"}],"party":"uto","person":"jane-roe","role":"head","title":"Foreign Minister"},{"described":"senior officials","evidence":[{"says":["party","role"],"words":"officials of Ruritania sat opposite"}],"id":"officials","party":"rur","role":"member"}],"meeting":{"agenda":[{"evidence":[{"says":["outcome"],"words":"a date is\nstill open"}],"id":"opening","outcome":"open","title":"When to open"}],"duration":{"approximate":false,"value":"PT2H"},"evidence":[{"says":["status","parties"],"words":"Delegations of Utopia and Ruritania met"},{"despite":"They sat on two sides.","inferred":"Two delegations.","says":["format"]},{"says":["place","start_date"],"words":"in Vienna on 6 May 2024"},{"says":["duration"],"words":"for two\nhours"}],"format":"bilateral","id":"vienna","parties":[{"party":"uto","role":"principal"},{"party":"rur","role":"principal"}],"place":{"city":"Vienna","country":"AUT"},"start_date":"2024-05-06","status":"held","title":"Talks at the Café Hawelka","topics":["peace"]},"parties":[{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"]},{"id":"rur","kind":"state","name":"Ruritania","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[{"evidence":[{"says":["speakers"],"words":"Roe said"}],"id":"doors","kind":"direct","speakers":["jane-roe"],"text":"We will open our doors again","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called the talks"},{"says":["speaker_title"],"words":"Foreign Minister Jane Roe"}],"id":"mood","kind":"partial","speaker_title":"Foreign Minister","speakers":["jane-roe"],"text":"frank and friendly","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called"}],"id":"date","kind":"indirect","speakers":["jane-roe"],"text":"a date is still open","topics":[]}],"reviewed_by":[{"name":"Ana Ito","on":"2024-05-07"},{"name":"Ben Sato","on":"2024-06"}],"sources":[{"access":"full","cites":[],"file":"article.txt","id":"gazette","issued_by":[],"language":"en","sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna"}],"status":"reviewed"}','9607553f5909ac4adc657eec43f2e106637feed6b9784c569eba5fa98c859c62');
CREATE TABLE dataset_version (
	number INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_dataset_version PRIMARY KEY (number), 
	CONSTRAINT ck_dataset_version_number CHECK (number > 0)
);
INSERT INTO dataset_version VALUES(1,'3e6abe56582f818fa39f2b8790d2dc0b85465e66a894d090da03e8ec2566e13a','2026-11-30 10:44:14.949789');
INSERT INTO dataset_version VALUES(2,'eb77ed9df4ea94791fc8dbea887022056e8ad2b9746984a340a735b013f6c7b5','2026-11-30 10:44:15.247774');
INSERT INTO dataset_version VALUES(3,'423fb64de12c9213029ec6b1c88e31ab2a9f742619d90983b52db96743eb414d','2026-11-30 10:44:15.451403');
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
INSERT INTO record VALUES(1,'meeting','linz',1);
INSERT INTO record VALUES(2,'delegate','linz.jane-roe',1);
INSERT INTO record VALUES(5,'meeting','vienna',5);
INSERT INTO record VALUES(6,'agenda_item','vienna.opening',5);
INSERT INTO record VALUES(7,'delegate','vienna.jane-roe',5);
INSERT INTO record VALUES(8,'delegate','vienna.officials',5);
INSERT INTO record VALUES(9,'agreement','vienna.embassies',5);
INSERT INTO record VALUES(10,'quote','vienna.doors',5);
INSERT INTO record VALUES(11,'quote','vienna.mood',5);
INSERT INTO record VALUES(12,'quote','vienna.date',5);
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
INSERT INTO definition VALUES('source','linz-note','linz','{"access":null,"author":null,"cites":[],"id":"linz-note","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":"2024-05","publisher":"The Linz Note","quotation_marks":null,"sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note","url":null}');
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
	changed_in INTEGER NOT NULL, published_last_day VARCHAR, published_span INTEGER, 
	CONSTRAINT pk_source PRIMARY KEY ("key"), 
	CONSTRAINT ck_source_access CHECK (access = 'excerpt' OR access = 'full'), 
	CONSTRAINT ck_source_paragraphs CHECK (paragraphs IS NULL OR paragraphs = 'blocks' OR paragraphs = 'lines'), 
	CONSTRAINT ck_source_quotation_marks CHECK (quotation_marks = 'double' OR quotation_marks = 'single'), 
	CONSTRAINT ck_source_length CHECK (length > 0), 
	CONSTRAINT fk_source_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT uq_source_id UNIQUE (id)
);
INSERT INTO source VALUES(1,'linz-note','A note','a note','en','The Linz Note',NULL,NULL,'2024-05','2024-05-01','2024-05-01',NULL,'excerpt','double',NULL,'[]','0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd',34,1,'2024-05-31',30);
INSERT INTO source VALUES(2,'gazette','Utopia and Ruritania meet in Vienna','utopia and ruritania meet in vienna','en',NULL,NULL,NULL,NULL,'9999-99-99','',NULL,'full','double',NULL,'[]','82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9',413,1,NULL,NULL);
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
	changed_in INTEGER NOT NULL, reviewed_by JSON, city_folded VARCHAR, span INTEGER, 
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
INSERT INTO meeting VALUES(1,'linz','Talks','talks',NULL,'held','bilateral',NULL,NULL,'9999-99-99','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL);
INSERT INTO meeting VALUES(5,'vienna','Talks at the Café Hawelka','talks at the café hawelka',NULL,'held','bilateral',NULL,'2024-05-06','2024-05-06','2024-05-06',NULL,'2024-05-06','2024-05-06','PT2H',0,'Vienna','AUT',NULL,NULL,2,'[{"name": "Ana Ito", "on": "2024-05-07"}, {"name": "Ben Sato", "on": "2024-06"}]','vienna',0);
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
	changed_in INTEGER NOT NULL, date_ascending VARCHAR DEFAULT '9999-99-99' NOT NULL, date_descending VARCHAR DEFAULT '' NOT NULL, last_day VARCHAR, place INTEGER DEFAULT 2147483647 NOT NULL, meeting_country VARCHAR, meeting_status VARCHAR, meeting_format VARCHAR, 
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
INSERT INTO delegate VALUES(2,'linz.jane-roe',1,1,NULL,'jane roe',NULL,NULL,'head',0,NULL,1,'9999-99-99','',NULL,17,NULL,'held','bilateral');
INSERT INTO delegate VALUES(7,'vienna.jane-roe',5,1,NULL,'jane roe',1,'Foreign Minister','head',0,NULL,1,'2024-05-06','2024-05-06','2024-05-06',116,'AUT','held','bilateral');
INSERT INTO delegate VALUES(8,'vienna.officials',5,NULL,'senior officials','senior officials',2,NULL,'member',1,NULL,1,'2024-05-06','2024-05-06','2024-05-06',171,'AUT','held','bilateral');
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
	changed_in INTEGER NOT NULL, despite TEXT, date_ascending VARCHAR DEFAULT '9999-99-99' NOT NULL, date_descending VARCHAR DEFAULT '' NOT NULL, last_day VARCHAR, place INTEGER DEFAULT 2147483647 NOT NULL, 
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
INSERT INTO evidence VALUES(1,'linz.e7eea16cd7da',1,'meeting',1,0,'stated',1,0,0,0,10,'Utopia met',NULL,1,NULL,'9999-99-99','',NULL,0);
INSERT INTO evidence VALUES(2,'linz.jane-roe.36602bcbd392',2,'delegate',1,0,'stated',1,17,17,17,32,'led by Jane Roe',NULL,1,NULL,'9999-99-99','',NULL,17);
INSERT INTO evidence VALUES(5,'vienna.b66415ea4119',5,'meeting',5,0,'stated',2,37,37,37,76,'Delegations of Utopia and Ruritania met',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',37);
INSERT INTO evidence VALUES(6,'vienna.d39df0112525',5,'meeting',5,1,'inferred',NULL,NULL,2147483647,-1,NULL,NULL,'Two delegations.',1,'They sat on two sides.','2024-05-06','2024-05-06','2024-05-06',2147483647);
INSERT INTO evidence VALUES(7,'vienna.0966fd3c8f1f',5,'meeting',5,2,'stated',2,77,77,77,100,'in Vienna on 6 May 2024',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',77);
INSERT INTO evidence VALUES(8,'vienna.a02821cad528',5,'meeting',5,3,'stated',2,101,101,101,114,replace('for two\nhours','\n',char(10)),NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',101);
INSERT INTO evidence VALUES(9,'vienna.opening.7c380ac40891',6,'agenda_item',5,0,'stated',2,315,315,315,335,replace('a date is\nstill open','\n',char(10)),NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',315);
INSERT INTO evidence VALUES(10,'vienna.jane-roe.9aff564199c1',7,'delegate',5,0,'stated',2,116,116,116,169,'The Utopian side was led by Foreign Minister Jane Roe',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',116);
INSERT INTO evidence VALUES(11,'vienna.officials.bdb7d56c23a3',8,'delegate',5,0,'stated',2,178,178,178,213,'officials of Ruritania sat opposite',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',178);
INSERT INTO evidence VALUES(12,'vienna.officials.b57c5b98b2d9',8,'delegate',5,1,'stated',2,171,171,171,187,'senior officials',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',171);
INSERT INTO evidence VALUES(13,'vienna.embassies.482e964892cc',9,'agreement',5,0,'stated',2,351,351,351,367,'agreed to reopen',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',351);
INSERT INTO evidence VALUES(14,'vienna.embassies.cc260c51af25',9,'agreement',5,1,'inferred',NULL,NULL,2147483647,-1,NULL,NULL,'In the article''s own voice.',1,NULL,'2024-05-06','2024-05-06','2024-05-06',2147483647);
INSERT INTO evidence VALUES(15,'vienna.embassies.216d72082450',9,'agreement',5,2,'inferred',NULL,NULL,2147483647,-1,NULL,NULL,'She spoke for both.',1,NULL,'2024-05-06','2024-05-06','2024-05-06',2147483647);
INSERT INTO evidence VALUES(16,'vienna.embassies.46d4d2976b34',9,'agreement',5,3,'stated',2,337,337,337,377,'The two sides agreed to reopen embassies',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',337);
INSERT INTO evidence VALUES(17,'vienna.doors.37f9a8ecd506',10,'quote',5,0,'stated',2,248,248,248,256,'Roe said',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',248);
INSERT INTO evidence VALUES(18,'vienna.doors.3bfadaacf045',10,'quote',5,1,'stated',2,217,217,217,245,'We will open our doors again',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',217);
INSERT INTO evidence VALUES(19,'vienna.mood.62ea44789990',11,'quote',5,0,'stated',2,248,248,248,278,'Roe said. She called the talks',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',248);
INSERT INTO evidence VALUES(20,'vienna.mood.1fe540dd0250',11,'quote',5,1,'stated',2,144,144,144,169,'Foreign Minister Jane Roe',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',144);
INSERT INTO evidence VALUES(21,'vienna.mood.2903d6bf4a77',11,'quote',5,2,'stated',2,280,280,280,298,'frank and friendly',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',280);
INSERT INTO evidence VALUES(22,'vienna.date.7c77ac6027e8',12,'quote',5,0,'stated',2,248,248,248,268,'Roe said. She called',NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',248);
INSERT INTO evidence VALUES(23,'vienna.date.3481722940a2',12,'quote',5,1,'stated',2,315,315,315,335,replace('a date is\nstill open','\n',char(10)),NULL,1,NULL,'2024-05-06','2024-05-06','2024-05-06',315);
CREATE TABLE meeting_source (
	meeting_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source_key INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_source PRIMARY KEY (meeting_key, position), 
	CONSTRAINT fk_meeting_source_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT fk_meeting_source_source_key FOREIGN KEY(source_key) REFERENCES source ("key"), 
	CONSTRAINT uq_meeting_source_source_key_meeting_key UNIQUE (source_key, meeting_key)
);
INSERT INTO meeting_source VALUES(1,0,1);
INSERT INTO meeting_source VALUES(5,0,2);
CREATE TABLE quote (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	kind_rank INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	speaker_title VARCHAR, 
	changed_in INTEGER NOT NULL, date_ascending VARCHAR DEFAULT '9999-99-99' NOT NULL, date_descending VARCHAR DEFAULT '' NOT NULL, last_day VARCHAR, place INTEGER DEFAULT 2147483647 NOT NULL, meeting_country VARCHAR, meeting_status VARCHAR, meeting_format VARCHAR, 
	CONSTRAINT pk_quote PRIMARY KEY ("key"), 
	CONSTRAINT ck_quote_kind CHECK (kind = 'direct' OR kind = 'partial' OR kind = 'indirect'), 
	CONSTRAINT fk_quote_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_quote_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_quote_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT uq_quote_id UNIQUE (id)
);
INSERT INTO quote VALUES(10,'vienna.doors',5,'direct',0,'We will open our doors again',NULL,1,'2024-05-06','2024-05-06','2024-05-06',217,'AUT','held','bilateral');
INSERT INTO quote VALUES(11,'vienna.mood',5,'partial',1,'frank and friendly','Foreign Minister',1,'2024-05-06','2024-05-06','2024-05-06',280,'AUT','held','bilateral');
INSERT INTO quote VALUES(12,'vienna.date',5,'indirect',2,'a date is still open',NULL,1,'2024-05-06','2024-05-06','2024-05-06',315,'AUT','held','bilateral');
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
	changed_in INTEGER NOT NULL, asserted BOOLEAN DEFAULT 0 NOT NULL, date_ascending VARCHAR DEFAULT '9999-99-99' NOT NULL, date_descending VARCHAR DEFAULT '' NOT NULL, last_day VARCHAR, place INTEGER DEFAULT 2147483647 NOT NULL, meeting_country VARCHAR, meeting_status VARCHAR, meeting_format VARCHAR, 
	CONSTRAINT pk_agreement PRIMARY KEY ("key"), 
	CONSTRAINT ck_agreement_commitment CHECK (commitment = 'willingness' OR commitment = 'pledged' OR commitment = 'in_principle' OR commitment = 'agreed' OR commitment = 'signed' OR commitment = 'implemented'), 
	CONSTRAINT ck_agreement_form CHECK (form = 'document' OR form = 'joint_statement' OR form = 'announcement' OR form = 'reported'), 
	CONSTRAINT fk_agreement_agenda_key FOREIGN KEY(agenda_key) REFERENCES agenda_item ("key"), 
	CONSTRAINT fk_agreement_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_agreement_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_agreement_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT uq_agreement_id UNIQUE (id)
);
INSERT INTO agreement VALUES(9,'vienna.embassies',5,'Reopen embassies','reopen embassies','The two sides agreed to reopen embassies','agreed',3,'reported',6,1,1,'2024-05-06','2024-05-06','2024-05-06',337,'AUT','held','bilateral');
CREATE TABLE evidence_field (
	evidence_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	CONSTRAINT pk_evidence_field PRIMARY KEY (evidence_key, position), 
	CONSTRAINT fk_evidence_field_evidence_key FOREIGN KEY(evidence_key) REFERENCES evidence ("key")
);
INSERT INTO evidence_field VALUES(1,0,'status');
INSERT INTO evidence_field VALUES(1,1,'format');
INSERT INTO evidence_field VALUES(1,2,'parties');
INSERT INTO evidence_field VALUES(2,0,'person');
INSERT INTO evidence_field VALUES(2,1,'role');
INSERT INTO evidence_field VALUES(5,0,'status');
INSERT INTO evidence_field VALUES(5,1,'parties');
INSERT INTO evidence_field VALUES(6,0,'format');
INSERT INTO evidence_field VALUES(7,0,'place');
INSERT INTO evidence_field VALUES(7,1,'start_date');
INSERT INTO evidence_field VALUES(8,0,'duration');
INSERT INTO evidence_field VALUES(9,0,'outcome');
INSERT INTO evidence_field VALUES(10,0,'person');
INSERT INTO evidence_field VALUES(10,1,'party');
INSERT INTO evidence_field VALUES(10,2,'title');
INSERT INTO evidence_field VALUES(10,3,'role');
INSERT INTO evidence_field VALUES(11,0,'party');
INSERT INTO evidence_field VALUES(11,1,'role');
INSERT INTO evidence_field VALUES(12,0,'described');
INSERT INTO evidence_field VALUES(13,0,'commitment');
INSERT INTO evidence_field VALUES(14,0,'form');
INSERT INTO evidence_field VALUES(14,1,'parties');
INSERT INTO evidence_field VALUES(15,0,'asserted_by');
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
INSERT INTO list_size VALUES('evidence',21);
INSERT INTO list_size VALUES('agenda',1);
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
INSERT INTO change VALUES(5,1,'added','meeting','linz','[]');
INSERT INTO change VALUES(6,1,'added','delegate','linz.jane-roe','[]');
INSERT INTO change VALUES(7,1,'added','meeting','graz','[]');
INSERT INTO change VALUES(8,1,'added','delegate','graz.jane-roe','[]');
INSERT INTO change VALUES(9,1,'added','source','gazette','[]');
INSERT INTO change VALUES(10,1,'added','meeting','vienna','[]');
INSERT INTO change VALUES(11,1,'added','agenda_item','vienna.opening','[]');
INSERT INTO change VALUES(12,1,'added','delegate','vienna.jane-roe','[]');
INSERT INTO change VALUES(13,1,'added','delegate','vienna.officials','[]');
INSERT INTO change VALUES(14,1,'added','agreement','vienna.embassies','[]');
INSERT INTO change VALUES(15,1,'added','quote','vienna.doors','[]');
INSERT INTO change VALUES(16,1,'added','quote','vienna.mood','[]');
INSERT INTO change VALUES(17,1,'added','quote','vienna.date','[]');
INSERT INTO change VALUES(18,2,'changed','meeting','vienna','["title"]');
INSERT INTO change VALUES(19,3,'removed','delegate','graz.jane-roe','[]');
INSERT INTO change VALUES(20,3,'removed','meeting','graz','[]');
CREATE TABLE IF NOT EXISTS "agenda_item" (
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	meeting_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	outcome_rank INTEGER NOT NULL, 
	changed_in INTEGER NOT NULL, date_ascending VARCHAR DEFAULT '9999-99-99' NOT NULL, date_descending VARCHAR DEFAULT '' NOT NULL, last_day VARCHAR, place INTEGER DEFAULT 2147483647 NOT NULL, meeting_country VARCHAR, meeting_status VARCHAR, meeting_format VARCHAR, 
	CONSTRAINT pk_agenda_item PRIMARY KEY ("key"), 
	CONSTRAINT ck_agenda_item_outcome CHECK (outcome = 'agreed' OR outcome = 'discussed' OR outcome = 'open' OR outcome = 'no_agreement' OR outcome = 'deferred'), 
	CONSTRAINT fk_agenda_item_key FOREIGN KEY("key") REFERENCES record ("key"), 
	CONSTRAINT fk_agenda_item_meeting_key FOREIGN KEY(meeting_key) REFERENCES meeting ("key"), 
	CONSTRAINT uq_agenda_item_id UNIQUE (id), 
	CONSTRAINT fk_agenda_item_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number)
);
INSERT INTO agenda_item VALUES(6,'vienna.opening',5,0,'When to open','open','when to open',2,1,'2024-05-06','2024-05-06','2024-05-06',315,'AUT','held','bilateral');
CREATE TABLE IF NOT EXISTS "actor" (
	record_key INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	person_key INTEGER, 
	party_key INTEGER, 
	described VARCHAR, 
	role VARCHAR, 
	delegate_key INTEGER, 
	record_kind VARCHAR NOT NULL, 
	CONSTRAINT pk_actor PRIMARY KEY (record_key, field, position), 
	CONSTRAINT ck_actor_delegate CHECK (delegate_key IS NULL OR (field = 'speakers' AND person_key IS NOT NULL)), 
	CONSTRAINT ck_actor_either CHECK (CASE WHEN person_key IS NULL THEN 0 ELSE 1 END + CASE WHEN party_key IS NULL THEN 0 ELSE 1 END + CASE WHEN described IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT ck_actor_field CHECK (field = 'parties' OR field = 'asserted_by' OR field = 'speakers' OR field = 'via'), 
	CONSTRAINT ck_actor_party_field CHECK (field <> 'parties' OR person_key IS NULL), 
	CONSTRAINT ck_actor_role CHECK (role IS NULL OR role = 'principal' OR role = 'mediator' OR role = 'guarantor' OR role = 'observer' OR role = 'witness'), 
	CONSTRAINT fk_actor_delegate_key FOREIGN KEY(delegate_key) REFERENCES delegate ("key"), 
	CONSTRAINT fk_actor_party_key FOREIGN KEY(party_key) REFERENCES party ("key"), 
	CONSTRAINT fk_actor_person_key FOREIGN KEY(person_key) REFERENCES person ("key"), 
	CONSTRAINT fk_actor_record_key FOREIGN KEY(record_key) REFERENCES record ("key"), 
	CONSTRAINT ck_actor_record_kind CHECK (record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate' OR record_kind = 'agreement' OR record_kind = 'quote')
);
INSERT INTO actor VALUES(1,'parties',0,NULL,1,NULL,'principal',NULL,'meeting');
INSERT INTO actor VALUES(5,'parties',0,NULL,1,NULL,'principal',NULL,'meeting');
INSERT INTO actor VALUES(5,'parties',1,NULL,2,NULL,'principal',NULL,'meeting');
INSERT INTO actor VALUES(9,'parties',0,NULL,1,NULL,NULL,NULL,'agreement');
INSERT INTO actor VALUES(9,'parties',1,NULL,2,NULL,NULL,NULL,'agreement');
INSERT INTO actor VALUES(9,'asserted_by',0,1,NULL,NULL,NULL,NULL,'agreement');
INSERT INTO actor VALUES(10,'speakers',0,1,NULL,NULL,NULL,7,'quote');
INSERT INTO actor VALUES(11,'speakers',0,1,NULL,NULL,NULL,7,'quote');
INSERT INTO actor VALUES(12,'speakers',0,1,NULL,NULL,NULL,7,'quote');
CREATE TABLE IF NOT EXISTS "record_topic" (
	record_key INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	topic_key INTEGER NOT NULL, 
	record_kind VARCHAR NOT NULL, 
	CONSTRAINT pk_record_topic PRIMARY KEY (record_key, position), 
	CONSTRAINT ck_record_topic_record_kind CHECK (record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate' OR record_kind = 'agreement' OR record_kind = 'quote'), 
	CONSTRAINT fk_record_topic_record_key FOREIGN KEY(record_key) REFERENCES record ("key"), 
	CONSTRAINT fk_record_topic_topic_key FOREIGN KEY(topic_key) REFERENCES topic ("key"), 
	CONSTRAINT uq_record_topic_topic_key_record_kind_record_key UNIQUE (topic_key, record_kind, record_key)
);
INSERT INTO record_topic VALUES(5,0,1,'meeting');
INSERT INTO record_topic VALUES(9,0,2,'agreement');
CREATE TABLE party_person (
	party_key INTEGER NOT NULL, 
	"key" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	name_sort VARCHAR NOT NULL, 
	changed_in INTEGER NOT NULL, 
	CONSTRAINT pk_party_person PRIMARY KEY (party_key, "key"), 
	CONSTRAINT fk_party_person_changed_in FOREIGN KEY(changed_in) REFERENCES dataset_version (number), 
	CONSTRAINT fk_party_person_key FOREIGN KEY("key") REFERENCES person ("key"), 
	CONSTRAINT fk_party_person_party_key FOREIGN KEY(party_key) REFERENCES party ("key")
)
 WITHOUT ROWID

;
INSERT INTO party_person VALUES(1,1,'jane-roe','jane roe',1);
CREATE TABLE removed_evidence (
	id VARCHAR NOT NULL, 
	record_kind VARCHAR NOT NULL, 
	record_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_removed_evidence PRIMARY KEY (id), 
	CONSTRAINT ck_removed_evidence_record_kind CHECK (record_kind = 'meeting' OR record_kind = 'agenda_item' OR record_kind = 'delegate' OR record_kind = 'agreement' OR record_kind = 'quote'), 
	CONSTRAINT fk_removed_evidence_version FOREIGN KEY(version) REFERENCES dataset_version (number)
)
 WITHOUT ROWID

;
INSERT INTO removed_evidence VALUES('graz.e7eea16cd7da','meeting','graz',3);
INSERT INTO removed_evidence VALUES('graz.jane-roe.36602bcbd392','delegate','graz.jane-roe',3);
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
CREATE INDEX ix_delegate_name_sort_desc_id ON delegate (name_sort DESC, id);
CREATE INDEX ix_delegate_name_sort_id ON delegate (name_sort, id);
CREATE INDEX ix_delegate_role_rank_desc_id ON delegate (role_rank DESC, id);
CREATE INDEX ix_delegate_role_rank_id ON delegate (role_rank, id);
CREATE INDEX ix_evidence_changed_in_desc_id ON evidence (changed_in DESC, id);
CREATE INDEX ix_evidence_changed_in_id ON evidence (changed_in, id);
CREATE INDEX ix_evidence_record_key_position ON evidence (record_key, position);
CREATE INDEX ix_evidence_start_ascending_id ON evidence (start_ascending, id);
CREATE INDEX ix_evidence_start_descending_desc_id ON evidence (start_descending DESC, id);
CREATE INDEX ix_quote_changed_in_desc_id ON quote (changed_in DESC, id);
CREATE INDEX ix_quote_changed_in_id ON quote (changed_in, id);
CREATE INDEX ix_quote_kind_rank_desc_id ON quote (kind_rank DESC, id);
CREATE INDEX ix_quote_kind_rank_id ON quote (kind_rank, id);
CREATE INDEX ix_agreement_agenda_key ON agreement (agenda_key);
CREATE INDEX ix_agreement_changed_in_desc_id ON agreement (changed_in DESC, id);
CREATE INDEX ix_agreement_changed_in_id ON agreement (changed_in, id);
CREATE INDEX ix_agreement_commitment_rank_desc_id ON agreement (commitment_rank DESC, id);
CREATE INDEX ix_agreement_commitment_rank_id ON agreement (commitment_rank, id);
CREATE INDEX ix_agreement_title_sort_desc_id ON agreement (title_sort DESC, id);
CREATE INDEX ix_agreement_title_sort_id ON agreement (title_sort, id);
CREATE INDEX ix_change_kind_id_key ON change (kind, id, "key");
CREATE INDEX ix_change_version_key ON change (version, "key");
CREATE INDEX ix_agenda_item_meeting_key_position ON agenda_item (meeting_key, position);
CREATE INDEX ix_agenda_item_changed_in_desc_id ON agenda_item (changed_in DESC, id);
CREATE INDEX ix_agenda_item_changed_in_id ON agenda_item (changed_in, id);
CREATE INDEX ix_agenda_item_outcome_rank_desc_id ON agenda_item (outcome_rank DESC, id);
CREATE INDEX ix_agenda_item_outcome_rank_id ON agenda_item (outcome_rank, id);
CREATE INDEX ix_agenda_item_title_sort_desc_id ON agenda_item (title_sort DESC, id);
CREATE INDEX ix_agenda_item_title_sort_id ON agenda_item (title_sort, id);
CREATE INDEX ix_source_language ON source (language);
CREATE INDEX ix_source_publisher ON source (publisher);
CREATE INDEX ix_source_access ON source (access);
CREATE INDEX ix_source_published_last_day ON source (published_last_day);
CREATE INDEX ix_person_wikidata ON person (wikidata);
CREATE INDEX ix_party_wikidata ON party (wikidata);
CREATE INDEX ix_meeting_mode ON meeting (mode);
CREATE INDEX ix_meeting_last_day ON meeting (last_day);
CREATE INDEX ix_meeting_city_folded ON meeting (city_folded);
CREATE INDEX ix_meeting_place_wikidata ON meeting (place_wikidata);
CREATE INDEX ix_agreement_asserted ON agreement (asserted);
CREATE INDEX ix_agreement_form ON agreement (form);
CREATE INDEX ix_evidence_basis_record_kind ON evidence (basis, record_kind);
CREATE INDEX ix_evidence_source_key ON evidence (source_key);
CREATE INDEX ix_agenda_item_date_ascending_id ON agenda_item (date_ascending, id);
CREATE INDEX ix_delegate_date_ascending_id ON delegate (date_ascending, id);
CREATE INDEX ix_agreement_date_ascending_id ON agreement (date_ascending, id);
CREATE INDEX ix_quote_date_ascending_id ON quote (date_ascending, id);
CREATE INDEX ix_evidence_date_ascending_id ON evidence (date_ascending, id);
CREATE INDEX ix_agenda_item_date_descending_desc_id ON agenda_item (date_descending DESC, id);
CREATE INDEX ix_delegate_date_descending_desc_id ON delegate (date_descending DESC, id);
CREATE INDEX ix_agreement_date_descending_desc_id ON agreement (date_descending DESC, id);
CREATE INDEX ix_quote_date_descending_desc_id ON quote (date_descending DESC, id);
CREATE INDEX ix_evidence_date_descending_desc_id ON evidence (date_descending DESC, id);
CREATE INDEX ix_agenda_item_last_day ON agenda_item (last_day);
CREATE INDEX ix_delegate_last_day ON delegate (last_day);
CREATE INDEX ix_agreement_last_day ON agreement (last_day);
CREATE INDEX ix_quote_last_day ON quote (last_day);
CREATE INDEX ix_evidence_last_day ON evidence (last_day);
CREATE INDEX ix_agenda_item_meeting_key_place ON agenda_item (meeting_key, place);
CREATE INDEX ix_delegate_meeting_key_place ON delegate (meeting_key, place);
CREATE INDEX ix_agreement_meeting_key_place ON agreement (meeting_key, place);
CREATE INDEX ix_quote_meeting_key_place ON quote (meeting_key, place);
CREATE INDEX ix_evidence_meeting_key_place ON evidence (meeting_key, place);
CREATE INDEX ix_actor_delegate_key_record_key ON actor (delegate_key, record_key);
CREATE INDEX ix_actor_person_key_field_record_kind_delegate_key_record_key ON actor (person_key, field, record_kind, delegate_key, record_key);
CREATE INDEX ix_actor_party_key_field_record_kind_record_key ON actor (party_key, field, record_kind, record_key);
CREATE INDEX ix_delegate_person_key_meeting_key ON delegate (person_key, meeting_key);
CREATE INDEX ix_delegate_party_key_person_key_meeting_key ON delegate (party_key, person_key, meeting_key);
CREATE INDEX ix_agenda_item_meeting_country ON agenda_item (meeting_country);
CREATE INDEX ix_agenda_item_meeting_status ON agenda_item (meeting_status);
CREATE INDEX ix_agenda_item_meeting_format ON agenda_item (meeting_format);
CREATE INDEX ix_delegate_meeting_country ON delegate (meeting_country);
CREATE INDEX ix_delegate_meeting_status ON delegate (meeting_status);
CREATE INDEX ix_delegate_meeting_format ON delegate (meeting_format);
CREATE INDEX ix_agreement_meeting_country ON agreement (meeting_country);
CREATE INDEX ix_agreement_meeting_status ON agreement (meeting_status);
CREATE INDEX ix_agreement_meeting_format ON agreement (meeting_format);
CREATE INDEX ix_quote_meeting_country ON quote (meeting_country);
CREATE INDEX ix_quote_meeting_status ON quote (meeting_status);
CREATE INDEX ix_quote_meeting_format ON quote (meeting_format);
CREATE INDEX ix_delegate_person_key_name_sort_id ON delegate (person_key, name_sort, id);
CREATE INDEX ix_delegate_person_key_name_sort_desc_id ON delegate (person_key, name_sort DESC, id);
CREATE INDEX ix_delegate_party_key_name_sort_id ON delegate (party_key, name_sort, id);
CREATE INDEX ix_delegate_party_key_name_sort_desc_id ON delegate (party_key, name_sort DESC, id);
CREATE INDEX ix_evidence_record_kind_start_ascending_id ON evidence (record_kind, start_ascending, id);
CREATE INDEX ix_evidence_record_kind_start_descending_desc_id ON evidence (record_kind, start_descending DESC, id);
CREATE INDEX ix_meeting_span ON meeting (span);
CREATE INDEX ix_source_published_span ON source (published_span);
CREATE INDEX ix_source_published_ascending_published_last_day ON source (published_ascending, published_last_day);
CREATE INDEX ix_party_person_key ON party_person (key);
CREATE INDEX ix_party_person_party_key_id ON party_person (party_key, id);
CREATE INDEX ix_party_person_party_key_name_sort_id ON party_person (party_key, name_sort, id);
CREATE INDEX ix_party_person_party_key_name_sort_desc_id ON party_person (party_key, name_sort DESC, id);
CREATE INDEX ix_party_person_party_key_changed_in_id ON party_person (party_key, changed_in, id);
CREATE INDEX ix_party_person_party_key_changed_in_desc_id ON party_person (party_key, changed_in DESC, id);
COMMIT;
