-- Budgets, each row confined to its tenant as in V001.

create table budget (
    id              text primary key,
    tenant          text        not null,
    name            text        not null,
    enabled         boolean     not null,
    definition      text        not null,
    revision        integer     not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    -- the numbers' own time up to which the thresholds, and the projection, were held against them
    evaluated_until timestamptz,
    projected_until timestamptz
);
create index budget_of_tenant on budget (tenant, created_at, id);

alter table budget enable row level security;
alter table budget force row level security;
create policy confined on budget using (
    case when current_setting('app.scope', true) = 'system' then true
         else tenant <> '' and tenant = current_setting('app.tenant') end);
grant select, insert, update, delete on budget to ${app};

insert into lease (name, holder, term, held_until) values ('budgets', '', 0, 'epoch');
