-- Pieces are kept by the delivery that brought them, one row for each trace of a delivery, in place of a row for each piece and
-- one for each span. What was stored before is dropped: an update of a run that began before this migration begins anew.

set local app.scope = 'system';

drop table fragment;
drop table told;
update trace set fragments =
    (select count(*) from late_event where late_event.tenant = trace.tenant and late_event.trace_id = trace.trace_id);

-- No foreign keys here: checking them cost as much as the rows. The job that forgets a trace removes its rows of both tables.
create table parcel (
    tenant text not null check (tenant <> ''),
    trace_id bytea not null check (length(trace_id) = 16),
    -- the trace's when the delivery came
    version_us bigint not null,
    -- the pieces that were new, redacted (PieceBytes)
    pieces bytea not null,
    -- spans that the log was told of, 32 bytes each: id (8), start in nanoseconds since the epoch (8), digest of the record (16)
    told bytea not null check (length(told) % 32 = 0),
    primary key (tenant, trace_id, version_us)
);
-- compressing small values costs more than it saves, and so does laying them apart
alter table parcel alter column pieces set storage external, alter column told set storage external;
alter table parcel set (toast_tuple_target = 8160);

create table span_place (
    tenant text not null check (tenant <> ''),
    span_id bytea not null check (length(span_id) = 8),
    trace_id bytea not null check (length(trace_id) = 16),
    primary key (tenant, span_id, trace_id)
);

do $$
declare name text;
begin
    foreach name in array array['parcel', 'span_place'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format('create policy by_tenant on %I using (is_visible(tenant)) with check (is_visible(tenant))', name);
    end loop;
end $$;
