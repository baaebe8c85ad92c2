-- The price book's versions with the files that they were made of, and what single tenants pay differently. Nothing is ever
-- changed: a newer version is another row.

-- Files as they were published.
create table price_source (
    hash text primary key check (length(hash) = 64),
    format text not null check (format in ('genai-prices', 'litellm')),
    name text not null,
    published_on date not null,
    bytes bytea not null,
    imported_at timestamptz not null
);

-- The one known latest is in force. A version may come into force again.
create table price_book (
    known_from_us bigint primary key,
    version text not null,
    before text not null,
    -- gzip
    document bytea not null,
    source_hash text references price_source,
    -- JSON: what changed, what was held back, what was refused; null for a version that came into force again
    report text,
    made_by text not null
);

create table own_prices (
    tenant text not null check (tenant <> ''),
    version bigint not null check (version > 0),
    body text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (tenant, version)
);

-- Records for the log, written with what they tell of and deleted once the log has them.
create table outbox (
    id bigint generated always as identity primary key,
    topic text not null,
    key bytea not null,
    value bytea not null
);
grant usage on all sequences in schema ingest to ${app_role};

alter table own_prices enable row level security;
alter table own_prices force row level security;
create policy by_tenant on own_prices using (is_visible(tenant)) with check (is_visible(tenant));

-- of the platform: no tenant's transaction sees them
do $$
declare name text;
begin
    foreach name in array array['price_source', 'price_book', 'outbox'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy of_platform on %I using (current_setting(''app.scope'', true) = ''system'')', name);
    end loop;
end $$;
create policy anyone_writes on outbox for insert with check (true);
