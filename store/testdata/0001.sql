SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.editions (
    hash text NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.journals (
    id bigint NOT NULL,
    created_on character varying(10) NOT NULL,
    kept_until character varying(10) NOT NULL
);
CREATE SEQUENCE public.journals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.journals_id_seq OWNED BY public.journals.id;
CREATE TABLE public.links (
    lookup bytea NOT NULL,
    journal_id bigint,
    wrapped bytea
);
CREATE TABLE public.migrations (
    id character varying(255) NOT NULL
);
CREATE TABLE public.reports (
    journal_id bigint NOT NULL,
    attempt bytea NOT NULL,
    edition text NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY public.journals ALTER COLUMN id SET DEFAULT nextval('public.journals_id_seq'::regclass);
INSERT INTO public.editions VALUES ('sha256:0e5751c0', '\x74686520776f726473206f66207468617420646179');
INSERT INTO public.journals VALUES (1, '2026-03-14', '2027-03-15');
INSERT INTO public.journals VALUES (2, '2026-03-14', '2027-03-15');
INSERT INTO public.links VALUES ('\x3e36f344b715f96754cb565155db6510da0efa376aa035f0b15ba5404a572279', NULL, NULL);
INSERT INTO public.links VALUES ('\xbcfb5928baeca1c373f2c50031c3a3e3d23bdb0e83190389e2f00477f43a132a', 2, '\x3551f5d448abdf59cc634a75c1d75fc51f9fb043e4865552c5c4ed89d975b2d1805a58182e338e80e0aa3dafd8b37e2a77fa88a3456f9dc4c2405a9d');
INSERT INTO public.links VALUES ('\xfa243ab6adce5b8b96ce1dd2d0b8afe06e98b93aeb7d5f11e74d2a925859b0b4', 1, '\xe840cf86905680e1265d65a1fbe922a345c6edd124f6b8bd58d0611a38ea1f2b1d3ce2adce4e40260b98f3dc790c8dea7a659ad5806d87a922ffc1ef');
INSERT INTO public.migrations VALUES ('0001_journals');
INSERT INTO public.reports VALUES (1, '\x04ad1c50e65b30de0017ef82e037b76e', 'sha256:0e5751c0', '\x0e09a3565bfa7367f515540bb3531f188d11a06a46197ae9dfa1dc50d4192bdcfc4903bacc3623b421312095ccc752dd649fcfca95f008848c3497d99d509f10e8ee0f51073009a729d1d7c5cacc1bf80ad5d533c595ed04841c91a3becfe84117d17873c24c5bceebce6e19f484dc758c4f5388ecf933b30b7d1adbce90436b5a37a9c56e3e559deddad6f1421f8e64d7a810f3ea654706c987ddea94ce0eef4841a1063c14c74ab8bf4bdbe9e4354a2b0394011d844cbedcfc4f25d3820ca71c4b1ef13ef91f6492da8a07b2e7e050870370b9ee555c3e579c4b468417684572355349251fda81417496cc214e2734c1480c9c250b7af876207d57eb9682d9c00874bca56029866a8bffb716071f0be75dae9d442d8c97498d5f42');
INSERT INTO public.reports VALUES (1, '\x212b1bb0497360a095b87756f96561d9', 'sha256:0e5751c0', '\x3112ebf0cf066182994bca8d6cd591c3fced2fc9d8028ed66901960289b63b8abf3ce3db71476bab4867f920c49b4e86ddd18ad76b24b0a9f56ce2579cc98d777f5bdd981dc6ad6376bee78b33b931ec81d6ad4c77b4007a9203af04714f48730f2a712b1813afb9f20dbff3a2c97b7eb839ebeb0d4a894e915dced48ea57dfa5aa7e3352b96dd8e28f8413ec065c6cc181f5838ce1720185bd0cab476367b313c437da4fa2e431f428dae2caa8c6340732d658d52402cba7c082678104140e31160e33d7cdb6e044463f7e0cc8c575d3d132cc5242ddd1529331a67ed4510b12512f2585464a27a2c4c88ff7ae9a9116df944909e8f11e172237c2354ff621d8429af68fe483e49761748a15c4af5c828d7df84af5429898495b8f0');
INSERT INTO public.reports VALUES (2, '\x14fe080e2e6a9a97afd0d6a65652f8dd', 'sha256:0e5751c0', '\x4c59173cc6b3d499133d6d0b044f749663da82b346fcd17bf45243825635e50a67806a84e2c51517f228c9fe97182a5f87c0d6925096172458c18981f0079d585858d8db99a219479b719489cb176d93ed641235d8df93e17b576f82bdcc5b7f2c3cd4af61226bfa2b8d760846eeb46770b676179b6f12d7e8cf707f61e6a5c968c23e2a76019dfa759606893a4f5952232e2f8734cd36fbe52a16bb0a97d1c2f7e201df870c9cc0022000f741aa272c67f8aa5612e11542c92c1c422490dd9c29ede9cc5d9f8452e89450bfee03a15010155df868b9534e0fd4338fd0d19aa9e202e27252c421e8dc20934bac7709abb55b977f847f05df60b46e7ab78bfd67eb6af2e18135b581f10b386f196166d1ffcf68ee9070aaac6e151351');
SELECT pg_catalog.setval('public.journals_id_seq', 3, false);
ALTER TABLE ONLY public.editions
    ADD CONSTRAINT editions_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.journals
    ADD CONSTRAINT journals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (lookup);
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (journal_id, attempt);
CREATE INDEX journals_kept_until ON public.journals USING btree (kept_until);
CREATE INDEX links_journal_id ON public.links USING btree (journal_id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_journal FOREIGN KEY (journal_id) REFERENCES public.journals(id);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT fk_reports_journal FOREIGN KEY (journal_id) REFERENCES public.journals(id) ON DELETE CASCADE;
