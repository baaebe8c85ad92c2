/** The engines themselves, started, used with a real client, killed and started again on the same data. */
@NullMarked
package io.pentameter.stack.engine;

import org.jspecify.annotations.NullMarked;
