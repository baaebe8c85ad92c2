-- One key a tenant for pseudonyms that can be resolved, wrapped with the installation's secret. Without its row what was
-- sealed with it can never be opened again.

create table pseudonym_key (
    tenant text primary key check (tenant <> ''),
    -- nonce, AES-256-GCM of 64 bytes, bound to the tenant
    wrapped bytea not null check (length(wrapped) = 92),
    created_at timestamptz not null default now()
);
alter table pseudonym_key enable row level security;
alter table pseudonym_key force row level security;
create policy by_tenant on pseudonym_key using (is_visible(tenant)) with check (is_visible(tenant));
