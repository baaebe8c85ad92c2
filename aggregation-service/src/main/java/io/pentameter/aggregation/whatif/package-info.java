/**
 * What a window would have cost on another model or at other prices. Start at
 * {@link io.pentameter.aggregation.whatif.WhatIf}; how calls are priced is in {@link io.pentameter.aggregation.whatif.Tariff}.
 */
@NullMarked
package io.pentameter.aggregation.whatif;

import org.jspecify.annotations.NullMarked;
