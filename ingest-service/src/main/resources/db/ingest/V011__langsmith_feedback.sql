-- Feedback of LangSmith's clients, which they read, change and take back by its id. The score itself is in the log.

create table langsmith_feedback (
    tenant text not null check (tenant <> ''),
    feedback_id text not null check (feedback_id <> ''),
    -- as the client named them; empty if it did not
    run_id text not null,
    trace_id text not null,
    source text not null,
    -- the score as it was told last, redacted
    record bytea not null,
    created_at timestamptz not null default now(),
    modified_at timestamptz not null default now(),
    primary key (tenant, feedback_id)
);
create index langsmith_feedback_age on langsmith_feedback (modified_at);

alter table langsmith_feedback enable row level security;
alter table langsmith_feedback force row level security;
create policy by_tenant on langsmith_feedback using (is_visible(tenant)) with check (is_visible(tenant));
