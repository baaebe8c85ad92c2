-- What was worked out of an event before it was redacted: rules of failures that apply, intent, language, a hash of the input.
alter table late_event add column facts text not null default '{}';
