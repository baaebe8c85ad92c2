/** What tests of several features need; start with {@link io.pentameter.aggregation.testing.Store}. */
@NullMarked
package io.pentameter.aggregation.testing;

import org.jspecify.annotations.NullMarked;
