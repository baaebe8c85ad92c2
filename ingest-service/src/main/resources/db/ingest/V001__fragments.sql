-- Pieces of runs that clients send in several requests, and what the log was told of the traces made of them.
-- Every table has a tenant and forced row-level security: a transaction that has not said whose it is sees nothing.

alter default privileges in schema ingest grant select, insert, update, delete on tables to ${app_role};

-- 'system' is for the job that forgets old traces of all tenants; everything else must name its tenant.
create function is_visible(tenant text) returns boolean language sql stable parallel safe as $$
    select case when current_setting('app.scope', true) = 'system' then true
                else tenant = nullif(current_setting('app.tenant', true), '') end
$$;

create table trace (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null check (length(trace_id) = 16),
    fragments integer not null check (fragments >= 0),
    -- time of receipt of what was told last, microseconds since the epoch; only grows
    version_us bigint not null,
    touched_at timestamptz not null,
    primary key (tenant, trace_id)
);
create index trace_age on trace (touched_at);

create table fragment (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    -- the same for the same piece sent again
    piece bytea not null check (length(piece) = 16),
    is_update boolean not null,
    time_ns bigint not null,
    -- redacted JSON
    facts bytea not null,
    primary key (tenant, trace_id, span_id, piece),
    foreign key (tenant, trace_id) references trace on delete cascade
);

create table told (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    start_ns bigint not null,
    -- SHA-256 of the record without who brought it and when
    digest bytea not null,
    primary key (tenant, trace_id, span_id),
    foreign key (tenant, trace_id) references trace on delete cascade
);
create index told_by_span on told (tenant, span_id);

do $$
declare name text;
begin
    foreach name in array array['trace', 'fragment', 'told'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy by_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))', name);
    end loop;
end $$;
