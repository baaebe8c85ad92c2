/** The clock that is handed in wherever time is needed. */
@NullMarked
package io.pentameter.kit.time;

import org.jspecify.annotations.NullMarked;
