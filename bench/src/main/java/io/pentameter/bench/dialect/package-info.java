/** The same calls in the words of each vendor's client, and what taking them in costs for a byte. */
@NullMarked
package io.pentameter.bench.dialect;

import org.jspecify.annotations.NullMarked;
