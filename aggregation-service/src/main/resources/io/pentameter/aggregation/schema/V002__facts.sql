-- Everything that is not a span: scores, outcomes, changes, alert transitions, audit, and what ingest says it took.
-- Each row has an id chosen by its maker, so that a repeat replaces itself.

CREATE TABLE IF NOT EXISTS score
(
  tenant LowCardinality(String),
  score_id String CODEC(ZSTD(1)),
  trace_id FixedString(16) COMMENT 'zeros for a score of a session',
  span_id FixedString(8) COMMENT 'zeros for a score of a trace or session',
  session String CODEC(ZSTD(1)),
  name LowCardinality(String),
  source LowCardinality(String),
  rater String CODEC(ZSTD(1)),
  value Nullable(Float64),
  label LowCardinality(String),
  passed Nullable(UInt8),
  comment String CODEC(ZSTD(3)),
  judge_model LowCardinality(String),
  rubric LowCardinality(String),
  rubric_version LowCardinality(String),
  inclusion_probability Float64,
  sampling_rules Array(LowCardinality(String)),
  sampling_policy_version LowCardinality(String),
  sampling_rv String COMMENT '14 hexadecimal digits; empty if not sampled' CODEC(ZSTD(1)),
  created_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  cost_nano Int64 COMMENT '-1 absent' CODEC(T64, ZSTD(1)),
  span_start DateTime64(9, 'UTC') COMMENT '1970 if not known' CODEC(Delta(8), ZSTD(1)),
  feature LowCardinality(String),
  customer String CODEC(ZSTD(1)),
  model LowCardinality(String),
  provider LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  environment LowCardinality(String),
  release LowCardinality(String),
  intent LowCardinality(String),
  route LowCardinality(String),
  user String CODEC(ZSTD(1)),
  region LowCardinality(String),
  key_id LowCardinality(String),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8,
  INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX by_creation created_at TYPE minmax GRANULARITY 1,
  CONSTRAINT tenant_is_known CHECK tenant != ''
)
ENGINE = ${replacing}(version, is_deleted)
ORDER BY (tenant, score_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS outcome
(
  tenant LowCardinality(String),
  outcome_id String CODEC(ZSTD(1)),
  trace_id FixedString(16) COMMENT 'zeros if the outcome belongs to a session',
  session String CODEC(ZSTD(1)),
  name LowCardinality(String),
  value Nullable(Float64),
  unit LowCardinality(String),
  occurred_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  received_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  INDEX by_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ${replacing}(version)
ORDER BY (tenant, outcome_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS change
(
  tenant LowCardinality(String),
  change_id String,
  kind LowCardinality(String),
  title String,
  occurred_at DateTime64(6, 'UTC'),
  attributes Map(LowCardinality(String), String),
  version UInt64
)
ENGINE = ${replacing}(version)
ORDER BY (tenant, change_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS alert_transition
(
  tenant LowCardinality(String),
  transition_id String,
  fingerprint String,
  rule_id String,
  rule_name String,
  state LowCardinality(String),
  severity LowCardinality(String),
  at DateTime64(6, 'UTC'),
  value Float64,
  threshold Float64,
  group_by Map(LowCardinality(String), String),
  sample Int64
)
ENGINE = ${replacing}
PARTITION BY toStartOfMonth(at)
ORDER BY (tenant, at, transition_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS audit
(
  tenant LowCardinality(String) COMMENT 'empty for acts of the operator that concern no tenant',
  at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
  audit_id String CODEC(ZSTD(1)),
  actor_kind LowCardinality(String),
  actor_id String CODEC(ZSTD(1)),
  actor_name String CODEC(ZSTD(1)),
  action LowCardinality(String),
  object String CODEC(ZSTD(1)),
  result LowCardinality(String),
  request_id String CODEC(ZSTD(1)),
  details Map(LowCardinality(String), String) CODEC(ZSTD(1))
)
ENGINE = ${replacing}
PARTITION BY toStartOfMonth(at)
ORDER BY (tenant, at, audit_id)
SETTINGS ${window} = 20000;

CREATE TABLE IF NOT EXISTS intake
(
  tenant LowCardinality(String),
  minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  key_id LowCardinality(String),
  intake_id String CODEC(ZSTD(1)),
  received Int64 CODEC(T64, ZSTD(1)),
  accepted Int64 CODEC(T64, ZSTD(1)),
  refused_spans Map(LowCardinality(String), Int64),
  refused_requests Map(LowCardinality(String), Int64),
  body_bytes Int64 CODEC(T64, ZSTD(1)),
  route LowCardinality(String)
)
ENGINE = ${replacing}
PARTITION BY toStartOfMonth(minute)
ORDER BY (tenant, minute, key_id, intake_id)
SETTINGS ${window} = 20000;
