-- What clients send of a span in other requests than the span: its messages as log events, evaluations that do not know
-- the ids of their span. Rows of late_span, late_name and late_event go with their trace.

-- Tenants that have sent such things; only of their calls anything is kept.
create table event_sender (
    tenant text primary key check (tenant <> ''),
    -- whether it names spans by their id alone, so that the ids of all its spans are wanted
    names_spans boolean not null
);

create table late_span (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    -- the span's record without a payload
    record bytea not null,
    primary key (tenant, trace_id, span_id),
    foreign key (tenant, trace_id) references trace on delete cascade
);

-- What a span may be called by something that does not know its ids: 'response:…' the provider's id of the answer, 'tag:…' a
-- tag of Datadog's, 'span:…' its own id without that of its trace.
create table late_name (
    tenant text not null check (tenant <> ''),
    name text not null check (name <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    primary key (tenant, name, trace_id, span_id),
    foreign key (tenant, trace_id) references trace on delete cascade
);
create index late_name_by_trace on late_name (tenant, trace_id);

create table late_event (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    -- the same for the same event sent again
    piece bytea not null check (length(piece) = 16),
    time_ns bigint not null,
    position integer not null,
    -- 1 all of input and output, 2 a message of the input, 3 one of the output
    kind smallint not null check (kind between 1 and 3),
    -- redacted texts in UTF-8, and their sizes before anything was cut
    input bytea not null,
    input_size bigint not null,
    output bytea not null,
    output_size bigint not null,
    finish text not null,
    redacted text[] not null,
    primary key (tenant, trace_id, span_id, piece),
    foreign key (tenant, trace_id) references trace on delete cascade
);

-- Evaluations whose span is not known yet.
create table late_score (
    tenant text not null check (tenant <> ''),
    name text not null check (name <> ''),
    score_id text not null,
    record bytea not null,
    touched_at timestamptz not null default now(),
    primary key (tenant, name, score_id)
);
create index late_score_age on late_score (touched_at);

do $$
declare name text;
begin
    foreach name in array array['event_sender', 'late_span', 'late_name', 'late_event', 'late_score'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy by_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))', name);
    end loop;
end $$;
