-- Rules, destinations, alerts, deliveries and the outbox, each row confined to its tenant.
--
-- current_setting('app.tenant') raises an error where no tenant was ever set, so a forgotten setting fails closed; after
-- a transaction that set it the value is '' on that connection, which is no tenant. The CASE keeps the order: the
-- service's own jobs set app.scope and no tenant.

create table rule (
    id              text primary key,
    tenant          text        not null,
    name            text        not null,
    enabled         boolean     not null,
    preset          text,
    definition      text        not null,
    revision        integer     not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    -- the numbers' own time up to which the rule was held against them
    evaluated_until timestamptz,
    interval_millis bigint      not null
);
create index rule_of_tenant on rule (tenant, created_at, id);
create index rule_enabled on rule (enabled, id);

-- What the log says of a tenant; presets are installed once, so that what a tenant deletes stays deleted.
create table known_tenant (
    tenant     text primary key,
    active     boolean     not null,
    version    bigint      not null,
    changed_at timestamptz not null
);
create table installed_preset (
    tenant       text        not null,
    preset       text        not null,
    installed_at timestamptz not null,
    primary key (tenant, preset)
);

create table destination (
    id                    text primary key,
    tenant                text        not null,
    name                  text        not null,
    kind                  text        not null,
    url                   text        not null,
    secret                text        not null,
    previous_secret       text,
    previous_secret_until timestamptz,
    enabled               boolean     not null,
    disabled_reason       text,
    -- the circuit: failures one after the other, and until when it is left alone
    failures              integer     not null,
    rest_until            timestamptz,
    created_at            timestamptz not null,
    updated_at            timestamptz not null
);
create index destination_of_tenant on destination (tenant, created_at, id);

create table alert (
    id              text primary key,
    tenant          text        not null,
    rule_id         text        not null,
    rule_name       text        not null,
    fingerprint     text        not null,
    dimensions      text        not null,
    severity        text        not null,
    state           text        not null,
    pending_since   timestamptz not null,
    firing_since    timestamptz,
    calm_since      timestamptz,
    evidence_at     timestamptz not null,
    resolved_at     timestamptz,
    resolution      text,
    value           numeric     not null,
    sample          bigint      not null,
    threshold       numeric     not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note            text
);
-- exactly one open alert of a fingerprint, whatever the evaluators do
create unique index alert_open on alert (fingerprint) where state in ('pending', 'firing');
create index alert_of_rule on alert (rule_id) where state in ('pending', 'firing');
create index alert_of_tenant on alert (tenant, pending_since desc, id desc);

create table delivery (
    id             text primary key,
    seq            bigint generated always as identity,
    tenant         text        not null,
    destination_id text        not null references destination (id) on delete cascade,
    alert_id       text        not null,
    fingerprint    text        not null,
    notice         text        not null,
    message        text        not null,
    state          text        not null,
    attempts       integer     not null,
    next_at        timestamptz not null,
    status         integer,
    fault          text,
    created_at     timestamptz not null,
    finished_at    timestamptz
);
-- one firing and one resolved notice of an alert to a destination, whatever happens in between
create unique index delivery_once on delivery (alert_id, notice, destination_id) where notice <> 'test';
create index delivery_open on delivery (destination_id, fingerprint, seq) where state in ('queued', 'sending');
create index delivery_of_destination on delivery (tenant, destination_id, seq desc);

create table delivery_attempt (
    delivery_id text        not null references delivery (id) on delete cascade,
    attempt     integer     not null,
    tenant      text        not null,
    at          timestamptz not null,
    status      integer,
    outcome     text        not null,
    took_millis bigint      not null,
    primary key (delivery_id, attempt)
);

-- Records for the log, written with the change that they tell of and removed when the broker has them.
create table outbox (
    seq        bigint generated always as identity primary key,
    tenant     text        not null,
    topic      text        not null,
    record_key bytea       not null,
    record     bytea       not null,
    created_at timestamptz not null
);

-- Answers of creates, for a caller that repeats one with the same Idempotency-Key.
create table reply (
    tenant     text        not null,
    reply_key  text        not null,
    request    text        not null,
    status     integer,
    body       text,
    created_at timestamptz not null,
    primary key (tenant, reply_key)
);

-- Who evaluates. Of no tenant. The term grows with each change of hands, so that a holder that was away is found out.
create table lease (
    name       text primary key,
    holder     text        not null,
    term       bigint      not null,
    held_until timestamptz not null
);
insert into lease (name, holder, term, held_until) values ('evaluation', '', 0, 'epoch');

do $$
declare
    name text;
begin
    foreach name in array array['rule', 'known_tenant', 'installed_preset', 'destination', 'alert', 'delivery',
                                'delivery_attempt', 'outbox', 'reply']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy confined on %I using (case when current_setting(''app.scope'', true) = ''system'' then true'
            || ' else tenant <> '''' and tenant = current_setting(''app.tenant'') end)', name);
        execute format('grant select, insert, update, delete on %I to ${app}', name);
    end loop;
end
$$;
grant select, update on lease to ${app};
