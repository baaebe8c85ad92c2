/** Real engines, a service that the test is, and clients, for tests of the whole gateway. Start at {@code Gateway}. */
@NullMarked
package io.pentameter.gateway.testing;

import org.jspecify.annotations.NullMarked;
