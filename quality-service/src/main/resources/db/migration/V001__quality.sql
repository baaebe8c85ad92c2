-- Judges, their queue and their money; sampling policies; what is still to be told to the log.
-- Every table has a tenant and forced row-level security: a transaction that has not said whose it is sees nothing.

alter default privileges in schema quality grant select, insert, update, delete on tables to ${app_role};
alter default privileges in schema quality grant usage, select on sequences to ${app_role};

-- 'system' is for jobs that serve all tenants; everything else must name its tenant. CASE keeps the order of the two
-- tests; a setting that is missing raises an error, one that is left empty matches no row.
create function is_visible(tenant text) returns boolean language sql stable parallel safe as $$
    select case when current_setting('app.scope', true) = 'system' then true
                else tenant = nullif(current_setting('app.tenant'), '') end
$$;

create table judge (
    id text primary key,
    tenant text not null check (tenant <> ''),
    name text not null,
    rubric text not null,
    rubric_version integer not null check (rubric_version > 0),
    model text not null,
    endpoint text not null,
    -- AES-256-GCM, base64; null if the endpoint needs no key
    sealed_key text,
    input_nano_usd numeric(20, 6) not null check (input_nano_usd >= 0),
    output_nano_usd numeric(20, 6) not null check (output_nano_usd >= 0),
    daily_budget_nano_usd bigint not null check (daily_budget_nano_usd >= 0),
    target text not null check (target in ('model_call', 'request')),
    -- JSON array; empty means all
    features text not null,
    enabled boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (tenant, name)
);

-- what a judge has spent on one UTC day; reserved is the sum of its open reservations
create table judge_spend (
    tenant text not null check (tenant <> ''),
    judge_id text not null,
    day date not null,
    reserved_nano_usd bigint not null check (reserved_nano_usd >= 0),
    spent_nano_usd bigint not null check (spent_nano_usd >= 0),
    primary key (tenant, judge_id, day)
);

create table reservation (
    id uuid primary key,
    tenant text not null check (tenant <> ''),
    judge_id text not null,
    day date not null,
    nano_usd bigint not null check (nano_usd >= 0),
    created_at timestamptz not null
);
create index reservation_age on reservation (created_at);

create table judgement (
    -- the id of the score it leads to
    id text primary key,
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null,
    judge_id text not null,
    rubric_version integer not null,
    state text not null check (state in ('open', 'graded', 'failed', 'skipped')),
    -- why it failed, was skipped, or is tried again
    reason text not null default '',
    attempts integer not null default 0,
    -- open: when it may be taken; a lease moves it into the future
    next_at timestamptz not null,
    lease uuid,
    probability double precision not null check (probability > 0 and probability <= 1),
    rules text not null,
    rv text not null,
    policy_version text not null,
    cost_nano_usd bigint not null default 0,
    created_at timestamptz not null,
    finished_at timestamptz,
    -- the part of the span that the judge needs (SpanRecord); gone when finished
    subject bytea,
    -- the grade (ScoreRecord), kept so that a late rule can raise its probability
    grade bytea
);
create index judgement_open on judgement (tenant, next_at) where state = 'open';
create index judgement_finished on judgement (finished_at) where state <> 'open';
create index judgement_judge on judgement (tenant, judge_id);

create table sampling_policy (
    tenant text not null check (tenant <> ''),
    version integer not null check (version > 0),
    effective_from timestamptz not null,
    judge_floor double precision not null,
    check_floor double precision not null,
    -- JSON object: probability by rule
    rules text not null,
    primary key (tenant, version)
);

create table cost_threshold (
    tenant text not null check (tenant <> ''),
    valid_from timestamptz not null,
    nano_usd bigint not null check (nano_usd >= 0),
    sample bigint not null,
    primary key (tenant, valid_from)
);

-- a rule that came to match after the span had been seen
create table late_mark (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null,
    span_id bytea not null,
    rule text not null,
    created_at timestamptz not null,
    primary key (tenant, trace_id, span_id, rule)
);

create table outbox (
    id bigint generated always as identity primary key,
    tenant text not null check (tenant <> ''),
    topic text not null,
    key bytea not null,
    value bytea not null
);

create table idempotency (
    tenant text not null check (tenant <> ''),
    key text not null,
    request_hash text not null,
    object_id text not null,
    created_at timestamptz not null,
    primary key (tenant, key)
);

do $$
declare
    name text;
begin
    foreach name in array array['judge', 'judge_spend', 'reservation', 'judgement', 'sampling_policy',
                                'cost_threshold', 'late_mark', 'outbox', 'idempotency'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy own_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))',
                       name);
    end loop;
end
$$;
