--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: actor; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.actor (
    record_key bigint NOT NULL,
    field character varying NOT NULL,
    "position" integer NOT NULL,
    person_key bigint,
    party_key bigint,
    described character varying,
    role character varying,
    delegate_key bigint,
    record_kind character varying NOT NULL,
    CONSTRAINT ck_actor_delegate CHECK (((delegate_key IS NULL) OR (((field)::text = 'speakers'::text) AND (person_key IS NOT NULL)))),
    CONSTRAINT ck_actor_either CHECK ((((
CASE
    WHEN (person_key IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (party_key IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (described IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT ck_actor_field CHECK ((((field)::text = 'parties'::text) OR ((field)::text = 'asserted_by'::text) OR ((field)::text = 'speakers'::text) OR ((field)::text = 'via'::text))),
    CONSTRAINT ck_actor_party_field CHECK ((((field)::text <> 'parties'::text) OR (person_key IS NULL))),
    CONSTRAINT ck_actor_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text))),
    CONSTRAINT ck_actor_role CHECK (((role IS NULL) OR ((role)::text = 'principal'::text) OR ((role)::text = 'mediator'::text) OR ((role)::text = 'guarantor'::text) OR ((role)::text = 'observer'::text) OR ((role)::text = 'witness'::text)))
);


--
-- Name: agenda_item; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agenda_item (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    title character varying NOT NULL,
    outcome character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    outcome_rank integer NOT NULL,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_agenda_item_outcome CHECK ((((outcome)::text = 'agreed'::text) OR ((outcome)::text = 'discussed'::text) OR ((outcome)::text = 'open'::text) OR ((outcome)::text = 'no_agreement'::text) OR ((outcome)::text = 'deferred'::text)))
);


--
-- Name: agreement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agreement (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL,
    commitment character varying NOT NULL,
    commitment_rank integer NOT NULL,
    form character varying NOT NULL,
    agenda_key bigint,
    changed_in integer NOT NULL,
    asserted boolean DEFAULT false NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_agreement_commitment CHECK ((((commitment)::text = 'willingness'::text) OR ((commitment)::text = 'pledged'::text) OR ((commitment)::text = 'in_principle'::text) OR ((commitment)::text = 'agreed'::text) OR ((commitment)::text = 'signed'::text) OR ((commitment)::text = 'implemented'::text))),
    CONSTRAINT ck_agreement_form CHECK ((((form)::text = 'document'::text) OR ((form)::text = 'joint_statement'::text) OR ((form)::text = 'announcement'::text) OR ((form)::text = 'reported'::text)))
);


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: canonical_record; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.canonical_record (
    id character varying NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL,
    sha256 character varying NOT NULL
);


--
-- Name: change; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.change (
    key bigint NOT NULL,
    version integer NOT NULL,
    change character varying NOT NULL,
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    fields json NOT NULL,
    CONSTRAINT ck_change_change CHECK ((((change)::text = 'added'::text) OR ((change)::text = 'changed'::text) OR ((change)::text = 'removed'::text))),
    CONSTRAINT ck_change_kind CHECK ((((kind)::text = 'meeting'::text) OR ((kind)::text = 'agenda_item'::text) OR ((kind)::text = 'delegate'::text) OR ((kind)::text = 'agreement'::text) OR ((kind)::text = 'quote'::text) OR ((kind)::text = 'person'::text) OR ((kind)::text = 'party'::text) OR ((kind)::text = 'source'::text)))
);


--
-- Name: dataset_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dataset_version (
    number integer NOT NULL,
    digest character varying NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_dataset_version_number CHECK ((number > 0))
);


--
-- Name: definition; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.definition (
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_id character varying NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL,
    CONSTRAINT ck_definition_kind CHECK ((((kind)::text = 'source'::text) OR ((kind)::text = 'party'::text) OR ((kind)::text = 'person'::text)))
);


--
-- Name: delegate; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.delegate (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    person_key bigint,
    described character varying,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    party_key bigint,
    title character varying,
    role character varying NOT NULL,
    role_rank integer NOT NULL,
    attendance character varying,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_delegate_attendance CHECK (((attendance IS NULL) OR ((attendance)::text = 'present'::text) OR ((attendance)::text = 'remote'::text) OR ((attendance)::text = 'absent'::text))),
    CONSTRAINT ck_delegate_either CHECK (((
CASE
    WHEN (person_key IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (described IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT ck_delegate_role CHECK ((((role)::text = 'head'::text) OR ((role)::text = 'member'::text) OR ((role)::text = 'adviser'::text) OR ((role)::text = 'interpreter'::text) OR ((role)::text = 'mediator'::text) OR ((role)::text = 'guarantor'::text) OR ((role)::text = 'observer'::text) OR ((role)::text = 'witness'::text) OR ((role)::text = 'host'::text)))
);


--
-- Name: evidence; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evidence (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    record_key bigint NOT NULL,
    record_kind character varying NOT NULL,
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    basis character varying NOT NULL,
    source_key bigint,
    start_offset integer,
    start_ascending integer NOT NULL,
    start_descending integer NOT NULL,
    end_offset integer,
    words text,
    note text,
    changed_in integer NOT NULL,
    despite text,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    CONSTRAINT ck_evidence_basis CHECK ((((basis)::text = 'stated'::text) OR ((basis)::text = 'inferred'::text))),
    CONSTRAINT ck_evidence_offsets CHECK (((start_offset >= 0) AND (start_offset < end_offset))),
    CONSTRAINT ck_evidence_place CHECK ((((source_key IS NULL) = (words IS NULL)) AND ((source_key IS NULL) = (start_offset IS NULL)) AND ((source_key IS NULL) = (end_offset IS NULL)))),
    CONSTRAINT ck_evidence_reason CHECK (((((basis)::text = 'stated'::text) AND (words IS NOT NULL) AND (note IS NULL)) OR (((basis)::text = 'inferred'::text) AND (note IS NOT NULL)))),
    CONSTRAINT ck_evidence_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text)))
);


--
-- Name: evidence_field; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evidence_field (
    evidence_key bigint NOT NULL,
    "position" integer NOT NULL,
    field character varying NOT NULL
);


--
-- Name: list_size; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.list_size (
    name character varying NOT NULL,
    items integer NOT NULL,
    CONSTRAINT ck_list_size_items CHECK ((items >= 0))
);


--
-- Name: meeting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meeting (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    summary character varying,
    status character varying NOT NULL,
    format character varying NOT NULL,
    mode character varying,
    start_date character varying,
    start_ascending character varying NOT NULL COLLATE pg_catalog."C",
    start_descending character varying NOT NULL COLLATE pg_catalog."C",
    end_date character varying,
    first_day character varying COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    duration_value character varying,
    duration_approximate boolean,
    place_city character varying,
    place_country character varying,
    place_wikidata character varying,
    host_key bigint,
    changed_in integer NOT NULL,
    reviewed_by json,
    city_folded character varying COLLATE pg_catalog."C",
    span integer,
    CONSTRAINT ck_meeting_both_days CHECK (((first_day IS NULL) = (last_day IS NULL))),
    CONSTRAINT ck_meeting_days CHECK (((first_day)::text <= (last_day)::text)),
    CONSTRAINT ck_meeting_duration CHECK (((duration_value IS NULL) = (duration_approximate IS NULL))),
    CONSTRAINT ck_meeting_format CHECK ((((format)::text = 'bilateral'::text) OR ((format)::text = 'multilateral'::text) OR ((format)::text = 'mediated'::text))),
    CONSTRAINT ck_meeting_mode CHECK (((mode IS NULL) OR ((mode)::text = 'in_person'::text) OR ((mode)::text = 'remote'::text) OR ((mode)::text = 'hybrid'::text))),
    CONSTRAINT ck_meeting_status CHECK ((((status)::text = 'planned'::text) OR ((status)::text = 'ongoing'::text) OR ((status)::text = 'held'::text) OR ((status)::text = 'cancelled'::text)))
);


--
-- Name: meeting_source; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meeting_source (
    meeting_key bigint NOT NULL,
    "position" integer NOT NULL,
    source_key bigint NOT NULL
);


--
-- Name: party; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.party (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL,
    kind_rank integer NOT NULL,
    name character varying NOT NULL,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    other_names json NOT NULL,
    country character varying,
    wikidata character varying,
    meetings integer NOT NULL,
    delegates integer NOT NULL,
    agreements integer NOT NULL,
    quotes integer NOT NULL,
    changed_in integer NOT NULL,
    CONSTRAINT ck_party_counts CHECK (((meetings >= 0) AND (delegates >= 0) AND (agreements >= 0) AND (quotes >= 0))),
    CONSTRAINT ck_party_kind CHECK ((((kind)::text = 'state'::text) OR ((kind)::text = 'organization'::text) OR ((kind)::text = 'fund'::text) OR ((kind)::text = 'armed_group'::text) OR ((kind)::text = 'company'::text)))
);


--
-- Name: party_person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.party_person (
    party_key bigint NOT NULL,
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    changed_in integer NOT NULL
);


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL,
    name_sort character varying NOT NULL COLLATE pg_catalog."C",
    other_names json NOT NULL,
    wikidata character varying,
    meetings integer NOT NULL,
    delegates integer NOT NULL,
    quotes integer NOT NULL,
    changed_in integer NOT NULL,
    CONSTRAINT ck_person_counts CHECK (((meetings >= 0) AND (delegates >= 0) AND (quotes >= 0)))
);


--
-- Name: quote; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quote (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    kind character varying NOT NULL,
    kind_rank integer NOT NULL,
    text text NOT NULL,
    speaker_title character varying,
    changed_in integer NOT NULL,
    date_ascending character varying DEFAULT '9999-99-99'::character varying NOT NULL COLLATE pg_catalog."C",
    date_descending character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    last_day character varying COLLATE pg_catalog."C",
    place integer DEFAULT 2147483647 NOT NULL,
    meeting_country character varying,
    meeting_status character varying,
    meeting_format character varying,
    CONSTRAINT ck_quote_kind CHECK ((((kind)::text = 'direct'::text) OR ((kind)::text = 'partial'::text) OR ((kind)::text = 'indirect'::text)))
);


--
-- Name: record; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.record (
    key bigint NOT NULL,
    kind character varying NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    meeting_key bigint NOT NULL,
    CONSTRAINT ck_record_kind CHECK ((((kind)::text = 'meeting'::text) OR ((kind)::text = 'agenda_item'::text) OR ((kind)::text = 'delegate'::text) OR ((kind)::text = 'agreement'::text) OR ((kind)::text = 'quote'::text))),
    CONSTRAINT ck_record_own_meeting CHECK ((((kind)::text <> 'meeting'::text) OR (meeting_key = key)))
);


--
-- Name: record_topic; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.record_topic (
    record_key bigint NOT NULL,
    "position" integer NOT NULL,
    topic_key bigint NOT NULL,
    record_kind character varying NOT NULL,
    CONSTRAINT ck_record_topic_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text)))
);


--
-- Name: removed_evidence; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.removed_evidence (
    id character varying NOT NULL COLLATE pg_catalog."C",
    record_kind character varying NOT NULL,
    record_id character varying NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    CONSTRAINT ck_removed_evidence_record_kind CHECK ((((record_kind)::text = 'meeting'::text) OR ((record_kind)::text = 'agenda_item'::text) OR ((record_kind)::text = 'delegate'::text) OR ((record_kind)::text = 'agreement'::text) OR ((record_kind)::text = 'quote'::text)))
);


--
-- Name: source; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL,
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    language character varying NOT NULL,
    publisher character varying,
    author character varying,
    url character varying,
    published_on character varying,
    published_ascending character varying NOT NULL COLLATE pg_catalog."C",
    published_descending character varying NOT NULL COLLATE pg_catalog."C",
    licence character varying,
    access character varying NOT NULL,
    quotation_marks character varying NOT NULL,
    paragraphs character varying,
    cites json NOT NULL,
    sha256 character varying NOT NULL,
    length integer NOT NULL,
    changed_in integer NOT NULL,
    published_last_day character varying COLLATE pg_catalog."C",
    published_span integer,
    CONSTRAINT ck_source_access CHECK ((((access)::text = 'excerpt'::text) OR ((access)::text = 'full'::text))),
    CONSTRAINT ck_source_length CHECK ((length > 0)),
    CONSTRAINT ck_source_paragraphs CHECK (((paragraphs IS NULL) OR ((paragraphs)::text = 'blocks'::text) OR ((paragraphs)::text = 'lines'::text))),
    CONSTRAINT ck_source_quotation_marks CHECK ((((quotation_marks)::text = 'double'::text) OR ((quotation_marks)::text = 'single'::text)))
);


--
-- Name: source_issuer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source_issuer (
    source_key bigint NOT NULL,
    "position" integer NOT NULL,
    party_key bigint NOT NULL
);


--
-- Name: source_text; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.source_text (
    source_key bigint NOT NULL,
    text text NOT NULL
);


--
-- Name: topic; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.topic (
    key bigint NOT NULL,
    id character varying NOT NULL COLLATE pg_catalog."C"
);


--
-- Data for Name: actor; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.actor VALUES (1, 'parties', 0, NULL, 1, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (5, 'parties', 0, NULL, 1, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (5, 'parties', 1, NULL, 2, NULL, 'principal', NULL, 'meeting');
INSERT INTO public.actor VALUES (9, 'parties', 0, NULL, 1, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (9, 'parties', 1, NULL, 2, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (9, 'asserted_by', 0, 1, NULL, NULL, NULL, NULL, 'agreement');
INSERT INTO public.actor VALUES (10, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');
INSERT INTO public.actor VALUES (11, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');
INSERT INTO public.actor VALUES (12, 'speakers', 0, 1, NULL, NULL, NULL, 7, 'quote');


--
-- Data for Name: agenda_item; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agenda_item VALUES (6, 'vienna.opening', 5, 0, 'When to open', 'open', 'when to open', 2, 1, '2024-05-06', '2024-05-06', '2024-05-06', 315, 'AUT', 'held', 'bilateral');


--
-- Data for Name: agreement; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.agreement VALUES (9, 'vienna.embassies', 5, 'Reopen embassies', 'reopen embassies', 'The two sides agreed to reopen embassies', 'agreed', 3, 'reported', 6, 1, true, '2024-05-06', '2024-05-06', '2024-05-06', 337, 'AUT', 'held', 'bilateral');


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0011');


--
-- Data for Name: canonical_record; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.canonical_record VALUES ('linz', '{"agreements":[],"delegates":[{"evidence":[{"says":["person","role"],"words":"led by Jane Roe"}],"person":"jane-roe","role":"head"}],"meeting":{"agenda":[],"evidence":[{"says":["status","format","parties"],"words":"Utopia met"}],"format":"bilateral","id":"linz","parties":[{"party":"uto","role":"principal"}],"status":"held","title":"Talks","topics":[]},"parties":[{"id":"uto","kind":"state","name":"Utopia","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[],"sources":[{"cites":[],"file":"article.txt","id":"linz-note","issued_by":[],"language":"en","published_on":"2024-05","publisher":"The Linz Note","sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note"}],"status":"reviewed"}', '7d1a84d4a24804aa559607a224ab2def001531102c38898856b4f09a0ac6ad0e');
INSERT INTO public.canonical_record VALUES ('vienna', '{"agreements":[{"agenda":"opening","asserted_by":["jane-roe"],"commitment":"agreed","evidence":[{"says":["commitment"],"words":"agreed to reopen"},{"inferred":"In the article''s own voice.","says":["form","parties"]},{"inferred":"She spoke for both.","says":["asserted_by"]}],"form":"reported","id":"embassies","parties":["uto","rur"],"text":"The two sides agreed to reopen embassies","title":"Reopen embassies","topics":["embassies"]}],"delegates":[{"evidence":[{"says":["person","party","title","role"],"words":"The Utopian side was led by Foreign Minister Jane Roe"}],"party":"uto","person":"jane-roe","role":"head","title":"Foreign Minister"},{"described":"senior officials","evidence":[{"says":["party","role"],"words":"officials of Ruritania sat opposite"}],"id":"officials","party":"rur","role":"member"}],"meeting":{"agenda":[{"evidence":[{"says":["outcome"],"words":"a date is\nstill open"}],"id":"opening","outcome":"open","title":"When to open"}],"duration":{"approximate":false,"value":"PT2H"},"evidence":[{"says":["status","parties"],"words":"Delegations of Utopia and Ruritania met"},{"despite":"They sat on two sides.","inferred":"Two delegations.","says":["format"]},{"says":["place","start_date"],"words":"in Vienna on 6 May 2024"},{"says":["duration"],"words":"for two\nhours"}],"format":"bilateral","id":"vienna","parties":[{"party":"uto","role":"principal"},{"party":"rur","role":"principal"}],"place":{"city":"Vienna","country":"AUT"},"start_date":"2024-05-06","status":"held","title":"Talks at the Café Hawelka","topics":["peace"]},"parties":[{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"]},{"id":"rur","kind":"state","name":"Ruritania","other_names":[]}],"people":[{"id":"jane-roe","name":"Jane Roe","other_names":[]}],"quotes":[{"evidence":[{"says":["speakers"],"words":"Roe said"}],"id":"doors","kind":"direct","speakers":["jane-roe"],"text":"We will open our doors again","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called the talks"},{"says":["speaker_title"],"words":"Foreign Minister Jane Roe"}],"id":"mood","kind":"partial","speaker_title":"Foreign Minister","speakers":["jane-roe"],"text":"frank and friendly","topics":[]},{"evidence":[{"says":["speakers"],"words":"Roe said. She called"}],"id":"date","kind":"indirect","speakers":["jane-roe"],"text":"a date is still open","topics":[]}],"reviewed_by":[{"name":"Ana Ito","on":"2024-05-07"},{"name":"Ben Sato","on":"2024-06"}],"sources":[{"access":"full","cites":[],"file":"article.txt","id":"gazette","issued_by":[],"language":"en","sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna"}],"status":"reviewed"}', '9607553f5909ac4adc657eec43f2e106637feed6b9784c569eba5fa98c859c62');


--
-- Data for Name: change; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.change VALUES (1, 1, 'added', 'party', 'uto', '[]');
INSERT INTO public.change VALUES (2, 1, 'added', 'person', 'jane-roe', '[]');
INSERT INTO public.change VALUES (3, 1, 'added', 'party', 'rur', '[]');
INSERT INTO public.change VALUES (4, 1, 'added', 'source', 'linz-note', '[]');
INSERT INTO public.change VALUES (5, 1, 'added', 'meeting', 'linz', '[]');
INSERT INTO public.change VALUES (6, 1, 'added', 'delegate', 'linz.jane-roe', '[]');
INSERT INTO public.change VALUES (7, 1, 'added', 'meeting', 'graz', '[]');
INSERT INTO public.change VALUES (8, 1, 'added', 'delegate', 'graz.jane-roe', '[]');
INSERT INTO public.change VALUES (9, 1, 'added', 'source', 'gazette', '[]');
INSERT INTO public.change VALUES (10, 1, 'added', 'meeting', 'vienna', '[]');
INSERT INTO public.change VALUES (11, 1, 'added', 'agenda_item', 'vienna.opening', '[]');
INSERT INTO public.change VALUES (12, 1, 'added', 'delegate', 'vienna.jane-roe', '[]');
INSERT INTO public.change VALUES (13, 1, 'added', 'delegate', 'vienna.officials', '[]');
INSERT INTO public.change VALUES (14, 1, 'added', 'agreement', 'vienna.embassies', '[]');
INSERT INTO public.change VALUES (15, 1, 'added', 'quote', 'vienna.doors', '[]');
INSERT INTO public.change VALUES (16, 1, 'added', 'quote', 'vienna.mood', '[]');
INSERT INTO public.change VALUES (17, 1, 'added', 'quote', 'vienna.date', '[]');
INSERT INTO public.change VALUES (18, 2, 'changed', 'meeting', 'vienna', '["title"]');
INSERT INTO public.change VALUES (19, 3, 'removed', 'delegate', 'graz.jane-roe', '[]');
INSERT INTO public.change VALUES (20, 3, 'removed', 'meeting', 'graz', '[]');


--
-- Data for Name: dataset_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.dataset_version VALUES (1, '3e6abe56582f818fa39f2b8790d2dc0b85465e66a894d090da03e8ec2566e13a', '2026-11-30 16:14:19.984947+05:30');
INSERT INTO public.dataset_version VALUES (2, 'eb77ed9df4ea94791fc8dbea887022056e8ad2b9746984a340a735b013f6c7b5', '2026-11-30 16:14:20.369015+05:30');
INSERT INTO public.dataset_version VALUES (3, '423fb64de12c9213029ec6b1c88e31ab2a9f742619d90983b52db96743eb414d', '2026-11-30 16:14:20.575062+05:30');


--
-- Data for Name: definition; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.definition VALUES ('source', 'linz-note', 'linz', '{"access":null,"author":null,"cites":[],"id":"linz-note","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":"2024-05","publisher":"The Linz Note","quotation_marks":null,"sha256":"0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd","title":"A note","url":null}');
INSERT INTO public.definition VALUES ('party', 'uto', 'linz', '{"country":null,"id":"uto","kind":"state","name":"Utopia","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('person', 'jane-roe', 'linz', '{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('source', 'gazette', 'vienna', '{"access":"full","author":null,"cites":[],"id":"gazette","issued_by":[],"language":"en","licence":null,"paragraphs":null,"published_on":null,"publisher":null,"quotation_marks":null,"sha256":"82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9","title":"Utopia and Ruritania meet in Vienna","url":null}');
INSERT INTO public.definition VALUES ('party', 'uto', 'vienna', '{"country":"UTO","id":"uto","kind":"state","name":"Utopia","other_names":["Utopian"],"wikidata":null}');
INSERT INTO public.definition VALUES ('party', 'rur', 'vienna', '{"country":null,"id":"rur","kind":"state","name":"Ruritania","other_names":[],"wikidata":null}');
INSERT INTO public.definition VALUES ('person', 'jane-roe', 'vienna', '{"id":"jane-roe","name":"Jane Roe","other_names":[],"wikidata":null}');


--
-- Data for Name: delegate; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.delegate VALUES (2, 'linz.jane-roe', 1, 1, NULL, 'jane roe', NULL, NULL, 'head', 0, NULL, 1, '9999-99-99', '', NULL, 17, NULL, 'held', 'bilateral');
INSERT INTO public.delegate VALUES (7, 'vienna.jane-roe', 5, 1, NULL, 'jane roe', 1, 'Foreign Minister', 'head', 0, NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 116, 'AUT', 'held', 'bilateral');
INSERT INTO public.delegate VALUES (8, 'vienna.officials', 5, NULL, 'senior officials', 'senior officials', 2, NULL, 'member', 1, NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 171, 'AUT', 'held', 'bilateral');


--
-- Data for Name: evidence; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evidence VALUES (1, 'linz.e7eea16cd7da', 1, 'meeting', 1, 0, 'stated', 1, 0, 0, 0, 10, 'Utopia met', NULL, 1, NULL, '9999-99-99', '', NULL, 0);
INSERT INTO public.evidence VALUES (2, 'linz.jane-roe.36602bcbd392', 2, 'delegate', 1, 0, 'stated', 1, 17, 17, 17, 32, 'led by Jane Roe', NULL, 1, NULL, '9999-99-99', '', NULL, 17);
INSERT INTO public.evidence VALUES (5, 'vienna.b66415ea4119', 5, 'meeting', 5, 0, 'stated', 2, 37, 37, 37, 76, 'Delegations of Utopia and Ruritania met', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 37);
INSERT INTO public.evidence VALUES (6, 'vienna.d39df0112525', 5, 'meeting', 5, 1, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'Two delegations.', 1, 'They sat on two sides.', '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (7, 'vienna.0966fd3c8f1f', 5, 'meeting', 5, 2, 'stated', 2, 77, 77, 77, 100, 'in Vienna on 6 May 2024', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 77);
INSERT INTO public.evidence VALUES (8, 'vienna.a02821cad528', 5, 'meeting', 5, 3, 'stated', 2, 101, 101, 101, 114, 'for two
hours', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 101);
INSERT INTO public.evidence VALUES (9, 'vienna.opening.7c380ac40891', 6, 'agenda_item', 5, 0, 'stated', 2, 315, 315, 315, 335, 'a date is
still open', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 315);
INSERT INTO public.evidence VALUES (10, 'vienna.jane-roe.9aff564199c1', 7, 'delegate', 5, 0, 'stated', 2, 116, 116, 116, 169, 'The Utopian side was led by Foreign Minister Jane Roe', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 116);
INSERT INTO public.evidence VALUES (11, 'vienna.officials.bdb7d56c23a3', 8, 'delegate', 5, 0, 'stated', 2, 178, 178, 178, 213, 'officials of Ruritania sat opposite', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 178);
INSERT INTO public.evidence VALUES (12, 'vienna.officials.b57c5b98b2d9', 8, 'delegate', 5, 1, 'stated', 2, 171, 171, 171, 187, 'senior officials', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 171);
INSERT INTO public.evidence VALUES (13, 'vienna.embassies.482e964892cc', 9, 'agreement', 5, 0, 'stated', 2, 351, 351, 351, 367, 'agreed to reopen', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 351);
INSERT INTO public.evidence VALUES (14, 'vienna.embassies.cc260c51af25', 9, 'agreement', 5, 1, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'In the article''s own voice.', 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (15, 'vienna.embassies.216d72082450', 9, 'agreement', 5, 2, 'inferred', NULL, NULL, 2147483647, -1, NULL, NULL, 'She spoke for both.', 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 2147483647);
INSERT INTO public.evidence VALUES (16, 'vienna.embassies.46d4d2976b34', 9, 'agreement', 5, 3, 'stated', 2, 337, 337, 337, 377, 'The two sides agreed to reopen embassies', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 337);
INSERT INTO public.evidence VALUES (17, 'vienna.doors.37f9a8ecd506', 10, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 256, 'Roe said', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (18, 'vienna.doors.3bfadaacf045', 10, 'quote', 5, 1, 'stated', 2, 217, 217, 217, 245, 'We will open our doors again', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 217);
INSERT INTO public.evidence VALUES (19, 'vienna.mood.62ea44789990', 11, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 278, 'Roe said. She called the talks', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (20, 'vienna.mood.1fe540dd0250', 11, 'quote', 5, 1, 'stated', 2, 144, 144, 144, 169, 'Foreign Minister Jane Roe', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 144);
INSERT INTO public.evidence VALUES (21, 'vienna.mood.2903d6bf4a77', 11, 'quote', 5, 2, 'stated', 2, 280, 280, 280, 298, 'frank and friendly', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 280);
INSERT INTO public.evidence VALUES (22, 'vienna.date.7c77ac6027e8', 12, 'quote', 5, 0, 'stated', 2, 248, 248, 248, 268, 'Roe said. She called', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 248);
INSERT INTO public.evidence VALUES (23, 'vienna.date.3481722940a2', 12, 'quote', 5, 1, 'stated', 2, 315, 315, 315, 335, 'a date is
still open', NULL, 1, NULL, '2024-05-06', '2024-05-06', '2024-05-06', 315);


--
-- Data for Name: evidence_field; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evidence_field VALUES (1, 0, 'status');
INSERT INTO public.evidence_field VALUES (1, 1, 'format');
INSERT INTO public.evidence_field VALUES (1, 2, 'parties');
INSERT INTO public.evidence_field VALUES (2, 0, 'person');
INSERT INTO public.evidence_field VALUES (2, 1, 'role');
INSERT INTO public.evidence_field VALUES (5, 0, 'status');
INSERT INTO public.evidence_field VALUES (5, 1, 'parties');
INSERT INTO public.evidence_field VALUES (6, 0, 'format');
INSERT INTO public.evidence_field VALUES (7, 0, 'place');
INSERT INTO public.evidence_field VALUES (7, 1, 'start_date');
INSERT INTO public.evidence_field VALUES (8, 0, 'duration');
INSERT INTO public.evidence_field VALUES (9, 0, 'outcome');
INSERT INTO public.evidence_field VALUES (10, 0, 'person');
INSERT INTO public.evidence_field VALUES (10, 1, 'party');
INSERT INTO public.evidence_field VALUES (10, 2, 'title');
INSERT INTO public.evidence_field VALUES (10, 3, 'role');
INSERT INTO public.evidence_field VALUES (11, 0, 'party');
INSERT INTO public.evidence_field VALUES (11, 1, 'role');
INSERT INTO public.evidence_field VALUES (12, 0, 'described');
INSERT INTO public.evidence_field VALUES (13, 0, 'commitment');
INSERT INTO public.evidence_field VALUES (14, 0, 'form');
INSERT INTO public.evidence_field VALUES (14, 1, 'parties');
INSERT INTO public.evidence_field VALUES (15, 0, 'asserted_by');
INSERT INTO public.evidence_field VALUES (16, 0, 'text');
INSERT INTO public.evidence_field VALUES (17, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (18, 0, 'text');
INSERT INTO public.evidence_field VALUES (19, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (20, 0, 'speaker_title');
INSERT INTO public.evidence_field VALUES (21, 0, 'text');
INSERT INTO public.evidence_field VALUES (22, 0, 'speakers');
INSERT INTO public.evidence_field VALUES (23, 0, 'text');


--
-- Data for Name: list_size; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.list_size VALUES ('meetings', 2);
INSERT INTO public.list_size VALUES ('delegates', 3);
INSERT INTO public.list_size VALUES ('agreements', 1);
INSERT INTO public.list_size VALUES ('quotes', 3);
INSERT INTO public.list_size VALUES ('people', 1);
INSERT INTO public.list_size VALUES ('parties', 2);
INSERT INTO public.list_size VALUES ('sources', 2);
INSERT INTO public.list_size VALUES ('evidence', 21);
INSERT INTO public.list_size VALUES ('agenda', 1);


--
-- Data for Name: meeting; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meeting VALUES (1, 'linz', 'Talks', 'talks', NULL, 'held', 'bilateral', NULL, NULL, '9999-99-99', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL);
INSERT INTO public.meeting VALUES (5, 'vienna', 'Talks at the Café Hawelka', 'talks at the café hawelka', NULL, 'held', 'bilateral', NULL, '2024-05-06', '2024-05-06', '2024-05-06', NULL, '2024-05-06', '2024-05-06', 'PT2H', false, 'Vienna', 'AUT', NULL, NULL, 2, '[{"name": "Ana Ito", "on": "2024-05-07"}, {"name": "Ben Sato", "on": "2024-06"}]', 'vienna', 0);


--
-- Data for Name: meeting_source; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meeting_source VALUES (1, 0, 1);
INSERT INTO public.meeting_source VALUES (5, 0, 2);


--
-- Data for Name: party; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.party VALUES (2, 'rur', 'state', 0, 'Ruritania', 'ruritania', '[]', NULL, NULL, 1, 1, 1, 0, 1);
INSERT INTO public.party VALUES (1, 'uto', 'state', 0, 'Utopia', 'utopia', '["Utopian"]', 'UTO', NULL, 2, 1, 1, 3, 1);


--
-- Data for Name: party_person; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.party_person VALUES (1, 1, 'jane-roe', 'jane roe', 1);


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person VALUES (1, 'jane-roe', 'Jane Roe', 'jane roe', '[]', NULL, 2, 2, 3, 1);


--
-- Data for Name: quote; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.quote VALUES (10, 'vienna.doors', 5, 'direct', 0, 'We will open our doors again', NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 217, 'AUT', 'held', 'bilateral');
INSERT INTO public.quote VALUES (11, 'vienna.mood', 5, 'partial', 1, 'frank and friendly', 'Foreign Minister', 1, '2024-05-06', '2024-05-06', '2024-05-06', 280, 'AUT', 'held', 'bilateral');
INSERT INTO public.quote VALUES (12, 'vienna.date', 5, 'indirect', 2, 'a date is still open', NULL, 1, '2024-05-06', '2024-05-06', '2024-05-06', 315, 'AUT', 'held', 'bilateral');


--
-- Data for Name: record; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.record VALUES (1, 'meeting', 'linz', 1);
INSERT INTO public.record VALUES (2, 'delegate', 'linz.jane-roe', 1);
INSERT INTO public.record VALUES (5, 'meeting', 'vienna', 5);
INSERT INTO public.record VALUES (6, 'agenda_item', 'vienna.opening', 5);
INSERT INTO public.record VALUES (7, 'delegate', 'vienna.jane-roe', 5);
INSERT INTO public.record VALUES (8, 'delegate', 'vienna.officials', 5);
INSERT INTO public.record VALUES (9, 'agreement', 'vienna.embassies', 5);
INSERT INTO public.record VALUES (10, 'quote', 'vienna.doors', 5);
INSERT INTO public.record VALUES (11, 'quote', 'vienna.mood', 5);
INSERT INTO public.record VALUES (12, 'quote', 'vienna.date', 5);


--
-- Data for Name: record_topic; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.record_topic VALUES (5, 0, 1, 'meeting');
INSERT INTO public.record_topic VALUES (9, 0, 2, 'agreement');


--
-- Data for Name: removed_evidence; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.removed_evidence VALUES ('graz.jane-roe.36602bcbd392', 'delegate', 'graz.jane-roe', 3);
INSERT INTO public.removed_evidence VALUES ('graz.e7eea16cd7da', 'meeting', 'graz', 3);


--
-- Data for Name: source; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.source VALUES (1, 'linz-note', 'A note', 'a note', 'en', 'The Linz Note', NULL, NULL, '2024-05', '2024-05-01', '2024-05-01', NULL, 'excerpt', 'double', NULL, '[]', '0888a573f25e5c62e407bd519dc97bc8fa813ecb4b594013aa49e6005bcdc5dd', 34, 1, '2024-05-31', 30);
INSERT INTO public.source VALUES (2, 'gazette', 'Utopia and Ruritania meet in Vienna', 'utopia and ruritania meet in vienna', 'en', NULL, NULL, NULL, NULL, '9999-99-99', '', NULL, 'full', 'double', NULL, '[]', '82cf6105d649bb59ccf82d7107b4f9c89d5bd895004d605527d8512757650cc9', 413, 1, NULL, NULL);


--
-- Data for Name: source_issuer; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: source_text; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.source_text VALUES (1, 'Utopia met them, led by Jane Roe.
');
INSERT INTO public.source_text VALUES (2, 'Utopia and Ruritania meet in Vienna

Delegations of Utopia and Ruritania met in Vienna on 6 May 2024 for two
hours. The Utopian side was led by Foreign Minister Jane Roe; senior officials of Ruritania sat opposite.

“We will open our doors again,” Roe said. She called the talks “frank and friendly” and noted that a date is
still open. The two sides agreed to reopen embassies.

Rudolf, the King, was not there.
');


--
-- Data for Name: topic; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.topic VALUES (1, 'peace');
INSERT INTO public.topic VALUES (2, 'embassies');


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: actor pk_actor; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT pk_actor PRIMARY KEY (record_key, field, "position");


--
-- Name: agenda_item pk_agenda_item; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT pk_agenda_item PRIMARY KEY (key);


--
-- Name: agreement pk_agreement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT pk_agreement PRIMARY KEY (key);


--
-- Name: canonical_record pk_canonical_record; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.canonical_record
    ADD CONSTRAINT pk_canonical_record PRIMARY KEY (id);


--
-- Name: change pk_change; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (key);


--
-- Name: dataset_version pk_dataset_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT pk_dataset_version PRIMARY KEY (number);


--
-- Name: definition pk_definition; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.definition
    ADD CONSTRAINT pk_definition PRIMARY KEY (kind, id, meeting_id);


--
-- Name: delegate pk_delegate; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT pk_delegate PRIMARY KEY (key);


--
-- Name: evidence pk_evidence; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (key);


--
-- Name: evidence_field pk_evidence_field; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence_field
    ADD CONSTRAINT pk_evidence_field PRIMARY KEY (evidence_key, "position");


--
-- Name: list_size pk_list_size; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_size
    ADD CONSTRAINT pk_list_size PRIMARY KEY (name);


--
-- Name: meeting pk_meeting; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT pk_meeting PRIMARY KEY (key);


--
-- Name: meeting_source pk_meeting_source; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT pk_meeting_source PRIMARY KEY (meeting_key, "position");


--
-- Name: party pk_party; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT pk_party PRIMARY KEY (key);


--
-- Name: party_person pk_party_person; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party_person
    ADD CONSTRAINT pk_party_person PRIMARY KEY (party_key, key);


--
-- Name: person pk_person; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (key);


--
-- Name: quote pk_quote; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT pk_quote PRIMARY KEY (key);


--
-- Name: record pk_record; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT pk_record PRIMARY KEY (key);


--
-- Name: record_topic pk_record_topic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT pk_record_topic PRIMARY KEY (record_key, "position");


--
-- Name: removed_evidence pk_removed_evidence; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.removed_evidence
    ADD CONSTRAINT pk_removed_evidence PRIMARY KEY (id);


--
-- Name: source pk_source; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT pk_source PRIMARY KEY (key);


--
-- Name: source_issuer pk_source_issuer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT pk_source_issuer PRIMARY KEY (source_key, "position");


--
-- Name: source_text pk_source_text; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_text
    ADD CONSTRAINT pk_source_text PRIMARY KEY (source_key);


--
-- Name: topic pk_topic; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.topic
    ADD CONSTRAINT pk_topic PRIMARY KEY (key);


--
-- Name: agenda_item uq_agenda_item_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT uq_agenda_item_id UNIQUE (id);


--
-- Name: agreement uq_agreement_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT uq_agreement_id UNIQUE (id);


--
-- Name: delegate uq_delegate_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT uq_delegate_id UNIQUE (id);


--
-- Name: evidence uq_evidence_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT uq_evidence_id UNIQUE (id);


--
-- Name: meeting uq_meeting_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT uq_meeting_id UNIQUE (id);


--
-- Name: meeting_source uq_meeting_source_source_key_meeting_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT uq_meeting_source_source_key_meeting_key UNIQUE (source_key, meeting_key);


--
-- Name: party uq_party_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT uq_party_id UNIQUE (id);


--
-- Name: person uq_person_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_id UNIQUE (id);


--
-- Name: quote uq_quote_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT uq_quote_id UNIQUE (id);


--
-- Name: record uq_record_kind_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT uq_record_kind_id UNIQUE (kind, id);


--
-- Name: record_topic uq_record_topic_topic_key_record_kind_record_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT uq_record_topic_topic_key_record_kind_record_key UNIQUE (topic_key, record_kind, record_key);


--
-- Name: source uq_source_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT uq_source_id UNIQUE (id);


--
-- Name: source_issuer uq_source_issuer_source_key_party_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT uq_source_issuer_source_key_party_key UNIQUE (source_key, party_key);


--
-- Name: topic uq_topic_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.topic
    ADD CONSTRAINT uq_topic_id UNIQUE (id);


--
-- Name: ix_actor_delegate_key_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_delegate_key_record_key ON public.actor USING btree (delegate_key, record_key);


--
-- Name: ix_actor_party_key_field_record_kind_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_party_key_field_record_kind_record_key ON public.actor USING btree (party_key, field, record_kind, record_key);


--
-- Name: ix_actor_person_key_field_record_kind_delegate_key_record_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_actor_person_key_field_record_kind_delegate_key_record_key ON public.actor USING btree (person_key, field, record_kind, delegate_key, record_key);


--
-- Name: ix_agenda_item_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_changed_in_desc_id ON public.agenda_item USING btree (changed_in DESC, id);


--
-- Name: ix_agenda_item_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_changed_in_id ON public.agenda_item USING btree (changed_in, id);


--
-- Name: ix_agenda_item_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_date_ascending_id ON public.agenda_item USING btree (date_ascending, id);


--
-- Name: ix_agenda_item_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_date_descending_desc_id ON public.agenda_item USING btree (date_descending DESC, id);


--
-- Name: ix_agenda_item_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_last_day ON public.agenda_item USING btree (last_day);


--
-- Name: ix_agenda_item_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_country ON public.agenda_item USING btree (meeting_country);


--
-- Name: ix_agenda_item_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_format ON public.agenda_item USING btree (meeting_format);


--
-- Name: ix_agenda_item_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_key_place ON public.agenda_item USING btree (meeting_key, place);


--
-- Name: ix_agenda_item_meeting_key_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_key_position ON public.agenda_item USING btree (meeting_key, "position");


--
-- Name: ix_agenda_item_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_meeting_status ON public.agenda_item USING btree (meeting_status);


--
-- Name: ix_agenda_item_outcome_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_outcome_rank_desc_id ON public.agenda_item USING btree (outcome_rank DESC, id);


--
-- Name: ix_agenda_item_outcome_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_outcome_rank_id ON public.agenda_item USING btree (outcome_rank, id);


--
-- Name: ix_agenda_item_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_title_sort_desc_id ON public.agenda_item USING btree (title_sort DESC, id);


--
-- Name: ix_agenda_item_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agenda_item_title_sort_id ON public.agenda_item USING btree (title_sort, id);


--
-- Name: ix_agreement_agenda_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_agenda_key ON public.agreement USING btree (agenda_key);


--
-- Name: ix_agreement_asserted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_asserted ON public.agreement USING btree (asserted);


--
-- Name: ix_agreement_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_changed_in_desc_id ON public.agreement USING btree (changed_in DESC, id);


--
-- Name: ix_agreement_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_changed_in_id ON public.agreement USING btree (changed_in, id);


--
-- Name: ix_agreement_commitment_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_commitment_rank_desc_id ON public.agreement USING btree (commitment_rank DESC, id);


--
-- Name: ix_agreement_commitment_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_commitment_rank_id ON public.agreement USING btree (commitment_rank, id);


--
-- Name: ix_agreement_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_date_ascending_id ON public.agreement USING btree (date_ascending, id);


--
-- Name: ix_agreement_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_date_descending_desc_id ON public.agreement USING btree (date_descending DESC, id);


--
-- Name: ix_agreement_form; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_form ON public.agreement USING btree (form);


--
-- Name: ix_agreement_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_last_day ON public.agreement USING btree (last_day);


--
-- Name: ix_agreement_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_country ON public.agreement USING btree (meeting_country);


--
-- Name: ix_agreement_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_format ON public.agreement USING btree (meeting_format);


--
-- Name: ix_agreement_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_key_place ON public.agreement USING btree (meeting_key, place);


--
-- Name: ix_agreement_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_meeting_status ON public.agreement USING btree (meeting_status);


--
-- Name: ix_agreement_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_title_sort_desc_id ON public.agreement USING btree (title_sort DESC, id);


--
-- Name: ix_agreement_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_title_sort_id ON public.agreement USING btree (title_sort, id);


--
-- Name: ix_change_kind_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_change_kind_id_key ON public.change USING btree (kind, id, key);


--
-- Name: ix_change_version_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_change_version_key ON public.change USING btree (version, key);


--
-- Name: ix_definition_meeting_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_definition_meeting_id ON public.definition USING btree (meeting_id);


--
-- Name: ix_delegate_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_changed_in_desc_id ON public.delegate USING btree (changed_in DESC, id);


--
-- Name: ix_delegate_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_changed_in_id ON public.delegate USING btree (changed_in, id);


--
-- Name: ix_delegate_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_date_ascending_id ON public.delegate USING btree (date_ascending, id);


--
-- Name: ix_delegate_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_date_descending_desc_id ON public.delegate USING btree (date_descending DESC, id);


--
-- Name: ix_delegate_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_last_day ON public.delegate USING btree (last_day);


--
-- Name: ix_delegate_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_country ON public.delegate USING btree (meeting_country);


--
-- Name: ix_delegate_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_format ON public.delegate USING btree (meeting_format);


--
-- Name: ix_delegate_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_key_place ON public.delegate USING btree (meeting_key, place);


--
-- Name: ix_delegate_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_meeting_status ON public.delegate USING btree (meeting_status);


--
-- Name: ix_delegate_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_name_sort_desc_id ON public.delegate USING btree (name_sort DESC, id);


--
-- Name: ix_delegate_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_name_sort_id ON public.delegate USING btree (name_sort, id);


--
-- Name: ix_delegate_party_key_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_name_sort_desc_id ON public.delegate USING btree (party_key, name_sort DESC, id);


--
-- Name: ix_delegate_party_key_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_name_sort_id ON public.delegate USING btree (party_key, name_sort, id);


--
-- Name: ix_delegate_party_key_person_key_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_party_key_person_key_meeting_key ON public.delegate USING btree (party_key, person_key, meeting_key);


--
-- Name: ix_delegate_person_key_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_meeting_key ON public.delegate USING btree (person_key, meeting_key);


--
-- Name: ix_delegate_person_key_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_name_sort_desc_id ON public.delegate USING btree (person_key, name_sort DESC, id);


--
-- Name: ix_delegate_person_key_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_person_key_name_sort_id ON public.delegate USING btree (person_key, name_sort, id);


--
-- Name: ix_delegate_role_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_role_rank_desc_id ON public.delegate USING btree (role_rank DESC, id);


--
-- Name: ix_delegate_role_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_delegate_role_rank_id ON public.delegate USING btree (role_rank, id);


--
-- Name: ix_evidence_basis_record_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_basis_record_kind ON public.evidence USING btree (basis, record_kind);


--
-- Name: ix_evidence_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_changed_in_desc_id ON public.evidence USING btree (changed_in DESC, id);


--
-- Name: ix_evidence_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_changed_in_id ON public.evidence USING btree (changed_in, id);


--
-- Name: ix_evidence_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_date_ascending_id ON public.evidence USING btree (date_ascending, id);


--
-- Name: ix_evidence_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_date_descending_desc_id ON public.evidence USING btree (date_descending DESC, id);


--
-- Name: ix_evidence_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_last_day ON public.evidence USING btree (last_day);


--
-- Name: ix_evidence_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_meeting_key_place ON public.evidence USING btree (meeting_key, place);


--
-- Name: ix_evidence_record_key_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_key_position ON public.evidence USING btree (record_key, "position");


--
-- Name: ix_evidence_record_kind_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_kind_start_ascending_id ON public.evidence USING btree (record_kind, start_ascending, id);


--
-- Name: ix_evidence_record_kind_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_record_kind_start_descending_desc_id ON public.evidence USING btree (record_kind, start_descending DESC, id);


--
-- Name: ix_evidence_source_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_source_key ON public.evidence USING btree (source_key);


--
-- Name: ix_evidence_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_start_ascending_id ON public.evidence USING btree (start_ascending, id);


--
-- Name: ix_evidence_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_evidence_start_descending_desc_id ON public.evidence USING btree (start_descending DESC, id);


--
-- Name: ix_meeting_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_changed_in_desc_id ON public.meeting USING btree (changed_in DESC, id);


--
-- Name: ix_meeting_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_changed_in_id ON public.meeting USING btree (changed_in, id);


--
-- Name: ix_meeting_city_folded; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_city_folded ON public.meeting USING btree (city_folded);


--
-- Name: ix_meeting_first_day_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_first_day_last_day ON public.meeting USING btree (first_day, last_day);


--
-- Name: ix_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_format ON public.meeting USING btree (format);


--
-- Name: ix_meeting_host_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_host_key ON public.meeting USING btree (host_key);


--
-- Name: ix_meeting_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_last_day ON public.meeting USING btree (last_day);


--
-- Name: ix_meeting_mode; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_mode ON public.meeting USING btree (mode);


--
-- Name: ix_meeting_place_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_place_country ON public.meeting USING btree (place_country);


--
-- Name: ix_meeting_place_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_place_wikidata ON public.meeting USING btree (place_wikidata);


--
-- Name: ix_meeting_span; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_span ON public.meeting USING btree (span);


--
-- Name: ix_meeting_start_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_start_ascending_id ON public.meeting USING btree (start_ascending, id);


--
-- Name: ix_meeting_start_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_start_descending_desc_id ON public.meeting USING btree (start_descending DESC, id);


--
-- Name: ix_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_status ON public.meeting USING btree (status);


--
-- Name: ix_meeting_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_title_sort_desc_id ON public.meeting USING btree (title_sort DESC, id);


--
-- Name: ix_meeting_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_meeting_title_sort_id ON public.meeting USING btree (title_sort, id);


--
-- Name: ix_party_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_changed_in_desc_id ON public.party USING btree (changed_in DESC, id);


--
-- Name: ix_party_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_changed_in_id ON public.party USING btree (changed_in, id);


--
-- Name: ix_party_kind_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_kind_rank_desc_id ON public.party USING btree (kind_rank DESC, id);


--
-- Name: ix_party_kind_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_kind_rank_id ON public.party USING btree (kind_rank, id);


--
-- Name: ix_party_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_name_sort_desc_id ON public.party USING btree (name_sort DESC, id);


--
-- Name: ix_party_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_name_sort_id ON public.party USING btree (name_sort, id);


--
-- Name: ix_party_person_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_key ON public.party_person USING btree (key);


--
-- Name: ix_party_person_party_key_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_party_key_changed_in_desc_id ON public.party_person USING btree (party_key, changed_in DESC, id);


--
-- Name: ix_party_person_party_key_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_party_key_changed_in_id ON public.party_person USING btree (party_key, changed_in, id);


--
-- Name: ix_party_person_party_key_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_party_key_id ON public.party_person USING btree (party_key, id);


--
-- Name: ix_party_person_party_key_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_party_key_name_sort_desc_id ON public.party_person USING btree (party_key, name_sort DESC, id);


--
-- Name: ix_party_person_party_key_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_person_party_key_name_sort_id ON public.party_person USING btree (party_key, name_sort, id);


--
-- Name: ix_party_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_party_wikidata ON public.party USING btree (wikidata);


--
-- Name: ix_person_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_changed_in_desc_id ON public.person USING btree (changed_in DESC, id);


--
-- Name: ix_person_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_changed_in_id ON public.person USING btree (changed_in, id);


--
-- Name: ix_person_name_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_name_sort_desc_id ON public.person USING btree (name_sort DESC, id);


--
-- Name: ix_person_name_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_name_sort_id ON public.person USING btree (name_sort, id);


--
-- Name: ix_person_wikidata; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_person_wikidata ON public.person USING btree (wikidata);


--
-- Name: ix_quote_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_changed_in_desc_id ON public.quote USING btree (changed_in DESC, id);


--
-- Name: ix_quote_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_changed_in_id ON public.quote USING btree (changed_in, id);


--
-- Name: ix_quote_date_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_date_ascending_id ON public.quote USING btree (date_ascending, id);


--
-- Name: ix_quote_date_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_date_descending_desc_id ON public.quote USING btree (date_descending DESC, id);


--
-- Name: ix_quote_kind_rank_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_kind_rank_desc_id ON public.quote USING btree (kind_rank DESC, id);


--
-- Name: ix_quote_kind_rank_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_kind_rank_id ON public.quote USING btree (kind_rank, id);


--
-- Name: ix_quote_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_last_day ON public.quote USING btree (last_day);


--
-- Name: ix_quote_meeting_country; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_country ON public.quote USING btree (meeting_country);


--
-- Name: ix_quote_meeting_format; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_format ON public.quote USING btree (meeting_format);


--
-- Name: ix_quote_meeting_key_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_key_place ON public.quote USING btree (meeting_key, place);


--
-- Name: ix_quote_meeting_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_quote_meeting_status ON public.quote USING btree (meeting_status);


--
-- Name: ix_record_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_record_id ON public.record USING btree (id);


--
-- Name: ix_record_meeting_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_record_meeting_key ON public.record USING btree (meeting_key);


--
-- Name: ix_source_access; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_access ON public.source USING btree (access);


--
-- Name: ix_source_changed_in_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_changed_in_desc_id ON public.source USING btree (changed_in DESC, id);


--
-- Name: ix_source_changed_in_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_changed_in_id ON public.source USING btree (changed_in, id);


--
-- Name: ix_source_issuer_party_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_issuer_party_key ON public.source_issuer USING btree (party_key);


--
-- Name: ix_source_language; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_language ON public.source USING btree (language);


--
-- Name: ix_source_published_ascending_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_ascending_id ON public.source USING btree (published_ascending, id);


--
-- Name: ix_source_published_ascending_published_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_ascending_published_last_day ON public.source USING btree (published_ascending, published_last_day);


--
-- Name: ix_source_published_descending_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_descending_desc_id ON public.source USING btree (published_descending DESC, id);


--
-- Name: ix_source_published_last_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_last_day ON public.source USING btree (published_last_day);


--
-- Name: ix_source_published_span; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_published_span ON public.source USING btree (published_span);


--
-- Name: ix_source_publisher; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_publisher ON public.source USING btree (publisher);


--
-- Name: ix_source_title_sort_desc_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_title_sort_desc_id ON public.source USING btree (title_sort DESC, id);


--
-- Name: ix_source_title_sort_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_source_title_sort_id ON public.source USING btree (title_sort, id);


--
-- Name: actor fk_actor_delegate_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_delegate_key FOREIGN KEY (delegate_key) REFERENCES public.delegate(key);


--
-- Name: actor fk_actor_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: actor fk_actor_person_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_person_key FOREIGN KEY (person_key) REFERENCES public.person(key);


--
-- Name: actor fk_actor_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.actor
    ADD CONSTRAINT fk_actor_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: agenda_item fk_agenda_item_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: agenda_item fk_agenda_item_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: agenda_item fk_agenda_item_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agenda_item
    ADD CONSTRAINT fk_agenda_item_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: agreement fk_agreement_agenda_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_agenda_key FOREIGN KEY (agenda_key) REFERENCES public.agenda_item(key);


--
-- Name: agreement fk_agreement_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: agreement fk_agreement_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: agreement fk_agreement_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: change fk_change_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.change
    ADD CONSTRAINT fk_change_version FOREIGN KEY (version) REFERENCES public.dataset_version(number);


--
-- Name: delegate fk_delegate_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: delegate fk_delegate_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: delegate fk_delegate_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: delegate fk_delegate_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: delegate fk_delegate_person_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delegate
    ADD CONSTRAINT fk_delegate_person_key FOREIGN KEY (person_key) REFERENCES public.person(key);


--
-- Name: evidence fk_evidence_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: evidence_field fk_evidence_field_evidence_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence_field
    ADD CONSTRAINT fk_evidence_field_evidence_key FOREIGN KEY (evidence_key) REFERENCES public.evidence(key);


--
-- Name: evidence fk_evidence_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: evidence fk_evidence_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: evidence fk_evidence_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: meeting fk_meeting_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: meeting fk_meeting_host_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_host_key FOREIGN KEY (host_key) REFERENCES public.party(key);


--
-- Name: meeting fk_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting
    ADD CONSTRAINT fk_meeting_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: meeting_source fk_meeting_source_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT fk_meeting_source_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: meeting_source fk_meeting_source_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meeting_source
    ADD CONSTRAINT fk_meeting_source_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: party fk_party_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party
    ADD CONSTRAINT fk_party_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: party_person fk_party_person_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party_person
    ADD CONSTRAINT fk_party_person_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: party_person fk_party_person_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party_person
    ADD CONSTRAINT fk_party_person_key FOREIGN KEY (key) REFERENCES public.person(key);


--
-- Name: party_person fk_party_person_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.party_person
    ADD CONSTRAINT fk_party_person_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: person fk_person_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: quote fk_quote_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: quote fk_quote_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_key FOREIGN KEY (key) REFERENCES public.record(key);


--
-- Name: quote fk_quote_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quote
    ADD CONSTRAINT fk_quote_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.meeting(key);


--
-- Name: record fk_record_meeting_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record
    ADD CONSTRAINT fk_record_meeting_key FOREIGN KEY (meeting_key) REFERENCES public.record(key);


--
-- Name: record_topic fk_record_topic_record_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT fk_record_topic_record_key FOREIGN KEY (record_key) REFERENCES public.record(key);


--
-- Name: record_topic fk_record_topic_topic_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.record_topic
    ADD CONSTRAINT fk_record_topic_topic_key FOREIGN KEY (topic_key) REFERENCES public.topic(key);


--
-- Name: removed_evidence fk_removed_evidence_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.removed_evidence
    ADD CONSTRAINT fk_removed_evidence_version FOREIGN KEY (version) REFERENCES public.dataset_version(number);


--
-- Name: source fk_source_changed_in; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source
    ADD CONSTRAINT fk_source_changed_in FOREIGN KEY (changed_in) REFERENCES public.dataset_version(number);


--
-- Name: source_issuer fk_source_issuer_party_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT fk_source_issuer_party_key FOREIGN KEY (party_key) REFERENCES public.party(key);


--
-- Name: source_issuer fk_source_issuer_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_issuer
    ADD CONSTRAINT fk_source_issuer_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- Name: source_text fk_source_text_source_key; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.source_text
    ADD CONSTRAINT fk_source_text_source_key FOREIGN KEY (source_key) REFERENCES public.source(key);


--
-- PostgreSQL database dump complete
--


