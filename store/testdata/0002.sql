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
    wrapped bytea,
    role character varying(5) DEFAULT 'owner'::character varying NOT NULL,
    until character varying(10)
);
CREATE TABLE public.migrations (
    id character varying(255) NOT NULL
);
CREATE TABLE public.notes (
    journal_id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE public.reports (
    journal_id bigint NOT NULL,
    attempt bytea NOT NULL,
    edition text NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE public.sweeps (
    id bigint NOT NULL,
    day character varying(10) NOT NULL
);
ALTER TABLE ONLY public.journals ALTER COLUMN id SET DEFAULT nextval('public.journals_id_seq'::regclass);
INSERT INTO public.editions VALUES ('sha256:0e5751c0', '\x74686520776f726473206f66207468617420646179');
INSERT INTO public.journals VALUES (1, '2026-03-14', '2027-03-15');
INSERT INTO public.journals VALUES (2, '2026-03-14', '2027-03-15');
INSERT INTO public.links VALUES ('\x3e36f344b715f96754cb565155db6510da0efa376aa035f0b15ba5404a572279', NULL, NULL, 'owner', NULL);
INSERT INTO public.links VALUES ('\x974893ef47829f57c0c0951f8932f1f280bb7e8b96d56b97f1d874e75310f034', 1, '\xdd6672db21fe73c17b7de8020f7ac3e0115eda121088f26e3794e73db2b6a041dcaf80f03df5dca4edb5eba05e6aefc423490877d3598087c7deb32a', 'view', NULL);
INSERT INTO public.links VALUES ('\xbcfb5928baeca1c373f2c50031c3a3e3d23bdb0e83190389e2f00477f43a132a', 2, '\x21dfb684046609a4ac7fac053da2f0f23b4cfa12772c7b6ed4696947ac2abaad309b0e94d476aa24982eff23acad502f3830db7465ea499ba2ec51c1', 'owner', NULL);
INSERT INTO public.links VALUES ('\xfa243ab6adce5b8b96ce1dd2d0b8afe06e98b93aeb7d5f11e74d2a925859b0b4', 1, '\x7acebf8cc38f8820bdd09c8dfa39a0b0ae570a1c57e8cf97ee5860c9b9cec337dff5f3c62ee60c354588db524d592a2b970f67dbdbaaced44e5b1118', 'owner', NULL);
INSERT INTO public.migrations VALUES ('0001_journals');
INSERT INTO public.migrations VALUES ('0002_shares_and_notes');
INSERT INTO public.notes VALUES (1, 'plan', '\x5b50f0786a6d4c829c7b4ee80b2ee15e21cc27fc109d1829e0aabbafa315e98e1460e19816d63c27aa57af3b901af66d8a381063b928544d269a2ccb127c118b93535163faa937656cb69f3e9b194a88e4fe1a33d2251729585ee060d78d0b4c136e0e7b41b365cc3006882030849aa8b83d9c77a67694b73a9a2de6df569a79a307cdf75ad20fa3e4fa12f796f429561e26d36b4e78a0fcb7ed5bb822230957a617b852f67b3f539faaecb3344910511177fea909a9f854b86fbd58c5a845229b9e6c16336bdaab76ccc96377dd92a7a7ec608820cd9e902d07abcaa92f6faeee75a59de0bf69cb811d1cb8214f4e1a4320064069f42447f8a9a194dbc6b35d86d66ae0141f6a370fc871127fa2be50db16877d705c81d96eaa89ec');
INSERT INTO public.notes VALUES (1, 'shares', '\xc433d117ebc8853c856b9fb143f077c9cbff7aa4300ec197801aa23cfe23227c75ca9157727ccec95f5b0558d21df0863f105442c591d7a8d382fed16ebfde274c18a48a05ce8259e4935d430ccc11e21332f2047f4a9d14261d7c87f307efecfd9eaa122262901455db529f0d8a4a31f12f211d4ea80052424cd216a269ce5e3af6a36806c541fd1692ba3098ee3296be20dad862ceecea3b3e245c2b940f4e0567c1e34e496bc18fd280f2272cb8533aa42dcdf135d1adbb79e141be66ee32e6c1cf8a755a3eed5bd74e2321282387ada4e2916c58222aa627fe2ed22a9599be549ecdf931d1d1baed0b55989878407949cdb4a88ca83719890b781e1dc8873ea528bba151c48a6556407ddf6046ac6f25a4f6a15233cc449abc58');
INSERT INTO public.reports VALUES (1, '\x028d92274bad8d9ec7fd959558d05032', 'sha256:0e5751c0', '\xbe1ba7bde84dd9c1730dedac99d0d5d8342f347454212865a18ae477a841974631d18b94ba063eb84a8d60da450e4ab6798fbe945424d8257f00e88f1a0a489dad57a5e82801fad03ee069987ddecbf7fc233df4c4af41687f3baf4e6591c6ac904e0df7ce750cbcfcb3a84c8f8891b62325094d5fb0ed767a0a98a1033e06b38d933cc6012aef202fdea045154540247df3f8835e3d5e882cd00db61266c6d070ac46c62d35eaae42a60600403c453189fa94165ed3dc11e4968c529717be077dfe64a4438cbc5c4658df362e1bdc12358fe5c75f1c25bb4c08b6483ba1136a31f129aedab3231b42eaa541bd93f65bad7f68b1155f1beca30b2c2cebfe3fafa2d4ce191009e8d04e7c61cd32257f12a1f7eda1cf4d51701d27f708');
INSERT INTO public.reports VALUES (1, '\xfc37435fa5bd11e864b5559347cecf51', 'sha256:0e5751c0', '\xdee7b74ababd4b02bd38c583cb1cf37b1156cb97df6e3f9b12cf4c657e76f9501cf5ec5b82b5951a89bae3c095b310725c955b1ddb310f5677af279f0d1f34ee2f5f60021baf3b4f0491f32856c8c563d64c1f3fb2783c2f5c63ae824745316bb414d39ef6ce02fc42772d46b6dde42b9759a17adb4ba4a4ffacc2f594b6680839b207a0a14114ea047279103320057970ad25e9b45c535395d63dca1aba6d41cb94ad362965d8a73239dc88ad54a578e6934361ffab2ed3ecd9f85b758b2e83d99be1d34400ee5bf272231009a70b2c8b968115e9d0c000926376da3e6a46b2c3bfbf6e9eed920ea801185923eddc26d18ff2988e54a75a05ce262bde2d8280b87769c73e5f90c3e0f836650af2f288955481888a415b8d5e020011');
INSERT INTO public.reports VALUES (2, '\x8fe65c0d404c684d95484b42b5b9ab1b', 'sha256:0e5751c0', '\xb2b3de7674bfe607b98f03db218e227d982854c1c9b206043901977856d6f087566e84765188ce0e6e7d6a93243e5848c43a015e84adb1239383d002d1e03e91e472f7051284c0a44c6c0346d67077456a8577d314b7588005f53a43315f1bf193471e329fb43e899888c6107c709c7124b6136e8974b983d4948d3a6e12f011d8beea5d908d963273dd32f0985469c311924d60013e2f043549595b349378a8205c214ba2f41107f7d257f5a8b1a24ec4a7c2e4f5ad59f63a359d99e7ece5531f7df2b6ecbdcbafd349ed581770330ef7b23d03c80d6b297930b013f35b64c8645c4d7b64e527279468d0546b0e4b09ddfd7632056162fa21d0a1b4425016840239b369eb1a032ae23ede7828fac1aeaa4377dd7848e15fdad07a79');
INSERT INTO public.sweeps VALUES (1, '2026-03-14');
SELECT pg_catalog.setval('public.journals_id_seq', 3, false);
ALTER TABLE ONLY public.editions
    ADD CONSTRAINT editions_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.journals
    ADD CONSTRAINT journals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (lookup);
ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (journal_id, kind);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (journal_id, attempt);
ALTER TABLE ONLY public.sweeps
    ADD CONSTRAINT sweeps_pkey PRIMARY KEY (id);
CREATE INDEX journals_kept_until ON public.journals USING btree (kept_until);
CREATE INDEX links_journal_id ON public.links USING btree (journal_id);
CREATE INDEX links_until ON public.links USING btree (until) WHERE (until IS NOT NULL);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_journal FOREIGN KEY (journal_id) REFERENCES public.journals(id);
ALTER TABLE ONLY public.notes
    ADD CONSTRAINT fk_notes_journal FOREIGN KEY (journal_id) REFERENCES public.journals(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT fk_reports_journal FOREIGN KEY (journal_id) REFERENCES public.journals(id) ON DELETE CASCADE;
