-- The components of a repriced cost, as those of a span. A row that was written without them has no price_version; its span then
-- shows the parts that it came with, and the difference as unspecified.

ALTER TABLE repriced_span
  ADD COLUMN IF NOT EXISTS price_version LowCardinality(String),
  ADD COLUMN IF NOT EXISTS price_id LowCardinality(String),
  ADD COLUMN IF NOT EXISTS cost_buckets Array(LowCardinality(String)),
  ADD COLUMN IF NOT EXISTS cost_units Array(Int64),
  ADD COLUMN IF NOT EXISTS cost_unit_prices Array(LowCardinality(String)),
  ADD COLUMN IF NOT EXISTS cost_parts_nano Array(Int64);
