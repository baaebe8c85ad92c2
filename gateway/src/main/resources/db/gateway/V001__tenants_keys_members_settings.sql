-- Tenants and what belongs to them. Every table has forced row-level security: a transaction sees the rows of the one
-- tenant that it has named with set_config('app.tenant', …, true), and fails if it has named none. Jobs and look-ups
-- across tenants name the scope 'system' instead; only classes called …Job or …System… do.

create table tenant (
    id                  text primary key check (id ~ '^[a-z][a-z0-9-]{1,39}$'),
    name                text not null,
    retention_days      integer not null,
    payload_mode        text not null check (payload_mode in ('full', 'masked', 'metadata_only')),
    suspended           boolean not null default false,
    requests_per_second bigint check (requests_per_second > 0),
    spans_per_second    bigint check (spans_per_second > 0),
    bytes_per_second    bigint check (bytes_per_second > 0),
    version             bigint not null default 1,
    created_at          timestamptz not null
);

create table api_key (
    id                  text primary key,
    tenant              text not null references tenant (id),
    name                text not null,
    scopes              text[] not null,
    secret_hash         text not null,
    previous_hash       text,
    previous_until      timestamptz,
    expires_at          timestamptz,
    revoked_at          timestamptz,
    requests_per_second bigint check (requests_per_second > 0),
    spans_per_second    bigint check (spans_per_second > 0),
    bytes_per_second    bigint check (bytes_per_second > 0),
    created_at          timestamptz not null,
    created_by          text not null
);
create index api_key_of_tenant on api_key (tenant, created_at desc, id desc);

create table member (
    id         text primary key,
    tenant     text not null references tenant (id),
    email      text not null check (email = lower(email)),
    subject    text,
    roles      text[] not null,
    created_at timestamptz not null,
    unique (tenant, email)
);
create index member_by_email on member (email);
create index member_by_subject on member (subject) where subject is not null;

create table setting (
    tenant     text not null references tenant (id),
    kind       text not null check (kind in ('mapping', 'redaction')),
    version    bigint not null,
    body       text not null,
    changed_at timestamptz not null,
    primary key (tenant, kind)
);

-- Records to publish, in the order of their numbers. Records of one key are ordered, because their transactions wait
-- for each other on the row that they change before they insert here.
create table outbox (
    number     bigint generated always as identity primary key,
    tenant     text not null,
    topic      text not null,
    record_key bytea not null,
    record     bytea not null,
    created_at timestamptz not null
);

-- Answers to creates, so that a repeat gets the same one.
create table idempotency (
    tenant      text not null,
    subject     text not null,
    key_hash    text not null,
    fingerprint text not null,
    status      integer not null,
    body        text not null,
    created_at  timestamptz not null,
    primary key (tenant, subject, key_hash)
);
create index idempotency_by_age on idempotency (created_at);

-- The order of the two sides matters: the setting app.tenant is asked for, and missed, only outside the system scope.
create function may_see(row_tenant text) returns boolean
    language sql stable
    return case
        when coalesce(current_setting('app.scope', true), '') = 'system' then true
        else row_tenant = current_setting('app.tenant')
    end;

alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant_only on tenant using (may_see(id)) with check (may_see(id));

alter table api_key enable row level security;
alter table api_key force row level security;
create policy tenant_only on api_key using (may_see(tenant)) with check (may_see(tenant));

alter table member enable row level security;
alter table member force row level security;
create policy tenant_only on member using (may_see(tenant)) with check (may_see(tenant));

alter table setting enable row level security;
alter table setting force row level security;
create policy tenant_only on setting using (may_see(tenant)) with check (may_see(tenant));

alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant_only on outbox using (may_see(tenant)) with check (may_see(tenant));

alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy tenant_only on idempotency using (may_see(tenant)) with check (may_see(tenant));

grant select, insert, update, delete on all tables in schema ${schema} to ${app};
grant usage on all sequences in schema ${schema} to ${app};
alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${app};
revoke delete on tenant from ${app};
-- the ledger of migrations is the owner's
revoke all on flyway_schema_history from ${app};
