-- What clients send of a span in other requests than the span: its messages as log events, evaluations that name only the
-- provider's id of the answer. Rows of late_span and late_event go with their trace.

-- Tenants that have sent such things; only of their calls anything is kept.
create table event_sender (
    tenant text primary key check (tenant <> '')
);

create table late_span (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null check (length(span_id) = 8),
    -- the provider's id of the answer, empty if not known
    response_id text not null,
    -- the span's record without a payload; null if it has one of its own
    record bytea,
    primary key (tenant, trace_id, span_id),
    foreign key (tenant, trace_id) references trace on delete cascade
);
create index late_span_by_response on late_span (tenant, response_id) where response_id <> '';

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
    response_id text not null check (response_id <> ''),
    score_id text not null,
    record bytea not null,
    touched_at timestamptz not null default now(),
    primary key (tenant, response_id, score_id)
);
create index late_score_age on late_score (touched_at);

do $$
declare name text;
begin
    foreach name in array array['event_sender', 'late_span', 'late_event', 'late_score'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy by_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))', name);
    end loop;
end $$;
