-- What conversations, customers and tags had in an hour, and what features and models had on a day, sums only; and the classes of tokens
-- of features and models. Sealed as the other rollups are. A span is split among its tags, so the counts of tags are fractions; amounts stay whole numbers.

CREATE TABLE IF NOT EXISTS rollup_session_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  customer String CODEC(ZSTD(1)),
  user String CODEC(ZSTD(1)),
  session String CODEC(ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  requests UInt64 CODEC(T64, ZSTD(1)),
  request_errors UInt64 CODEC(T64, ZSTD(1)),
  model_calls UInt64 CODEC(T64, ZSTD(1)),
  model_call_errors UInt64 CODEC(T64, ZSTD(1)),
  usage_spans UInt64 CODEC(T64, ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable UInt64 CODEC(T64, ZSTD(1)),
  priced UInt64 CODEC(T64, ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, customer, user, session, feature, environment)
TTL bucket + toIntervalDay(400) DELETE;

CREATE TABLE IF NOT EXISTS rollup_customer_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  customer String CODEC(ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  requests UInt64 CODEC(T64, ZSTD(1)),
  request_errors UInt64 CODEC(T64, ZSTD(1)),
  model_calls UInt64 CODEC(T64, ZSTD(1)),
  model_call_errors UInt64 CODEC(T64, ZSTD(1)),
  usage_spans UInt64 CODEC(T64, ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable UInt64 CODEC(T64, ZSTD(1)),
  priced UInt64 CODEC(T64, ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket, customer)
ORDER BY (tenant, bucket, customer, feature, environment, model, provider)
TTL bucket + toIntervalDay(400) DELETE;

CREATE TABLE IF NOT EXISTS rollup_tag_1h
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  tag String CODEC(ZSTD(1)),
  feature LowCardinality(String),
  environment LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  spans Float64 CODEC(ZSTD(1)),
  requests Float64 CODEC(ZSTD(1)),
  request_errors Float64 CODEC(ZSTD(1)),
  model_calls Float64 CODEC(ZSTD(1)),
  model_call_errors Float64 CODEC(ZSTD(1)),
  usage_spans Float64 CODEC(ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable Float64 CODEC(ZSTD(1)),
  priced Float64 CODEC(ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, tag, feature, environment, model, provider)
TTL bucket + toIntervalDay(400) DELETE;

CREATE TABLE IF NOT EXISTS rollup_model_1d
(
  tenant LowCardinality(String),
  bucket DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
  feature LowCardinality(String),
  route LowCardinality(String),
  environment LowCardinality(String),
  kind LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  spans UInt64 CODEC(T64, ZSTD(1)),
  requests UInt64 CODEC(T64, ZSTD(1)),
  request_errors UInt64 CODEC(T64, ZSTD(1)),
  model_calls UInt64 CODEC(T64, ZSTD(1)),
  model_call_errors UInt64 CODEC(T64, ZSTD(1)),
  usage_spans UInt64 CODEC(T64, ZSTD(1)),
  input_tokens Int64 CODEC(T64, ZSTD(1)),
  cached_tokens Int64 CODEC(T64, ZSTD(1)),
  output_tokens Int64 CODEC(T64, ZSTD(1)),
  reasoning_tokens Int64 CODEC(T64, ZSTD(1)),
  priceable UInt64 CODEC(T64, ZSTD(1)),
  priced UInt64 CODEC(T64, ZSTD(1)),
  priced_tokens Int64 CODEC(T64, ZSTD(1)),
  cost_nano Int64 CODEC(T64, ZSTD(1)),
  timed_output_tokens Int64 CODEC(T64, ZSTD(1)),
  timed_ns Int64 CODEC(T64, ZSTD(1)),
  failures UInt64 CODEC(T64, ZSTD(1)),
  visible_failures UInt64 CODEC(T64, ZSTD(1)),
  hidden_failures UInt64 CODEC(T64, ZSTD(1)),
  attempts UInt64 CODEC(T64, ZSTD(1)),
  attempted_requests UInt64 CODEC(T64, ZSTD(1)),
  retried_requests UInt64 CODEC(T64, ZSTD(1)),
  waste_priceable UInt64 CODEC(T64, ZSTD(1)),
  waste_priced UInt64 CODEC(T64, ZSTD(1)),
  waste_nano Int64 CODEC(T64, ZSTD(1)),
  class_tokens Array(Int64) COMMENT 'in the order of the classes in_uncached to out_audio' CODEC(ZSTD(1)),
  class_priced_tokens Array(Int64) CODEC(ZSTD(1)),
  class_cost_nano Map(String, Int64) CODEC(ZSTD(1)),
  version UInt64 CODEC(Delta(8), ZSTD(1)),
  is_deleted UInt8
)
ENGINE = ${replacing}(version, is_deleted)
PARTITION BY toStartOfMonth(bucket)
PRIMARY KEY (tenant, bucket)
ORDER BY (tenant, bucket, feature, route, environment, kind, model, provider)
TTL bucket + toIntervalDay(400) DELETE;

ALTER TABLE rollup_model_1h
  ADD COLUMN IF NOT EXISTS class_tokens Array(Int64) COMMENT 'in the order of the classes in_uncached to out_audio' CODEC(ZSTD(1)) AFTER waste_nano,
  ADD COLUMN IF NOT EXISTS class_priced_tokens Array(Int64) CODEC(ZSTD(1)) AFTER class_tokens,
  ADD COLUMN IF NOT EXISTS class_cost_nano Map(String, Int64) CODEC(ZSTD(1)) AFTER class_priced_tokens;
