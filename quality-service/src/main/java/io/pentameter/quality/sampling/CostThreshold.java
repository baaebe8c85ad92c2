package io.pentameter.quality.sampling;

import java.time.Instant;

/**
 * What counts as costly for a tenant from one moment on: the 99th percentile of its past priced model calls.
 *
 * @param validFrom first receive time that it decides; later than all calls it was learnt from were seen, so that the rule is
 *                  predictable
 * @param nanoUsd   costs above this are high
 * @param sample    calls that it was learnt from
 */
public record CostThreshold(Instant validFrom, long nanoUsd, long sample) {}
