-- More to count of each bucket. Buckets that were sealed without it are sealed again: their seals name an older layout.

ALTER TABLE rollup_model_5m
  ADD COLUMN IF NOT EXISTS failures UInt64 CODEC(T64, ZSTD(1)) AFTER ttft,
  ADD COLUMN IF NOT EXISTS visible_failures UInt64 CODEC(T64, ZSTD(1)) AFTER failures,
  ADD COLUMN IF NOT EXISTS hidden_failures UInt64 CODEC(T64, ZSTD(1)) AFTER visible_failures,
  ADD COLUMN IF NOT EXISTS attempts UInt64 CODEC(T64, ZSTD(1)) AFTER hidden_failures,
  ADD COLUMN IF NOT EXISTS attempted_requests UInt64 CODEC(T64, ZSTD(1)) AFTER attempts,
  ADD COLUMN IF NOT EXISTS retried_requests UInt64 CODEC(T64, ZSTD(1)) AFTER attempted_requests,
  ADD COLUMN IF NOT EXISTS waste_priceable UInt64 CODEC(T64, ZSTD(1)) AFTER retried_requests,
  ADD COLUMN IF NOT EXISTS waste_priced UInt64 CODEC(T64, ZSTD(1)) AFTER waste_priceable,
  ADD COLUMN IF NOT EXISTS waste_nano Int64 CODEC(T64, ZSTD(1)) AFTER waste_priced;

ALTER TABLE rollup_wide_1h
  ADD COLUMN IF NOT EXISTS failures UInt64 CODEC(T64, ZSTD(1)) AFTER ttft,
  ADD COLUMN IF NOT EXISTS visible_failures UInt64 CODEC(T64, ZSTD(1)) AFTER failures,
  ADD COLUMN IF NOT EXISTS hidden_failures UInt64 CODEC(T64, ZSTD(1)) AFTER visible_failures,
  ADD COLUMN IF NOT EXISTS attempts UInt64 CODEC(T64, ZSTD(1)) AFTER hidden_failures,
  ADD COLUMN IF NOT EXISTS attempted_requests UInt64 CODEC(T64, ZSTD(1)) AFTER attempts,
  ADD COLUMN IF NOT EXISTS retried_requests UInt64 CODEC(T64, ZSTD(1)) AFTER attempted_requests,
  ADD COLUMN IF NOT EXISTS waste_priceable UInt64 CODEC(T64, ZSTD(1)) AFTER retried_requests,
  ADD COLUMN IF NOT EXISTS waste_priced UInt64 CODEC(T64, ZSTD(1)) AFTER waste_priceable,
  ADD COLUMN IF NOT EXISTS waste_nano Int64 CODEC(T64, ZSTD(1)) AFTER waste_priced;

ALTER TABLE rollup_wide_1h
  ADD COLUMN IF NOT EXISTS language LowCardinality(String) AFTER key_id,
  ADD COLUMN IF NOT EXISTS failure LowCardinality(String) AFTER language,
  MODIFY ORDER BY (tenant, bucket, feature, route, intent, environment, region, release, service, operation, kind, model, provider, prompt_name, prompt_version, key_id, language, failure);
