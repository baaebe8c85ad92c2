-- Examples of a tenant's own intents, and the classifier that was trained from them last.

create table intent_example (
    tenant text not null check (tenant <> ''),
    -- hash of the text: the same text again has another label
    id bytea not null check (length(id) = 16),
    label text not null check (label <> ''),
    -- redacted
    text text not null,
    created_at timestamptz not null default now(),
    primary key (tenant, id)
);
create index intent_example_label on intent_example (tenant, label);

create table intent_model (
    tenant text primary key check (tenant <> ''),
    -- grows with each training, as the records of the topic do
    number bigint not null,
    -- empty: back to the default
    version text not null,
    trained_at timestamptz not null,
    -- JSON: how well it does
    quality text not null
);

do $$
declare name text;
begin
    foreach name in array array['intent_example', 'intent_model'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy by_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))', name);
    end loop;
end $$;
