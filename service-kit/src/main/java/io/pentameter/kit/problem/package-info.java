/** Errors of our own API as RFC 9457 problem details. Start at {@link io.pentameter.kit.problem.Problem}. */
@NullMarked
package io.pentameter.kit.problem;

import org.jspecify.annotations.NullMarked;
