-- Tenants that want the intents which their clients say to become examples.

create table intent_learning (
    tenant text primary key check (tenant <> '')
);
alter table intent_learning enable row level security;
alter table intent_learning force row level security;
create policy by_tenant on intent_learning using (is_visible(tenant)) with check (is_visible(tenant));
