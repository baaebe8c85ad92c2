package io.pentameter.aggregation.whatif;

import java.time.Instant;
import java.util.Optional;

/** Knows what models cost. */
interface Tariffs {

    /**
     * The prices of a model.
     *
     * @param serviceTier empty for the usual one
     * @param at          whose prices hold
     * @return empty if there is none
     */
    Optional<Tariff> of(String provider, String model, String serviceTier, Instant at);
}
